"""What the law of a population must give back: the published rates that it was made from."""

import numpy as np
import pytest

from models.priors import Prior, PriorTable, load_priors
from models.right import Covenant, Curves, Owner, RightLife
from models.right.book import load_book
from models.right.law import KINDS, law_of
from models.right.rates import follows_assertion
from models.right.states import RATES

TABLE = load_priors()
LIFE = {"invention": 17.0, "utility_model": 9.0, "design": 14.0, "trademark": 10.0,
        "copyright": 50.0, "ic_layout": 10.0, "gi": 10.0}  # fmt: skip
RIGHT_YEARS = {"invention": 4.60, "utility_model": 11.38, "design": 3.00}
"""Millions in China in 2023: mean of the stocks of December 2022 and October 2023."""

WITHIN = 0.05
"""Stated tolerance: the published splits are rounded (to 2.4 %), an assertion near the end of
the term is not answered any more, and quiet years fall away between an assertion and its answer."""


def population(kind: str, office: str = "CN") -> Curves:
    """A cohort from grant to the end of its term, nobody watching the fees."""
    life = RightLife.of(
        kind, office, age_years=0.0, years_left=LIFE[kind], table=TABLE, covenant=Covenant.NONE
    )
    return life.curve([12.0 * LIFE[kind] - 1e-6])


def yearly(count: np.ndarray, curves: Curves) -> float:
    """Events per right-year of the cohort."""
    return float(count[0] / curves.years_alive[0])


@pytest.mark.parametrize("kind", sorted(RIGHT_YEARS))
def test_requests_in_china_are_as_published(kind: str) -> None:
    curves = population(kind)
    published = TABLE.find("challenge", kind).value
    assert yearly(curves.challenges, curves) == pytest.approx(published, rel=WITHIN)


def test_the_split_adds_back_to_the_grade_a_total() -> None:
    """7,700 requests concluded in 2023 over 18.98 m right-years: 0.041 %."""
    total = sum(RIGHT_YEARS.values())
    rate = sum(
        years * yearly(curves.challenges, curves) / total
        for kind, years in RIGHT_YEARS.items()
        for curves in [population(kind)]
    )
    assert rate == pytest.approx(TABLE.find("challenge_all_types", "patents").value, rel=WITHIN)


@pytest.mark.parametrize("kind", ["trademark", "copyright", "ic_layout", "gi"])
def test_requests_against_other_rights_are_as_published(kind: str) -> None:
    curves = population(kind)
    published = TABLE.find("challenge", kind).value
    assert yearly(curves.challenges, curves) == pytest.approx(published, rel=WITHIN)


@pytest.mark.parametrize("office", ["US", "JP"])
def test_requests_elsewhere_are_as_published(office: str) -> None:
    curves = population("invention", office)
    published = TABLE.find("challenge", "invention", office).value
    assert yearly(curves.challenges, curves) == pytest.approx(published, rel=WITHIN)


@pytest.mark.parametrize(
    ("kind", "whole", "either"),
    [
        ("invention", 0.000085, 0.00013),
        ("utility_model", 0.00011, 0.00016),
        ("design", 0.00045, 0.00046),
    ],
)
def test_whole_and_partial_invalidation_are_at_the_published_level(
    kind: str, whole: float, either: float
) -> None:
    """Yearly 0.0085, 0.011, 0.045 % whole; 0.013, 0.016, 0.046 % whole or in part.

    The published products leave out what is pending at the end and are printed to two digits.
    """
    curves = population(kind)
    lost = yearly(curves.wholly_invalid, curves)
    cut = yearly(curves.ever_partly_invalid, curves)
    assert lost == pytest.approx(whole, rel=0.08)
    assert lost + cut == pytest.approx(either, rel=0.08)


@pytest.mark.parametrize("kind", sorted(RIGHT_YEARS))
def test_assertions_are_as_published(kind: str) -> None:
    """All of them, first and repeated: distinct rights asserted per right-year."""
    curves = population(kind)
    published = TABLE.find("assert", kind).value
    assert yearly(curves.assertions, curves) == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize(
    ("kind", "growth"), [("invention", 0.15), ("utility_model", 0.086), ("design", 0.063)]
)
def test_exits_of_a_growing_stock_are_the_published_exits(kind: str, growth: float) -> None:
    """Growth of the stock 2022 to 2024: ages thin out by it, and the young lapse less."""
    life = RightLife.of(
        kind, age_years=0.0, years_left=LIFE[kind], table=TABLE, covenant=Covenant.NONE
    )
    months = np.arange(0.0, 12.0 * LIFE[kind])
    curves = life.curve(months)
    weight = np.exp(-growth * (months[1:] - 0.5) / 12.0)
    exits, years = (np.sum(np.diff(c) * weight) for c in (curves.lapsed, curves.years_alive))
    assert exits / years == pytest.approx(TABLE.find("lapse", kind).value, rel=0.04)


