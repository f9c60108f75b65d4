"""One borrower's score by the shipped fit, against the trees themselves and hand arithmetic."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xgboost import DMatrix

from kernel.errors import Invalid
from models.borrower.batch import scored_frame
from models.borrower.grades import GradeLaw
from models.borrower.scored import Score, ScoreLaw
from models.borrower.term import FLAT
from models.priors import load_priors
from models.priors.credibility import law_of
from models.shelf import fit_named, in_force

Row = Mapping[str, float | None]
FEW = settings(max_examples=40, deadline=None)


@cache
def shipped() -> ScoreLaw:
    champion = in_force().serving("borrower_score", "pledge_guarantee", date(2026, 6, 1)).champion
    return ScoreLaw.of(fit_named(champion))


def typical() -> dict[str, float | None]:
    return {feature.name: float(feature.typical or 0.0) for feature in shipped().fit.fit.features}


def scored(row: Row, law: ScoreLaw | None = None) -> Score:
    return (law or shipped()).score(row, load_priors())


def odds(p: float) -> float:
    return p / (1.0 - p)


def matrix_of(row: Row) -> DMatrix:
    """The row in the order of the fit's columns, built without the encoder."""
    names = [step.of[0] for step in shipped().fit.encoder.steps]
    values = [math.nan if row.get(name) is None else row[name] for name in names]
    return DMatrix(np.array([values], np.float32))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, float | None]:
    """Draw each ratio between its 1 % and 99 % quantile of training, or leave it out."""
    spans = shipped().fit.fit.parameters["spans"]
    return {name: draw(st.none() | st.floats(low, high)) for name, (low, _, high) in spans.items()}


@FEW
@given(rows())
def test_a_score_is_the_trees_brought_to_the_published_level(row: Row) -> None:
    """Odds = exp(margin) x odds of the published rate / odds of the tape's rate."""
    booster = shipped().fit.booster
    assert booster is not None
    margin = float(booster.predict(matrix_of(row), output_margin=True)[0])
    published = load_priors().find("default", "ip_pledge_sme", "CN").value
    tape = shipped().fit.fit.parameters["level_of"]["tape_rate"]
    wanted = math.exp(margin) * odds(published) / odds(tape)
    assert odds(scored(row).pd) == pytest.approx(wanted, rel=1e-5)


@FEW
@given(rows(), st.randoms(use_true_random=False), st.floats(0, 1), st.floats(0, 1))
def test_a_declared_sign_holds_over_the_whole_range(
    row: dict[str, float | None], drawn: Random, one: float, two: float
) -> None:
    """More debt never lowers the PD and more profit never raises it, wherever the firm stands."""
    signed = [feature for feature in shipped().fit.fit.features if feature.monotone]
    feature = drawn.choice(signed)
    low, high = feature.low, feature.high
    assert low is not None
    assert high is not None
    less, more = (low + part * (high - low) for part in sorted((one, two)))
    moved = scored(row | {feature.name: more}).pd - scored(row | {feature.name: less}).pd
    assert moved * feature.monotone >= 0.0


def test_each_declared_sign_moves_the_pd_somewhere() -> None:
    """A sign that holds because the fit never reads the column would hold for nothing."""
    spans = shipped().fit.fit.parameters["spans"]
    for feature in shipped().fit.fit.features:
        if feature.monotone:
            low, _, high = spans[feature.name]
            ends = [scored(typical() | {feature.name: end}).pd for end in (low, high)]
            assert (ends[1] - ends[0]) * feature.monotone > 0.0, feature.name


