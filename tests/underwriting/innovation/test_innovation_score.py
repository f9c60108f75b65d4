"""The score: by hand, by exact fractions, monotone, with a band for what is missing."""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.finding import Effect
from models.features import Missing, check
from underwriting.innovation import (
    Indicator,
    IndicatorTable,
    Innovation,
    as_feature,
    feature_value,
    indicators,
    innovation_findings,
    innovation_of,
    innovation_score,
)
from underwriting.providers import RightRecord

TABLE = indicators()
NAMES = tuple(one.name for one in TABLE.indicators)
FIRM: dict[str, float | None] = {
    "rights": 6.0, "invention_share": 0.5, "claims": 10.0, "breadth": 3.0,
    "citations": 2.0, "years_left": 11.0, "rd_intensity": 0.055, "rd_staff": 0.22,
}  # fmt: skip
ON = date(2025, 3, 3)

figure = st.floats(0, 50, allow_nan=False)
figures = st.fixed_dictionaries({name: st.one_of(st.none(), figure) for name in NAMES})


def exact(name: str, value: float) -> Fraction:
    """The points of one indicator in exact fractions, found by another way: the inverse search."""
    row = next(one for one in TABLE.indicators if one.name == name)
    xs = [Fraction(str(x)) for x, _ in row.points]
    ys = [Fraction(str(y)) for _, y in row.points]
    at = Fraction(str(value))
    if at >= xs[-1]:
        return Fraction(str(row.weight)) * ys[-1]
    right = next(i for i, x in enumerate(xs) if at < x)
    slope = (ys[right] - ys[right - 1]) / (xs[right] - xs[right - 1])
    return Fraction(str(row.weight)) * (ys[right - 1] + slope * (at - xs[right - 1]))


def test_the_score_of_a_firm_by_exact_fractions() -> None:
    score = innovation_score(FIRM, TABLE)
    by_hand = sum(exact(name, value or 0.0) for name, value in FIRM.items())
    assert score.points == pytest.approx(float(by_hand), abs=1e-12)
    assert (score.low, score.high) == pytest.approx((score.points, score.points))
    assert score.missing == ()


def test_lines_agree_with_numpys_interpolation() -> None:
    for row in TABLE.indicators:
        grid = np.linspace(-1.0, 1.3 * row.points[-1][0], 1001)
        xs, ys = zip(*row.points, strict=True)
        ours = [row.part(float(x)) for x in grid]
        assert np.allclose(ours, np.interp(grid, xs, ys), atol=1e-12)


def test_corners_of_the_official_evaluation() -> None:
    """Staff: 20 points from 30 %, 4 from 10 %; R&D: 50 from 6 %, 10 from 2 % (2017 method)."""
    by = {one.name: one for one in TABLE.indicators}
    staff = [(0.30, 20), (0.25, 16), (0.20, 12), (0.15, 8), (0.10, 4)]
    assert [by["rd_staff"].part(x) for x, _ in staff] == pytest.approx([p / 20 for _, p in staff])
    spending = [(0.06, 50), (0.05, 40), (0.04, 30), (0.03, 20), (0.02, 10)]
    found = [by["rd_intensity"].part(x) for x, _ in spending]
    assert found == pytest.approx([p / 50 for _, p in spending])


@given(figures, st.sampled_from(NAMES), figure, figure)
def test_more_of_anything_never_costs_points(
    firm: dict[str, float | None], name: str, one: float, two: float
) -> None:
    less, more = sorted((one, two))
    low = innovation_score({**firm, name: less}, TABLE)
    high = innovation_score({**firm, name: more}, TABLE)
    assert low.points <= high.points + 1e-12
    assert low.low <= high.low + 1e-12
    assert low.high <= high.high + 1e-12


@given(figures)
def test_base_and_contributions_are_the_score_and_stand_in_the_band(
    firm: dict[str, float | None],
) -> None:
    score = innovation_score(firm, TABLE)
    total = score.base + sum(one.points for one in score.contributions)
    assert score.points == pytest.approx(total, abs=1e-9)
    assert -1e-9 <= score.low <= score.points + 1e-9
    assert score.points <= score.high + 1e-9 <= 100 + 2e-9
    assert set(score.missing) == {name for name, value in firm.items() if value is None}


@given(figures, st.sampled_from(NAMES))
def test_what_is_missing_widens_the_band_by_its_weight(
    firm: dict[str, float | None], name: str
) -> None:
    known = innovation_score({**firm, name: 3.0}, TABLE)
    without = innovation_score({**firm, name: None}, TABLE)
    weight = next(one.weight for one in TABLE.indicators if one.name == name)
    assert without.high - without.low == pytest.approx(known.high - known.low + weight, abs=1e-9)
    assert without.low <= known.low + 1e-9
    assert known.high <= without.high + 1e-9


def test_nothing_and_everything() -> None:
    nothing = innovation_score(dict.fromkeys(NAMES, 0.0), TABLE)
    everything = innovation_score(dict.fromkeys(NAMES, 1e9), TABLE)
    unknown = innovation_score({}, TABLE)
    assert (nothing.points, everything.points) == pytest.approx((0.0, 100.0), abs=1e-9)
    assert (unknown.low, unknown.high) == (0.0, 100.0)
    assert unknown.points == pytest.approx(unknown.base)
    typical = {one.name: one.typical for one in TABLE.indicators}
    assert innovation_score(typical, TABLE).points == pytest.approx(unknown.base)


def test_signs_of_contributions_are_against_the_typical_firm() -> None:
    typical = {one.name: one.typical for one in TABLE.indicators}
    for name in NAMES:
        for factor, sign in ((0.5, -1), (1.5, +1)):
            score = innovation_score({**typical, name: typical[name] * factor}, TABLE)
            moved = {one.indicator.name: one.points for one in score.contributions}
            assert moved[name] * sign > 0
            assert all(abs(points) < 1e-12 for other, points in moved.items() if other != name)