def test_fees_in_the_us_are_paid_as_published() -> None:
    """Paid to year 4, 8 and 12 by 84, 63 and 49 %."""
    life = RightLife.of(
        "invention", "US", age_years=0.0, years_left=17.0, table=TABLE, covenant="none"
    )
    assert life.curve([47.9]).alive[0] == pytest.approx(1.0, abs=0.001)
    paid = life.curve([48.0, 96.0, 144.0])
    np.testing.assert_allclose(1.0 - paid.lapsed, [0.84, 0.63, 0.49], atol=0.005)


def test_an_asserted_us_patent_is_challenged_800_times_as_often_as_the_rest() -> None:
    """1,685 of 14,000 asserted against 349 of 2.3 m others in 2.75 years: 12 % and 0.015 %.

    The others are rights that are not asserted within the window: assertion is switched off.
    """
    key = "assert/invention/US"
    row = Prior.of({**TABLE.rows[key].json(), "value": 1e-12})
    never = PriorTable.of("never-asserted", {**TABLE.rows, key: row}.values())

    def challenged(table: PriorTable, state: str) -> float:
        life = RightLife.of(
            "invention", "US", age_years=5.0, years_left=12.0, table=table, state=state,
            covenant=Covenant.SEALED,
        )  # fmt: skip
        return float(life.curve([33.0]).challenges[0])

    high, low = challenged(TABLE, "asserted"), challenged(never, "quiet")
    assert high == pytest.approx(0.12, abs=0.003)
    assert low == pytest.approx(0.00015, abs=0.000005)
    assert 750 < high / low < 850


@pytest.mark.parametrize("kind", sorted(RIGHT_YEARS))
def test_a_challenge_follows_an_assertion_with_the_stated_chance_and_lag(kind: str) -> None:
    law = law_of(
        kind, "CN", TABLE, book=load_book(), owner=Owner.MIXED, covenant=Covenant.NONE, factors={}
    )
    answered, unanswered = (law.base[RATES.index(n)] for n in ("answered", "unanswered"))
    means = {prior.param: prior.value for prior in law.priors}
    share = answered / (answered + unanswered)
    stated = TABLE.find("p_challenge_given_assert", kind).value
    assert share == pytest.approx(stated * follows_assertion(means), rel=1e-12)
    assert 0.3 <= 1.0 / (answered + unanswered) <= 0.6
    assert 0.75 < follows_assertion(means) < 0.95, "in the US 83 % had been asserted"


def test_an_opposition_comes_in_the_first_nine_months_or_never() -> None:
    new = RightLife.of("invention", "EP", age_years=0.0, years_left=17.0, table=TABLE)
    old = RightLife.of("invention", "EP", age_years=0.75, years_left=16.25, table=TABLE)
    at = new.curve([9.0, 12.0])
    assert at.challenges[0] == pytest.approx(0.025, abs=0.001)
    assert at.challenges[1] - at.challenges[0] < 0.0002
    assert old.curve([12.0]).challenges[0] < 0.0005


def test_a_mark_is_cancelled_for_non_use_from_its_third_year() -> None:
    """0.36 % requests a year, 71.6 % of them with success; nothing before three years."""
    life = RightLife.of("trademark", age_years=1.0, years_left=9.0, table=TABLE, covenant="sealed")
    at = life.curve([24.0, 36.0])
    assert at.cancelled[0] == 0.0
    assert at.cancelled[1] == pytest.approx(0.0036 * 0.716, rel=0.01)


def test_a_mark_is_renewed_every_ten_years() -> None:
    life = RightLife.of("trademark", age_years=4.0, years_left=6.0, table=TABLE, covenant="none")
    before, after, second = (life.survival(years) for years in (5.99, 6.0, 16.0))
    assert after / before == pytest.approx(0.4, rel=0.02)
    assert second / life.survival(15.999) == pytest.approx(0.4, rel=0.02)
    by_age = RightLife.of(
        "trademark", age_years=4.0, years_left=float("inf"), table=TABLE, covenant="none"
    )
    assert by_age.survival(8.0) == pytest.approx(life.survival(8.0), rel=1e-12)


def test_every_kind_has_a_life_in_china() -> None:
    for kind in KINDS:
        life = RightLife.of(kind, age_years=1.0, years_left=5.0, table=TABLE)
        assert 0.9 < life.survival(3.0) < 1.0
