"""Appraised against realised: shrunk by hand, by simulation and by the estimate from many."""

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.finding import Effect
from kernel.money import Money
from underwriting.appraisers.findings import appraiser_findings
from underwriting.appraisers.law import record_law
from underwriting.appraisers.record import (
    Case,
    RatioLaw,
    _logs,
    differences,
    house_record,
    own_record,
    weights,
)
from underwriting.appraisers.valuation import valuation_findings, valuation_terms
from underwriting.appraisers.view import AppraiserView, view

LAW = record_law()
LISTED = ("listed", "admitted")


def cases(*ratios: float) -> tuple[Case, ...]:
    return tuple(Case(1_000_000, round(1_000_000 * ratio)) for ratio in ratios)


def own_of(name: str, known: Mapping[str, Any], house: RatioLaw) -> RatioLaw:
    return own_record(known.get(name, ()), house, weights(known, LAW))


def seen(of: str, known: Mapping[str, Any], standing: tuple[str, str] = LISTED) -> AppraiserView:
    house = house_record(known, LAW)
    return view(of, standing, own_of(of, known, house), house, LAW)


def test_without_a_case_the_published_auctions_stand() -> None:
    """87 of 230 lots sold, with Jeffreys' half on each side, at a quarter of their valuation."""
    house = house_record({}, LAW)
    assert house.sold == pytest.approx((26 + 28 + 33 + 0.5) / (78 + 69 + 83 + 1))
    assert house.mean == pytest.approx(house.sold * 0.25)
    own = own_of("a", {}, house)
    assert (own.mean, own.credibility, own.cases) == (pytest.approx(house.mean), 0.0, 0)


def test_the_shrinkage_by_hand() -> None:
    """Four cases, one unsold: k is 20 behind the house and 10 behind the appraiser."""
    known = {"a": cases(0.5, 0.2, 0.1, 0.0)}
    house = house_record(known, LAW)
    logs = [log(0.5), log(0.2), log(0.1)]
    z = 3 / 23
    assert house.credibility == pytest.approx(z)
    assert house.mu == pytest.approx(z * sum(logs) / 3 + (1 - z) * LAW.log_mean)
    assert house.sold == pytest.approx((3 + 20 * LAW.sold) / 24)
    own = own_of("a", known, house)
    assert own.credibility == pytest.approx(3 / 13)
    assert own.mu == pytest.approx(3 / 13 * sum(logs) / 3 + 10 / 13 * house.mu)
    assert own.sold == pytest.approx((3 + 10 * house.sold) / 14)
    assert (own.cases, own.unsold) == (4, 1)
    squares = sum((one - sum(logs) / 3) ** 2 for one in logs)
    assert own.sigma**2 == pytest.approx((20 * 0.8**2 + squares) / 23)


def test_mean_and_quantiles_against_a_simulation() -> None:
    law = RatioLaw(0, 0, 0.4, -1.2, 0.7, 0.0)
    rng = np.random.default_rng(4)
    drawn = np.where(rng.random(2_000_000) < 0.4, np.exp(rng.normal(-1.2, 0.7, 2_000_000)), 0.0)
    error = drawn.std() / np.sqrt(len(drawn))
    assert abs(drawn.mean() - law.mean) < 4 * error
    for p in (0.3, 0.59, 0.61, 0.75, 0.9, 0.99):
        assert np.quantile(drawn, p) == pytest.approx(law.quantile(p), rel=0.01, abs=1e-9)


@given(st.lists(st.floats(0.01, 2.0), min_size=1, max_size=40), st.floats(1.0, 3.0))
def test_a_better_record_is_never_held_worse(ratios: list[float], factor: float) -> None:
    others = {"b": cases(0.2, 0.3)}
    house = house_record(others, LAW)
    worse = own_of("a", {**others, "a": cases(*ratios)}, house)
    better = own_of("a", {**others, "a": cases(*(r * factor for r in ratios))}, house)
    assert better.mu >= worse.mu - 1e-5
    assert better.sold == worse.sold


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_unsold_cases_never_raise_the_chance_to_sell(sold: int, unsold: int) -> None:
    house = house_record({}, LAW)
    few = own_of("a", {"a": cases(*[0.3] * sold, *[0.0] * unsold)}, house)
    more = own_of("a", {"a": cases(*[0.3] * sold, *[0.0] * (unsold + 1))}, house)
    assert more.sold < few.sold or (sold, unsold) == (0, 0)
    assert 0.0 < more.sold < 1.0


