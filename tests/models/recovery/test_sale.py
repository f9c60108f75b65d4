"""What a forced sale of rights fetches, when, and what is left of it."""

from dataclasses import replace
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.priors import PriorTable, load_priors
from models.recovery import (
    Disposal,
    LogNormal,
    PledgedRight,
    SaleLaw,
    haircut,
    recovery_figures,
    recovery_table,
    with_recovery,
)

TABLE = recovery_table()
SALE = SaleLaw.of(TABLE)
KINDS = ("invention", "utility_model", "design", "trademark", "copyright", "ic_layout", "gi")


class Lasting:
    """A right that dies at a constant rate until its term."""

    def __init__(self, hazard: float = 0.0, term: float = inf) -> None:
        self.hazard, self.term = hazard, term

    def survival(self, years: float) -> float:
        return exp(-self.hazard * years) if years < self.term else 0.0


def test_published_auctions_are_pooled() -> None:
    """26 of 78, 28 of 69 and 33 of 83: 87 of 230, and a half on either side."""
    assert (SALE.first.a, SALE.first.b) == (87.5, 143.5)
    assert 0.33 <= SALE.first.mean <= 0.41
    low, high = SALE.first.quantile(0.05), SALE.first.quantile(0.95)
    assert (round(low, 3), round(high, 3)) == (0.327, 0.432)


def test_each_auction_agrees_with_the_pool() -> None:
    """No auction lies beyond two standard errors: one beta for all is enough."""
    for row in TABLE.rows.values():
        if row.param == "lots_sold":
            lots = row.a + row.b
            error = (SALE.first.mean * (1 - SALE.first.mean) / lots) ** 0.5
            assert abs(row.value - SALE.first.mean) < 2 * error
            assert row.value == pytest.approx(row.a / lots, abs=0.003)


def test_expected_gross_is_value_times_chance_times_ratio() -> None:
    assert SALE.recovery_rate == pytest.approx(SALE.first.mean * 0.25)
    assert SALE.recovery_rate == pytest.approx(0.10, abs=0.01)  # Hamburg: 10 % of the valuation


def test_listing_again_by_hand() -> None:
    sale = replace(SALE, listings=3, relisted_chance=0.5, relisted_price=0.8)
    p = SALE.first.mean
    rows = sale.course()
    assert [row.sold for row in rows] == pytest.approx(
        [p, (1 - p) * p / 2, (1 - p) * (1 - p / 2) * p / 4]
    )
    assert [row.ratio for row in rows] == pytest.approx([0.25, 0.2, 0.16])
    assert [row.delay_years for row in rows] == [0.0, 0.5, 1.0]
    assert sale.sold == pytest.approx(1 - (1 - p) * (1 - p / 2) * (1 - p / 4))


@given(st.integers(1, 8))
def test_one_more_listing_never_fetches_less(times: int) -> None:
    one, more = SALE.listed(times), SALE.listed(times + 1)
    assert one.recovery_rate < more.recovery_rate < 0.25
    assert one.sold < more.sold < 1
    assert one.years_to_sale < more.years_to_sale


def test_present_value_by_simulation() -> None:
    """A million lots: sold or not at each listing, after a gamma wait."""
    rng = np.random.default_rng(11)
    sale, lots = SALE.listed(3), 1_000_000
    wait = rng.gamma(sale.wait.shape, sale.wait.scale, lots)
    got, listed = np.zeros(lots), np.ones(lots, dtype=bool)
    chance, ratio = sale.first.mean, sale.price_ratio
    for place in range(3):
        sold = listed & (rng.random(lots) < chance)
        years = wait[sold] + place * sale.years_between
        got[sold] = ratio * (1 - sale.cost_rate) * 1.05**-years
        listed &= ~sold
        chance, ratio = chance * sale.relisted_chance, ratio * sale.relisted_price
    error = got.std() / lots**0.5
    assert abs(sale.present(0.05) - got.mean()) < 4 * error