def test_a_frozen_table_scores_the_same() -> None:
    again = IndicatorTable.of(TABLE.json())
    assert again == TABLE
    assert innovation_score(FIRM, again).json() == innovation_score(FIRM, TABLE).json()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"weight": 14.0}, "sum to 100"),
        ({"points": [[0.0, 0.0], [2.0, 0.5]]}, "0 to 1"),
        ({"points": [[0.0, 0.0], [2.0, 0.9], [3.0, 0.5], [4.0, 1.0]]}, "falls"),
        ({"points": [[0.0, 0.0], [2.0, 0.5], [2.0, 1.0]]}, "stands still"),
    ],
)
def test_a_table_that_is_not_one_is_not_read(change: dict[str, Any], problem: str) -> None:
    broken = TABLE.json()
    broken["indicators"][0] |= change
    with pytest.raises(AssertionError, match=problem):
        IndicatorTable.of(broken)


def test_every_figure_has_its_source_and_weights_are_judgement() -> None:
    assert TABLE.grade == "C"
    assert all(one.source and one.grade in "ABCK" for one in TABLE.indicators)
    assert "not estimated" in innovation_score(FIRM, TABLE).json()["statement"].replace(
        "was not estimated", "not estimated"
    )


def test_appetite_informs_where_the_score_is_good() -> None:
    (informed,) = innovation_findings(innovation_score(FIRM, TABLE))
    assert (informed.code, informed.effect) == ("innovation-score", Effect.INFORM)
    assert "not estimated" in informed.en
    assert "未经估计" in informed.zh


def test_appetite_refers_by_the_lower_end_and_says_what_would_mend_it() -> None:
    hidden = innovation_score(
        {**FIRM, "rd_intensity": None, "rd_staff": None, "rights": None}, TABLE
    )
    assert hidden.low < TABLE.refer_below < hidden.points
    referred, _ = innovation_findings(hidden)
    assert (referred.code, referred.effect) == ("innovation-low", Effect.REFER)
    assert referred.cure == "state rights, rd_intensity, rd_staff"
    poor = innovation_score(dict.fromkeys(NAMES, 0.0), TABLE)
    first, _ = innovation_findings(poor)
    assert "R&D spending over revenue" in first.cure


def test_leaving_out_a_poor_figure_gains_nothing() -> None:
    poor = {**FIRM, "rd_intensity": 0.0, "rd_staff": 0.0}
    told = innovation_score(poor, TABLE)
    hidden = innovation_score({**poor, "rd_intensity": None, "rd_staff": None}, TABLE)
    assert hidden.low <= told.low + 1e-12


def test_the_feature_is_read_by_the_check_of_a_fit() -> None:
    feature = as_feature()
    assert (feature.monotone, feature.missing, feature.low, feature.high) == (
        -1,
        Missing.LEARNED,
        0,
        100,
    )
    score = innovation_score(FIRM, TABLE)
    read = check([feature], {feature.name: feature_value(score)})
    assert read == {"innovation_score": score.points}
    nothing = check([feature], {feature.name: feature_value(innovation_score({}, TABLE))})
    assert np.isnan(nothing["innovation_score"])


def record(number: str, **changes: Any) -> RightRecord:
    values = {
        "number": number, "office": "CN", "as_of": date(2025, 1, 1), "source": "x",
        "kind": "invention", "status": "in_force", "expires": date(2035, 3, 3),
        "claims": 10, "citations": 4, "ipc": ("B25J9/16",),
    }  # fmt: skip
    return RightRecord(**(values | changes))


def test_figures_are_counted_from_records() -> None:
    records = [
        record("1"),
        record("2", claims=None, citations=0, ipc=("B25J15/00", "G06T7/70")),
        record("3", kind="design", claims=1, citations=None, ipc=None, expires=date(2027, 3, 3)),
        record("4", status="lapsed", citations=99),
        record("5", status=None, granted=date(2020, 1, 1), kind="utility_model", expires=None),
        record("6", status=None, granted=None),
    ]
    found = innovation_of(records, ON, rd_intensity=0.05)
    assert found.rights == 4
    assert found.invention_share == 0.5
    assert found.claims == 10.0  # of the one invention that states them
    assert found.breadth == 2
    assert found.citations == pytest.approx((4 + 0 + 4) / 3)
    days = [
        (date(2035, 3, 3) - ON).days,
        (date(2035, 3, 3) - ON).days,
        (date(2027, 3, 3) - ON).days,
    ]
    assert found.years_left == pytest.approx(sum(days) / 3 / 365)
    assert (found.rd_intensity, found.rd_staff) == (0.05, None)


def test_no_right_is_known_to_be_nothing_and_silent_records_are_missing() -> None:
    none = innovation_of([], ON)
    assert (none.rights, none.claims, none.citations, none.breadth, none.years_left) == (0,) * 5
    silent = innovation_of([record("1", claims=None, citations=None, ipc=None, expires=None)], ON)
    assert (silent.claims, silent.citations, silent.breadth, silent.years_left) == (None,) * 4
    assert Innovation().figures() == dict.fromkeys(NAMES)
    assert tuple(Innovation.model_fields) == NAMES


def test_an_indicator_is_flat_beyond_its_ends() -> None:
    row = Indicator("x", "x", "x", "u", 10.0, 1.0, ((1.0, 0.0), (3.0, 1.0)), "s", "C")
    assert [row.earned(x) for x in (0.0, 1.0, 2.0, 3.0, 9.0)] == [0.0, 0.0, 5.0, 10.0, 10.0]