def drawn_record(appraisers: int, each: int, between: float, within: float) -> dict[str, Any]:
    rng = np.random.default_rng(11)
    return {
        f"a{number}": cases(*np.exp(rng.normal(-1.5 + shift, within, each)))
        for number, shift in enumerate(rng.normal(0.0, between, appraisers))
    }


def test_with_many_cases_the_weight_is_estimated_near_the_truth() -> None:
    """Between 0.5 and within 0.7: k is 0.7^2 / 0.5^2 = 1.96, not the stated ten."""
    known = drawn_record(60, 40, 0.5, 0.7)
    found = differences(known, LAW, _logs)
    assert found is not None
    assert found.k == pytest.approx(1.96, rel=0.25)
    house = house_record(known, LAW)
    own = own_of("a0", known, house)
    assert own.credibility == pytest.approx(40 / (40 + found.k))


def test_where_appraisers_do_not_differ_nobody_is_told_apart() -> None:
    same = {f"a{n}": cases(0.1, 0.2, 0.4, 0.8) for n in range(10)}
    found = differences(same, LAW, _logs)
    assert found is not None
    assert found.k is None
    house = house_record(same, LAW)
    own = own_of("a3", same, house)
    assert (own.credibility, own.mu) == (0.0, house.mu)


def test_few_cases_are_not_estimated_from() -> None:
    assert differences(drawn_record(2, 40, 0.5, 0.7), LAW, _logs) is None
    assert differences(drawn_record(5, 5, 0.5, 0.7), LAW, _logs) is None


def test_an_appraiser_that_overvalues_threefold_is_found() -> None:
    known = drawn_record(8, 20, 0.05, 0.5)
    known["poor"] = tuple(Case(3 * case.appraised, case.realised) for case in known["a0"])
    told = seen("poor", known)
    house = house_record(known, LAW)
    own = own_of("poor", known, house)
    assert told.haircut == pytest.approx(1 - own.mean / house.mean)
    assert 0.5 < told.haircut < 0.75
    (finding,) = appraiser_findings(told)
    assert (finding.code, finding.effect) == ("appraiser-poor", Effect.REFER)
    assert "20 cases" in finding.en
    assert seen("a0", known).haircut == 0.0


def test_an_appraiser_that_is_unknown_is_referred_and_nothing_more() -> None:
    (finding,) = appraiser_findings(seen("x", {}, ("unknown", "")))
    assert (finding.code, finding.effect) == ("appraiser-unknown", Effect.REFER)


def test_a_suspended_one_is_declined() -> None:
    codes = [one.code for one in appraiser_findings(seen("x", {}, ("suspended", "fined")))]
    assert codes == ["appraiser-suspended", "appraiser-thin"]
    first, _ = appraiser_findings(seen("x", {}, ("suspended", "fined")))
    assert first.effect is Effect.DECLINE
    assert "fined" in first.en


def test_a_thin_record_is_said_to_be_thin() -> None:
    nine, ten = ({"a": cases(*[0.1] * n)} for n in (9, 10))
    (thin,) = appraiser_findings(seen("a", nine))
    assert (thin.code, thin.effect) == ("appraiser-thin", Effect.INFORM)
    assert "9 realised cases" in thin.en
    assert list(appraiser_findings(seen("a", ten))) == []


def test_a_view_is_frozen_and_read_back() -> None:
    told = seen("a", {"a": cases(0.1, 0.0)})
    assert AppraiserView.of(told.json()) == told
    assert told.low == 0.0 < told.high
    assert replace(told, state="suspended") != told


def test_the_figures_behind_say_what_they_are() -> None:
    assert (LAW.grade, LAW.source) == ("C", "appraiser-judgement")
    assert {prior.param for prior in LAW.priors} >= {"lots_sold", "price_ratio"}
    assert exp(LAW.log_mean + LAW.log_sd**2 / 2) == pytest.approx(LAW.ratio)


@pytest.mark.parametrize(
    ("method", "amount", "currency", "codes"),
    [
        ("appraisal", "90000000.00", "CNY", []),
        ("internal", "9999999.99", "CNY", ["valued-inside"]),
        ("negotiated", "9999999.99", "CNY", ["valued-inside"]),
        ("internal", "10000000.00", "CNY", ["appraisal-needed"]),
        ("negotiated", "10000000.00", "CNY", ["appraisal-needed"]),
        ("internal", "1.00", "EUR", ["appraisal-needed"]),
    ],
)
def test_internal_value_is_for_loans_below_ten_million(
    method: str, amount: str, currency: str, codes: list[str]
) -> None:
    found = list(valuation_findings(method, Money.of(amount, currency), valuation_terms()))
    assert [one.code for one in found] == codes
    assert all("S100" in one.clause for one in found)
