"""The life of one right as others ask for it: from today, with what is known of it."""

import re
from math import exp, inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.priors import Prior, PriorTable, load_priors
from models.right import Band, RightLife

TABLE = load_priors()
MONTHS = tuple(range(121))
ENDS = ("wholly_invalid", "lapsed", "cancelled", "expired")
CASES = [
    ("invention", "CN", 3.3, 14.2), ("utility_model", "CN", 0.0, 9.1), ("design", "CN", 8.0, 5.0),
    ("trademark", "CN", 7.5, 2.5), ("copyright", "CN", 1.0, 40.0), ("ic_layout", "CN", 2.0, 6.0),
    ("gi", "CN", 4.0, 6.0), ("invention", "US", 3.9, 13.0), ("invention", "EP", 0.2, 16.0),
    ("invention", "DE", 5.0, 9.0), ("invention", "UPC", 5.0, 9.0), ("invention", "GB", 5.0, 9.0),
    ("invention", "JP", 5.0, 9.0), ("invention", "KR", 5.0, 9.0),
]  # fmt: skip
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
COVENANTS = st.sampled_from(["none", "watched"])
STATES = st.sampled_from(["quiet", "asserted", "challenged"])


def a_life(case: tuple[str, str, float, float] = CASES[0], **changes: object) -> RightLife:
    kind, office, age, left = case
    told = {"age_years": age, "years_left": left, "table": TABLE, **changes}
    return RightLife.of(kind, office, **told)


@EVERY
@pytest.mark.parametrize("state", ["quiet", "asserted", "challenged"])
@pytest.mark.parametrize("covenant", ["none", "watched", "sealed"])
def test_chances_sum_to_one_and_curves_only_fall_or_rise(
    case: tuple[str, str, float, float], state: str, covenant: str
) -> None:
    curves = a_life(case, state=state, covenant=covenant).curve(MONTHS)
    ends = sum(getattr(curves, name) for name in ENDS)
    np.testing.assert_allclose(curves.alive + ends, 1.0, atol=1e-12)
    parts = curves.untouched + curves.upheld + curves.partly_invalid
    phases = curves.quiet + curves.asserted + curves.challenged
    np.testing.assert_allclose(parts, curves.alive, atol=1e-12)
    np.testing.assert_allclose(phases, curves.alive, atol=1e-12)
    assert np.all(np.diff(curves.alive) <= 1e-14)
    assert np.all(np.diff(curves.fully_alive) <= 1e-14)
    counted = ("ever_partly_invalid", "ever_upheld", "assertions", "challenges", "years_alive")
    for name in (*ENDS, *counted):
        assert np.all(np.diff(getattr(curves, name)) >= -1e-14), name


@EVERY
def test_what_is_asked_at_once_is_what_is_asked_singly(
    case: tuple[str, str, float, float],
) -> None:
    life = a_life(case)
    curves = life.curve(MONTHS)
    for month in (0, 7, 60, 120):
        alone = life.curve([month])
        assert alone.alive[0] == pytest.approx(curves.alive[month], rel=1e-12)
        assert life.survival(month / 12.0) == pytest.approx(curves.alive[month], rel=1e-12)


@given(st.sampled_from(CASES), STATES, st.floats(0.01, 4.0), st.floats(0.01, 4.0), COVENANTS)
def test_later_is_the_survival_conditional_on_being_alive(
    case: tuple[str, str, float, float], state: str, first: float, more: float, covenant: str
) -> None:
    """S(t | s) = S(s + t) / S(s), where nothing but its being alive is known at s."""
    life = a_life(case, state=state, covenant=covenant)
    if first + more >= life.years_left or first >= life.years_left:
        return
    there, whole = (life.curve([12.0 * years]) for years in (first, first + more))
    on = life.later(first).curve([12.0 * more])
    assert on.alive[0] == pytest.approx(whole.alive[0] / there.alive[0], rel=1e-9)
    gone = (whole.wholly_invalid[0] - there.wholly_invalid[0]) / there.alive[0]
    assert on.wholly_invalid[0] == pytest.approx(gone, rel=1e-6, abs=1e-12)