@FEW
@given(rows())
def test_contributions_add_up_to_the_log_odds_less_the_base(row: Row) -> None:
    fit = shipped().fit
    assert fit.booster is not None
    base = float(fit.booster.predict(matrix_of(row), pred_contribs=True)[0, -1])
    parts = fit.contributions(row)
    assert sum(parts.values()) == pytest.approx(math.log(odds(fit.pd(row))) - base, abs=1e-4)
    reasons = scored(row).reasons
    named = sum(reason.log_odds for reason in (*reasons.up, *reasons.down))
    assert named + reasons.rest == pytest.approx(sum(parts.values()), abs=1e-9)
    assert all(reason.log_odds == parts[reason.column] > 0 for reason in reasons.up)
    assert all(reason.log_odds == parts[reason.column] < 0 for reason in reasons.down)


@FEW
@given(st.lists(rows(), min_size=2, max_size=4))
def test_intervals_hold_their_pd_and_grades_follow_it(some: list[Row]) -> None:
    found = sorted((scored(row) for row in some), key=lambda score: score.pd)
    grades = shipped().scale.grades
    for score in found:
        assert 0.0 < score.low <= score.pd <= score.high < 1.0
        place = sum(bound < score.pd for bound in shipped().scale.bounds)
        assert score.grade == grades[place]
    for better, worse in pairwise(found):
        assert better.low <= worse.low
        assert better.high <= worse.high


@pytest.mark.parametrize("years", [0.5, 2.0, 5.0])
def test_a_pd_of_another_horizon_compounds_back_to_itself(years: float) -> None:
    """Living through `years` years at the year's PD is living through the horizon."""
    year, other = scored(typical()), scored(typical(), replace(shipped(), horizon_years=years))
    for name in ("pd", "low", "high"):
        assert 1 - (1 - getattr(other, name)) ** years == pytest.approx(getattr(year, name))
    assert (other.pd < year.pd) is (years > 1)
    assert other.cohort == year.cohort


def test_the_level_multiplies_all_odds_alike_and_follows_the_table() -> None:
    bare = replace(shipped(), level=None)
    worse = typical() | {"liabilities_to_assets": 2.0, "ebit_to_assets": -0.3, "quick_ratio": 0.2}
    ratios = [odds(scored(row).pd) / odds(scored(row, bare).pd) for row in (typical(), worse)]
    assert ratios[0] == pytest.approx(ratios[1])
    assert scored(worse, bare).priors == ()
    table = load_priors()
    held = table.find("default", "ip_pledge_sme", "CN")
    doubled = replace(held, value=2 * held.value)
    other = replace(table, rows={**table.rows, held.key: doubled})
    found = shipped().score(worse, other)
    factor = odds(2 * held.value) / odds(held.value)
    assert odds(found.pd) == pytest.approx(factor * odds(scored(worse).pd))
    assert found.priors == (doubled,)


def test_missing_is_one_thing_however_it_is_written_and_is_not_zero() -> None:
    names = ("retained_earnings_to_assets", "sales_to_last_year", "interest_cover")
    for name in names:
        absent = {key: value for key, value in typical().items() if key != name}
        written = [absent, absent | {name: None}, absent | {name: math.nan}]
        pds = {scored(row).pd for row in written}
        assert len(pds) == 1
    least = scored(dict.fromkeys(typical()))
    assert least.pd != scored(dict.fromkeys(typical(), 0.0)).pd
    assert all(reason.value is None for reason in (*least.reasons.up, *least.reasons.down))


def test_a_stated_unit_changes_nothing_and_neither_does_the_order() -> None:
    units = {feature.name: feature.unit for feature in shipped().fit.fit.features}
    stated = {name: {"value": v, "unit": units[name]} for name, v in reversed(typical().items())}
    assert shipped().score(stated, load_priors()) == scored(typical())


def test_one_borrower_scores_as_in_a_table() -> None:
    wanted = [typical() | {"quick_ratio": ratio} for ratio in (0.1, None, 20.0)]
    together = scored_frame(shipped().fit, pl.DataFrame(wanted)).pd.to_list()
    bare = replace(shipped(), level=None)
    assert [scored(row, bare).pd for row in wanted] == pytest.approx(together, rel=1e-12)


