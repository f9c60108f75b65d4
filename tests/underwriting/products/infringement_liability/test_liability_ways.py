"""How a claim may fall out, by hand, and the law of a court behind it."""

import numpy as np
import pytest
from liability_cases import a_basis, checked, proposal

from underwriting.disputes import Course, Court, End, Figures, Outcome, figures_of
from underwriting.products.infringement_liability.account import discounts
from underwriting.products.infringement_liability.court_law import CourtLaw, court_law
from underwriting.products.infringement_liability.nodes import nodes_of
from underwriting.products.infringement_liability.rating import exposure_of
from underwriting.products.infringement_liability.room import Room
from underwriting.products.infringement_liability.ways import Owed, Way, ways_of

COURSE = Course(
    (
        End("before_judgment", Outcome.SETTLED, 0.6, 0.4),
        End("first_instance", Outcome.WON, 0.2, 0.7),
        End("first_instance", Outcome.LOST, 0.1, 0.7),
        End("appeal", Outcome.WON, 0.1, 1.0),
    ),
    (),
    (),
)
PLACE = {"letters": 1.0, "pre_suit": 0.1}
NODES = nodes_of(0.3)


def figures() -> Figures:
    risk = checked(proposal())
    return figures_of(a_basis(risk), "CNY")


def law(court: Court, sales: int = 10**12) -> CourtLaw:
    risk = checked(proposal())
    return court_law(court, sales, a_basis(risk), figures=figures(), nodes=NODES)


def test_every_way_by_hand() -> None:
    ways = ways_of(COURSE, PLACE, paid=0.5, adverse=0.8, challenged=0.25)
    whole = [way._replace(chance=round(way.chance, 9)) for way in ways]
    settled = Way(0.1125, 0.1, pytest.approx(0.3), pytest.approx(0.0), owed=Owed.SETTLEMENT)
    appealed = Way(
        0.0125, 0.1, pytest.approx(0.6), pytest.approx(0.3), invalidation=True,
        owed=Owed.AWARD, adverse=0.8,
    )  # fmt: skip
    won = Way(0.075, 0.1, pytest.approx(0.6), pytest.approx(0.0), owed=Owed.AWARD,
              adverse=pytest.approx(0.56))  # fmt: skip
    assert whole[0] == Way(0.5, 0.1)
    assert settled in whole
    assert appealed in whole
    assert won in whole
    assert sum(way.chance for way in ways) == pytest.approx(1.0)
    assert sum(way.chance for way in ways if way.invalidation) == pytest.approx(0.125)


def test_a_suit_that_ends_soon_spends_no_more_than_it_cost() -> None:
    ways = ways_of(COURSE, {"letters": 0.0, "pre_suit": 0.9}, paid=1.0, adverse=0.0, challenged=0.0)
    for way in ways:
        assert way.pre_suit + way.first_instance + way.appeal in (0.4, 0.7, 1.0)
        assert min(way.pre_suit, way.first_instance, way.appeal) >= 0
    assert len(ways) == 4


@pytest.mark.parametrize("court", list(Court))
def test_every_court_has_a_law_with_its_published_medians(court: Court) -> None:
    found, middle = law(court), len(NODES.cost) // 2
    assert found.whole[middle] > found.counter[middle] > 0
    assert np.all(np.diff(found.whole) > 0)
    assert np.all(found.settlement <= found.award * 1.0000001) or court is Court.US
    assert sum(way.chance for way in found.ways) == pytest.approx(1.0)
    lost = [way for way in found.ways if way.owed is Owed.AWARD]
    adverse = figures().rate("adverse_cost", court).value
    spent = [way.pre_suit + way.first_instance + way.appeal for way in lost]
    assert [way.adverse for way in lost] == pytest.approx([adverse * part for part in spent])


def test_a_chinese_award_has_the_published_median_at_the_prices_of_the_day() -> None:
    """110,000 in the middle of 2013, 2 % a year for 11.67 years; in fen."""
    grown = 110_000 * 1.02 ** ((11 * 365 + 3 + 245) / 365.25)
    found = float(np.interp(0.5, NODES.loss, law(Court.CN).award)) / 100
    assert found == pytest.approx(grown, rel=5e-3)


def test_nobody_owes_more_than_a_year_of_sales() -> None:
    assert law(Court.US, 5_000_000_00).award.max() == 5_000_000_00
    assert law(Court.US, 5_000_000_00).settlement.max() == 5_000_000_00


def test_american_cost_follows_the_amount_at_risk() -> None:
    """15 % of sales: at most 1 m dollars at risk below 48 m yuan of sales, then the next band."""
    low, high = (law(Court.US, sales * 100).whole for sales in (47_900_000, 48_100_000))
    assert high / low == pytest.approx(2.0 / 0.6)


def test_a_claim_is_discounted_from_the_middle_of_its_month_and_two_years() -> None:
    risk = checked(proposal())
    basis = a_basis(risk)
    room = Room(risk, basis, figures(), exposure_of(risk, basis.terms))
    by_hand = [1.02 ** -(2 + (month + 0.5) / 12) for month in range(12)]
    assert discounts(room) == pytest.approx(by_hand)