def test_a_right_that_is_older_today_is_not_a_new_one() -> None:
    """Its lapse is that of its years to come, from today at one."""
    old = a_life(("invention", "CN", 9.0, 8.0), covenant="none")
    new = a_life(("invention", "CN", 0.0, 17.0), covenant="none")
    assert old.survival(0.0) == new.survival(0.0) == 1.0
    assert old.survival(3.0) == pytest.approx(exp(-3.0 * 0.065), rel=0.001)
    assert new.survival(3.0) == pytest.approx(exp(-3.0 * 0.035), rel=0.001)


def test_what_runs_today_counts() -> None:
    """A pending challenge is worse than an assertion, and that than quiet."""
    lives = [a_life(state=state) for state in ("quiet", "asserted", "challenged")]
    lost = [life.curve([24.0]).wholly_invalid[0] for life in lives]
    assert lost[0] < 0.001
    assert 0.05 < lost[1] < 0.2
    assert 0.2 < lost[2] < 0.26
    part = a_life(standing="partly_invalid").curve([0.0])
    assert (part.alive[0], part.fully_alive[0], part.partly_invalid[0]) == (1.0, 0.0, 1.0)


def test_an_assertion_long_unanswered_is_less_of_a_threat() -> None:
    lost = [
        a_life(state="asserted", asserted_years_ago=ago).curve([36.0]).challenges[0]
        for ago in (0.0, 0.25, 0.5, 1.0, 2.0)
    ]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 5.0 * lost[-1]


@EVERY
def test_it_expires_at_its_term_to_the_day(case: tuple[str, str, float, float]) -> None:
    kind, _, _, left = case
    life = a_life(case)
    if kind in ("trademark", "gi"):
        assert life.years_left == inf
        assert life.survival(left + 0.5) > 0.5
        return
    before, day = left - 1.0 / 365.0, left
    assert life.survival(before) > 0.3
    assert life.survival(day) == 0.0
    at = life.curve([12.0 * before, 12.0 * day, 12.0 * (day + 5.0)])
    assert at.expired.tolist()[0] == 0.0
    assert at.alive.tolist()[1:] == [0.0, 0.0]
    assert at.expired[1] == pytest.approx(life.survival(before), abs=1e-3)
    assert at.expired[2] == at.expired[1]
    assert at.years_alive[2] == at.years_alive[1] < left


def test_a_right_whose_term_is_over_is_dead() -> None:
    for kind in ("invention", "trademark"):
        life = a_life((kind, "CN", 20.0, 0.0))
        assert life.survival(0.0) == life.survival(1.0) == 0.0
        assert life.curve([0.0, 12.0]).expired.tolist() == [1.0, 1.0]


def test_the_mean_life_is_the_area_under_the_curve() -> None:
    life = a_life(CASES[7], covenant="none")
    fine = np.linspace(0.0, 9.0, 9001)
    alive = np.array([life.survival(float(years)) for years in fine])
    assert life.expected_years(9.0) == pytest.approx(np.trapezoid(alive, fine), rel=2e-4)


def test_between_months_the_hazard_is_read_off_straight() -> None:
    life = a_life()
    left, middle, right = (life.survival(month / 12.0) for month in (30.0, 30.5, 31.0))
    assert middle == pytest.approx((left * right) ** 0.5, rel=1e-12)


def test_fees_that_are_paid_keep_it_alive() -> None:
    paid = a_life(covenant="none", paid_years=2.0).curve([24.0, 36.0])
    assert paid.lapsed[0] == 0.0
    assert paid.lapsed[1] == pytest.approx(0.055, rel=0.05)
    american = a_life(CASES[7], covenant="none", paid_years=0.2).curve([2.0])
    assert american.lapsed[0] == 0.0, "the fee due at four years has been paid"