@pytest.mark.parametrize(
    ("wrong", "field", "problem", "cure"),
    [
        ({"quick_ratio": "good"}, "quick_ratio", "'good' is not a number", "finite number"),
        ({"quick_ratio": math.inf}, "quick_ratio", "inf is not a number", "finite number"),
        ({"quick_ratio": -0.1}, "quick_ratio", "-0.1 is out of range", "takes 0 to 500 per 1"),
        ({"inventory_days": 3651}, "inventory_days", "3651 is out of", "takes 0 to 3650 days"),
        (
            {"inventory_days": {"value": 2, "unit": "months"}},
            "inventory_days", "is stated in 'months'", "state it in days",
        ),
        ({"quick_ratio": {"value": 1}}, "quick_ratio", "is stated in ''", "state it in per 1"),
        ({"founder_age": 40}, "founder_age", "is no feature of this fit", "leave it out"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_column_and_cure(
    wrong: dict[str, object], field: str, problem: str, cure: str
) -> None:
    with pytest.raises(Invalid) as refused:
        shipped().score(typical() | wrong, load_priors(), "accounts")
    (fault,) = refused.value.faults
    assert fault.field == f"accounts.{field}"
    assert problem in fault.problem
    assert cure in fault.cure


def test_a_fit_without_horizon_or_of_another_form_is_refused() -> None:
    fit = shipped().fit.fit
    short = {k: v for k, v in fit.parameters.items() if k != "horizon_years"}
    with pytest.raises(Invalid, match=r"states no horizon.*--horizon YEARS"):
        ScoreLaw.of(replace(fit, parameters=short))
    with pytest.raises(Invalid, match=r"is a borrower\.grades.*zhibao fit default"):
        ScoreLaw.of(replace(fit, form="borrower.grades"))


def test_a_score_round_trips_through_json() -> None:
    score = scored(typical() | {"interest_cover": None})
    stated = score.json()
    assert json.loads(json.dumps(stated, ensure_ascii=False, allow_nan=False)) == stated
    assert stated["interval_1y"] == [score.low, score.high]
    assert stated["brought_to_level_of"] == ["default/ip_pledge_sme/CN"]
    again = ScoreLaw.of(fit_named(stated["fit_id"]))
    assert scored(typical() | {"interest_cover": None}, again) == score


@pytest.mark.parametrize("cohort", [0.0, 50.0, 1e9])
def test_the_curve_is_shrunk_to_the_grade_by_its_cohort(cohort: float) -> None:
    """Survival mixes as Z own + (1 - Z) grade, Z = cohort / (cohort + k)."""
    score = replace(scored(typical()), cohort=cohort)
    grade = GradeLaw("grades", FLAT).curve("B", load_priors())
    found = shipped().curve(score, grade)
    z = cohort / (cohort + law_of(grade.priors[0]).weight)
    for years in (1 / 12, 1 / 6):
        own = (1.0 - score.pd) ** years
        wanted = z * own + (1 - z) * grade.survival(years)
        assert 1 - found.survival(years) == pytest.approx(1 - wanted, rel=1e-9)
    assert found.correlation == grade.correlation


def test_a_grade_law_comes_back_from_its_parameters() -> None:
    fit = fit_named(in_force().serving("borrower_default", "pledge_guarantee", date.max).champion)
    law = GradeLaw.of(fit.fit_id, fit.parameters)
    again = GradeLaw.of(fit.fit_id, json.loads(json.dumps(law.parameters())))
    table = load_priors()
    pds = []
    for grade in shipped().scale.grades:
        curve = again.curve(grade, table)
        assert curve.monthly(36).tolist() == law.curve(grade, table).monthly(36).tolist()
        pds.append(1 - curve.survival(1.0))
    assert pds == pytest.approx(shipped().scale.pd, rel=1e-9)
    with pytest.raises(Invalid, match="AAA"):
        law.curve("AAA", table)
