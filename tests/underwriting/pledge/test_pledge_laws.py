"""The laws of a proposal: each stands on its own figures, and a figure that lacks is named."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from builders import QUOTED, SOUND, a_basis, a_risk, a_scheme, cny, some_inputs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from kernel.errors import Invalid
from models.priors import PriorTable, load_priors
from models.recovery.figures import recovery_table
from underwriting.fits import Serving
from underwriting.pledge.borrower import beside_the_grade, default_curve, score_of
from underwriting.pledge.laws import PURPOSES, Laws, laws_of
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.rating import rate
from underwriting.products.pledge_guarantee.rival import secured

YEAR = 365
VALUE = 8_600_000_00
GRADES = ("A", "BBB", "BB", "B", "CCC")
INVENTION_OFFICES = ("CN", "US", "DE", "EP", "JP", "KR", "UK", "GB")
KINDS = ("invention", "utility_model", "design", "trademark", "copyright", "ic_layout", "gi")


def own_table(*rows: tuple[str, str, float]) -> PriorTable:
    """The published figures with own ones in their place: (param, of what, value)."""
    table = dict(load_priors().rows)
    for param, of_what, value in rows:
        row = recovery_table().find(param, of_what)
        table[row.key] = replace(row, value=value, law="point", a=0.0, b=0.0, source="own")
    return PriorTable.of("own", table.values())


def basis_of(risk: Any, *own: tuple[str, str, float], on: date = QUOTED) -> Rated:
    inputs = some_inputs(risk, scheme=a_scheme(), on=on)
    return a_basis(replace(inputs, priors=own_table(*own)) if own else inputs)


def laws(*own: tuple[str, str, float], on: date = QUOTED, **parts: Any) -> Laws:
    risk = a_risk(**parts)
    return laws_of(secured(risk), basis_of(risk, *own, on=on), lambda serving: serving.champion)


@pytest.mark.parametrize(
    ("kind", "office"),
    [*(("invention", office) for office in INVENTION_OFFICES), *((kind, "CN") for kind in KINDS)],
)
def test_every_kind_with_rates_lives_and_dies(kind: str, office: str) -> None:
    right = {"kind": kind, "office": office}
    (one,) = laws(right=right, loan={"term_months": 24}).rights
    alive = [one.life.survival(years / 4) for years in range(12)]
    assert alive[0] == 1.0
    assert all(before > after > 0 for before, after in pairwise(alive))
    assert one.killed is not None
    assert all(one.killed.survival(q / 4) >= alive[q] - 1e-12 for q in range(9))


@pytest.mark.parametrize(
    ("kind", "office"),
    [("invention", "ZZ"), *product(KINDS[1:], ("US", "DE", "JP", "GB", "ZZ"))],
)
def test_a_kind_without_a_rate_is_refused_by_name(kind: str, office: str) -> None:
    with pytest.raises(Invalid) as refused:
        laws(right={"kind": kind, "office": office})
    (fault,) = refused.value.faults
    assert refused.value.code == "no-prior"
    assert fault.field.startswith("priors.")
    known_as = "UK" if office == "GB" else office
    assert f"for {kind} in {known_as}" in fault.problem
    assert "add a sourced row" in fault.cure


def test_one_bad_right_among_good_ones_is_enough() -> None:
    (good,) = a_risk().model_dump(mode="json")["rights"]
    worthless = {**good, "number": "2", "office": "ZZ", "appraised": cny("0.00")}
    with pytest.raises(Invalid, match="in ZZ"):
        laws(rights=[good, worthless])


@pytest.mark.parametrize("kind", KINDS)
def test_the_haircut_of_a_kind_applies_to_it_alone(kind: str) -> None:
    own = ("haircut", kind, 0.37)
    for other in KINDS:
        (before,), (after,) = (laws(*rows, right={"kind": other}).rights for rows in ((), (own,)))
        assert after.value == pytest.approx(VALUE, rel=1e-12)
        want = VALUE * 0.63 if other == kind else before.after_haircut
        assert after.after_haircut == pytest.approx(want, rel=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(-400, 4000), st.floats(0.05, 1.5), st.floats(0.0, 0.8))
def test_an_old_appraisal_says_less(days: int, fresh: float, drift: float) -> None:
    """sigma^2 = fresh^2 + drift^2 x years; the mean stays; no day of the future counts."""
    rows = (("appraisal_log_sd", "income", fresh), ("appraisal_drift_sd", "any", drift))
    appraised_on = (QUOTED - timedelta(days=days)).isoformat()
    (one,) = laws(*rows, right={"appraised_on": appraised_on}).rights
    assert one.spread**2 == pytest.approx(fresh**2 + drift**2 * max(0, days) / YEAR, rel=1e-9)
    assert one.value == pytest.approx(VALUE, rel=1e-9)


def test_growth_and_bias_move_the_mean() -> None:
    """Two years at e^-0.1 a year, of an appraiser who says a fifth too much."""
    on = (QUOTED - timedelta(days=2 * YEAR)).isoformat()
    rows = (("appraisal_growth", "any", -0.1), ("appraisal_bias", "income", 1.2))
    (one,) = laws(*rows, right={"appraised_on": on}).rights
    assert one.value == pytest.approx(VALUE / 1.2 * 2.718281828459045**-0.2, rel=1e-9)


def test_a_patent_ends_with_its_term_to_the_day() -> None:
    (one,) = laws(right={"expires": (QUOTED + timedelta(days=100)).isoformat()}).rights
    assert one.life.survival(100 / YEAR - 1e-9) > 0.9
    assert one.life.survival(100 / YEAR) == 0.0
    (gone,) = laws(right={"expires": QUOTED.isoformat()}).rights
    assert gone.life.survival(1e-6) == 0.0


def test_fees_that_are_paid_keep_a_right_alive() -> None:
    def alive(paid: date | None, years: float) -> float:
        until = paid.isoformat() if paid else None
        (one,) = laws(right={"fees_paid_until": until}).rights
        return one.life.survival(years)

    ahead = [None, *(QUOTED + timedelta(days=days) for days in (180, 400, 900))]
    chances = [alive(paid, 3.0) for paid in ahead]
    assert chances == sorted(set(chances))
    overdue = QUOTED - timedelta(days=200)
    assert alive(overdue, 3.0) == alive(None, 3.0)


def test_without_a_grant_the_right_is_new_today() -> None:
    one, two = (
        laws(right={"granted": granted}).rights[0] for granted in (None, QUOTED.isoformat())
    )
    assert [one.life.survival(m / 12) for m in range(36)] == [
        two.life.survival(m / 12) for m in range(36)
    ]


def test_a_year_on_the_same_right_lives_as_it_was_said_to() -> None:
    """S(1 + t) / S(1) of today is S(t) of the older right, but for disputes begun meanwhile."""
    (today,) = laws().rights
    (later,) = laws(on=QUOTED + timedelta(days=YEAR)).rights
    for months in (6, 18, 36):
        given_alive = today.life.survival(1 + months / 12) / today.life.survival(1)
        assert later.life.survival(months / 12) == pytest.approx(given_alive, rel=2e-3)
    (aged,) = laws(right={"granted": "2021-05-06"}).rights
    assert aged.life.survival(3.0) != today.life.survival(3.0)


@pytest.mark.parametrize("whole", [0.1, 0.253, 0.7])
def test_a_pending_request_kills_with_the_chance_that_is_published(whole: float) -> None:
    """Of one pending case, `p_full` ends in whole invalidation; ten years see it decided."""
    parts: dict[str, Any] = {"loan": {"term_months": 120}}
    rows = (("p_full", "invention", whole), ("p_part", "invention", 0.0))
    (quiet,) = laws(*rows, **parts).rights
    (pending,) = laws(*rows, right={"invalidation_pending": True}, **parts).rights
    assert quiet.killed is not None
    assert pending.killed is not None
    decided = pending.killed.survival(10.0) / quiet.killed.survival(10.0)
    assert decided == pytest.approx(1 - whole, abs=0.02)


def test_a_right_without_value_is_no_collateral_but_its_figures_are_named() -> None:
    (good,) = a_risk().model_dump(mode="json")["rights"]
    nothing = {**good, "number": "2", "kind": "design", "appraised": cny("0.00")}
    both = laws(rights=[good, nothing])
    assert len(both.rights) == 1
    assert "haircut/design/*" in {prior.key for prior in both.priors}
    assert len({prior.key for prior in both.priors}) == len(both.priors)


def test_a_loan_on_worthless_rights_is_unsecured() -> None:
    risk = a_risk(right={"appraised": cny("0.00")})
    view = rate(risk, basis_of(risk))
    assert {row.given_back for row in view.months} == {0}
    assert view.drivers["loss_given_default_month_1"] == 1.0
    assert view.drivers["key_right_dead_at_default_month_1"] == 0.0
    assert view.drivers["loan_to_value"] == float("inf")
    secured = rate(a_risk(), basis_of(a_risk()))
    assert secured.pure < view.pure


def test_own_sale_figures_make_the_sale() -> None:
    """The expected part of the value fetched is P(sold) x price ratio; the wait is a mean."""
    one = laws(
        ("price_ratio", "patent_lots", 0.4),
        ("years_to_sale", "ip_only_collateral", 2.25),
        ("disposal_cost_rate", "ip_only_collateral", 0.3),
    )
    assert one.sold == pytest.approx(87.5 / 231)
    assert one.disposal.recovery_rate == pytest.approx(0.4 * 87.5 / 231)
    assert one.disposal.years_to_sale == pytest.approx(2.25)
    assert one.disposal.cost_rate == 0.3
    mean = sum(weight * years for weight, years in one.disposal.times)
    square = sum(weight * years**2 for weight, years in one.disposal.times)
    assert mean == pytest.approx(2.25)
    assert (square - mean**2) ** 0.5 / mean == pytest.approx(0.5)


def test_a_challenger_that_seasons_meets_the_same_year() -> None:
    """Both spread one published PD over the months; the seasoned one has fewer early ones."""
    risk = a_risk()
    basis = basis_of(risk)
    flat, seasoned = (
        laws_of(secured(risk), basis, pick) for pick in (lambda s: s.champion, lambda s: s.rival)
    )
    assert flat.borrower.default_between(0, 1) == pytest.approx(0.025)
    assert seasoned.borrower.default_between(0, 1) == pytest.approx(0.025)
    assert seasoned.borrower.default_between(0, 0.5) < flat.borrower.default_between(0, 0.5)
    assert flat.name == "+".join(basis.fits[purpose].champion for purpose in PURPOSES)
    assert seasoned.fit_ids == (basis.fits["borrower_default"].challenger, *flat.fit_ids[1:])


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("as_challenger", [False, True])
def test_a_fit_that_is_not_on_the_shelf_is_refused(purpose: str, *, as_challenger: bool) -> None:
    risk = a_risk()
    basis = basis_of(risk)
    served = basis.fits[purpose].champion
    gone = "gone-000000000000"
    who = Serving(served, gone) if as_challenger else Serving(gone, None)
    with pytest.raises(Invalid) as refused:
        rate(risk, replace(basis, fits={**basis.fits, purpose: who}))
    (fault,) = refused.value.faults
    assert fault.field == "fit_id"
    assert gone in fault.problem
    assert served in fault.cure


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(GRADES), st.floats(0.0005, 0.4), st.floats(0.01, 0.3))
def test_an_own_default_figure_is_met_in_the_year_and_under_stress(
    grade: str, default: float, correlation: float
) -> None:
    """Vasicek by scipy; the other grades keep the published figures."""
    risk = a_risk(borrower={"grade": grade})
    rows = (("default_1y", grade, default), ("asset_correlation", "ip_pledge_sme", correlation))
    basis = basis_of(risk, *rows)
    curve = default_curve(basis.fits["borrower_default"].champion, risk.borrower, basis)
    assert curve.default_between(0, 1) == pytest.approx(default)
    root = correlation**0.5
    bad = (norm.ppf(default) + root * norm.ppf(0.995)) / (1 - correlation) ** 0.5
    assert curve.stressed_default(1.0) == pytest.approx(norm.cdf(bad), rel=1e-6)


@pytest.mark.parametrize("grade", GRADES)
def test_a_score_is_shrunk_towards_its_grade(grade: str) -> None:
    risk = a_risk(borrower={"grade": grade, "accounts": SOUND})
    basis = basis_of(risk)
    score = score_of(risk.borrower, basis)
    assert score is not None
    shrunk = default_curve(score.fit_id, risk.borrower, basis).default_between(0, 1)
    grades = default_curve(basis.fits["borrower_default"].champion, risk.borrower, basis)
    published = grades.default_between(0, 1)
    low, high = sorted((score.pd, published))
    assert low < shrunk < high
    beside = beside_the_grade(score, risk.borrower, basis, "priced")
    assert beside.ratio == pytest.approx(score.pd / published)
    assert (beside.champion_fit, beside.challenger_fit) == ("priced", score.fit_id)


def test_nobody_scores_where_no_score_serves() -> None:
    risk = a_risk(borrower={"accounts": SOUND})
    basis = basis_of(risk)
    rest = {name: who for name, who in basis.fits.items() if name != "borrower_score"}
    assert score_of(risk.borrower, replace(basis, fits=rest)) is None
    assert score_of(a_risk().borrower, basis) is None