def test_the_bank_that_watches_the_fees_leaves_a_tenth_of_the_lapse() -> None:
    none, watched, sealed = (
        a_life(covenant=name).curve([60.0]).lapsed[0] for name in ("none", "watched", "sealed")
    )
    assert sealed == 0.0
    assert np.log1p(-watched) / np.log1p(-none) == pytest.approx(0.1, rel=0.01)
    assert a_life().curve([60.0]).lapsed[0] == watched, "a pledged right is watched"


def test_a_fitted_lapse_law_stands_in_for_the_table() -> None:
    """A Weibull of slope 1.7 from age 3.3: S(t) = exp(-(H(3.3 + t) - H(3.3))) at whole ages."""

    def hazard(start: float, end: float) -> float:
        return (end / 14.0) ** 1.7 - (start / 14.0) ** 1.7

    life = a_life(covenant="none", lapse=hazard)
    for years in (0.7, 1.7, 4.7, 9.7):
        lapse = exp(-hazard(3.3, 3.3 + years))
        assert life.survival(years) == pytest.approx(lapse, rel=0.001)
    assert a_life(lapse=hazard).survival(4.7) > life.survival(4.7), "watched here too"


def test_bands_hold_the_curve_and_repeat() -> None:
    life = a_life(covenant="none")
    band = life.bands(MONTHS)
    again = a_life(covenant="none").bands(MONTHS)
    curve = life.curve(MONTHS)
    assert isinstance(band, Band)
    for name in ("alive", "wholly_invalid", "lapsed", "challenges", "years_alive"):
        low, high = getattr(band.low, name), getattr(band.high, name)
        assert np.all(low <= high), name
        assert np.all(low[1:] <= getattr(curve, name)[1:]), name
        assert np.all(high[1:] >= getattr(curve, name)[1:]), name
        assert np.array_equal(low, getattr(again.low, name)), name


def test_the_width_of_a_band_is_that_of_the_figures() -> None:
    """Lapse is a gamma of shape 8.16 and nearly alone: its quantiles are those of the hazard."""
    life = a_life(("invention", "CN", 12.0, 5.0), covenant="none")
    band = life.bands([36.0], draws=20_000, level=0.9)
    scale = 0.0485 / 8.16
    low, high = (3.0 * q * scale * 0.07 / 0.0485 for q in (4.13, 13.42))
    assert -np.log(band.high.alive[0]) == pytest.approx(low, rel=0.04)
    assert -np.log(band.low.alive[0]) == pytest.approx(high, rel=0.03)


def test_a_users_own_counts_narrow_the_band() -> None:
    row = TABLE.rows["lapse/invention/CN"]
    counted = Prior.of({**row.json(), "a": row.a + 485, "b": row.b + 10_000, "value": 0.0485})
    own = PriorTable.of("own", {**TABLE.rows, row.key: counted}.values())
    wide = a_life(covenant="none").bands([60.0])
    narrow = a_life(covenant="none", table=own).bands([60.0])
    assert narrow.high.alive[0] - narrow.low.alive[0] < 0.3 * (
        wide.high.alive[0] - wide.low.alive[0]
    )


def test_it_says_what_it_rests_on() -> None:
    life = a_life()
    keys = {prior.key for prior in life.priors}
    assert {"assert/invention/CN", "p_full/invention/CN", "lapse/invention/CN"} <= keys
    assert re.fullmatch(r"right-life-[0-9a-f]{12}", life.fit_id)
    assert life.fit_id == a_life(CASES[1]).fit_id
    other = PriorTable.of("other", TABLE.rows.values())
    assert a_life(table=other).fit_id != life.fit_id
    assert (life.cohort, life.share_prior) == (None, 1.0)