def test_the_wait_as_nodes_keeps_mean_and_discount() -> None:
    for times in (1, 3):
        sale = SALE.listed(times)
        nodes = sale.waits(6)
        assert sum(weight for weight, _ in nodes) == pytest.approx(1)
        assert sum(weight * years for weight, years in nodes) == pytest.approx(sale.years_to_sale)
        by_nodes = sum(weight * 1.05**-years for weight, years in nodes)
        whole = sale.recovery_rate * (1 - sale.cost_rate) * by_nodes
        assert sale.present(0.05) == pytest.approx(whole, rel=1e-6)


def test_sale_without_listing_is_refused() -> None:
    with pytest.raises(Invalid, match="listings"):
        SaleLaw.of(TABLE, 0)


def test_figures_that_nobody_published_say_so() -> None:
    assert {row.grade for row in recovery_figures()} == {"B", "C", "K"}
    assert all(row.unverified for row in recovery_figures() if row.source == "recovery-judgement")
    assert not any(row.unverified for row in recovery_figures() if row.param == "lots_sold")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_haircut(kind: str) -> None:
    row = haircut(kind, TABLE)
    assert 0 <= row.value < 1
    assert row.unverified


def test_no_haircut_no_value() -> None:
    with pytest.raises(Invalid, match="no published figure for goodwill"):
        haircut("goodwill", TABLE)


def test_a_users_own_figure_stands() -> None:
    own = replace(haircut("design", TABLE), value=0.1, grade="B", source="own-book")
    base = PriorTable.of("own", [*load_priors().rows.values(), own])
    assert haircut("design", with_recovery(base)).value == 0.1
    assert with_recovery(base).fit_id != TABLE.fit_id


def test_the_short_door_is_as_it_was() -> None:
    disposal = Disposal.of(load_priors())
    assert (disposal.recovery_rate, disposal.cost_rate, disposal.years_to_sale) == (0.1, 0.15, 1.5)
    assert [prior.source for prior in disposal.priors] == ["Hamburg-2007", "H8-lgd", "H8-lgd"]


def test_proceeds_by_hand() -> None:
    """1000 and 500 at 10 %, of which one has died at 2 % a year for 3 years."""
    disposal = Disposal(0.1, 0.15, 2.0, ())
    rights = [PledgedRight(1000.0, Lasting()), PledgedRight(500.0, Lasting(0.02))]
    assert disposal.gross(rights, 1.0) == pytest.approx(100 + 50 * exp(-0.06))


def test_a_haircut_is_cut() -> None:
    disposal = Disposal(0.1, 0.15, 2.0, ())
    right = PledgedRight.of(LogNormal.of_mean(1000.0, 0.5), Lasting(), haircut=0.4)
    assert right.spread == 0.5
    assert disposal.gross([right], 1.0) == pytest.approx(60)


def test_a_right_that_ends_before_the_sale_fetches_nothing() -> None:
    disposal = Disposal(0.1, 0.15, 1.5, ())
    right = PledgedRight(1000.0, Lasting(term=2.0))
    assert disposal.gross([right], 0.4) == pytest.approx(100)
    assert disposal.gross([right], 0.5) == 0


def test_a_right_may_end_within_the_spread_of_the_sale() -> None:
    """With the wait as a law some sales come before the end of the term, and some after."""
    disposal = Disposal.of_sale(SALE, 16)
    early = SALE.wait.cdf(1.0)
    assert disposal.alive_at_sale(Lasting(term=1.0), 0.0) == pytest.approx(early, abs=0.1)
    assert 0 < disposal.alive_at_sale(Lasting(term=1.0), 0.0) < 1


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 1e9))
def test_waiting_never_adds_value(one: float, two: float, value: float) -> None:
    disposal = Disposal.of_sale(SALE)
    rights = [PledgedRight(value, Lasting(0.05, 9.5))]
    early, late = sorted((one, two))
    assert disposal.gross(rights, late) <= disposal.gross(rights, early) + 1e-9 <= value + 1e-9