@EVERY
def test_the_rows_of_a_receipt_give_the_same_life_again(
    case: tuple[str, str, float, float],
) -> None:
    """Every figure used is among its priors: frozen, they are all that a replay needs."""
    life = a_life(case)
    frozen = PriorTable.of("frozen", (Prior.of(prior.json()) for prior in life.priors))
    assert a_life(case, table=frozen).curve(MONTHS).alive == pytest.approx(
        life.curve(MONTHS).alive, rel=1e-15
    )


def test_factors_move_what_they_are_published_for() -> None:
    def lost(office: str = "CN", **factors: object) -> float:
        life = a_life(("invention", office, 3.0, 14.0), factors=factors, covenant="sealed")
        return float(life.curve([60.0]).wholly_invalid[0])

    assert lost(field="drugs_health") < 1.55 * lost()
    assert lost(standard_essential=True) > 3.0 * lost()
    assert lost(standard_essential=False) == lost()
    assert lost(claims=26.0) > lost(claims=13.0) == lost()
    assert lost(claims=1e6) == lost(claims=13.0 * 8.0), "three doublings at most"
    assert lost(citations=0.0) < lost(citations=4.3) == lost()
    assert lost("US", foreign_priority=True) < lost("US") < lost("US", nber_subcategory="22")
    capped = lost(standard_essential=True, npe_owned=True)
    assert lost(standard_essential=True, npe_owned=True, transfers=3) == capped


def test_a_non_practising_owner_asserts_late() -> None:
    early, late = ("invention", "CN", 0.0, 17.0), ("invention", "CN", 9.0, 8.0)

    def asserted(case: tuple[str, str, float, float], owner: str) -> float:
        return float(a_life(case, owner=owner, covenant="sealed").curve([36.0]).assertions[0])

    assert asserted(early, "operating") > asserted(late, "operating")
    assert asserted(late, "npe") > 20.0 * asserted(early, "npe")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"age_years": -1.0}, "age_years", "invalid"),
        ({"age_years": nan}, "age_years", "invalid"),
        ({"years_left": nan}, "years_left", "invalid"),
        ({"years_left": inf}, "years_left", "invalid"),
        ({"paid_years": -0.1}, "paid_years", "invalid"),
        ({"asserted_years_ago": -0.1}, "asserted_years_ago", "invalid"),
        ({"state": "sleeping"}, "state", "invalid"),
        ({"standing": "upright"}, "standing", "invalid"),
        ({"owner": "bank"}, "owner", "invalid"),
        ({"covenant": "maybe"}, "covenant", "invalid"),
        ({"factors": {"colour": "red"}}, "factors.colour", "invalid"),
        ({"factors": {"field": "magic"}}, "factors.field", "invalid"),
        ({"factors": {"claims": -3}}, "factors.claims", "invalid"),
        ({"factors": {"claims": "many"}}, "factors.claims", "invalid"),
        ({"factors": {"foreign_priority": True}}, "factors.foreign_priority", "invalid"),
        ({"case": ("utility_model", "DE", 1.0, 5.0)}, "priors.assert", "no-prior"),
        ({"case": ("trademark", "US", 1.0, 5.0)}, "priors.assert", "no-prior"),
        ({"case": ("invention", "FR", 1.0, 5.0)}, "priors.assert", "no-prior"),
        ({"case": ("plant", "CN", 1.0, 5.0)}, "kind", "invalid"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    changes: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        a_life(**changes)
    assert refused.value.code == code
    assert refused.value.faults[0].field == field
    assert refused.value.faults[0].cure


def test_two_factors_that_measure_the_same_are_refused() -> None:
    with pytest.raises(Invalid, match="measures the same"):
        a_life(CASES[7], factors={"field": "biotech", "nber_subcategory": "31"})


@pytest.mark.parametrize("months", [[], [3.0, 2.0], [-1.0]])
def test_months_must_rise_from_today(months: list[float]) -> None:
    with pytest.raises(Invalid):
        a_life().curve(months)


def test_later_than_its_term_there_is_no_right() -> None:
    with pytest.raises(Invalid):
        a_life().later(14.2)
