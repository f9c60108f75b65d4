"""Suits a year by hand, and opinions as scored evidence."""

from dataclasses import replace
from typing import Any

import pytest
from liability_cases import QUOTED, SAMPLE, TERMS, a_basis, checked, proposal

from models.priors import load_priors
from underwriting.disputes import Court, figures_of
from underwriting.products.infringement_liability.evidence import best_score, score
from underwriting.products.infringement_liability.exposure import Suits, suits_of
from underwriting.products.infringement_liability.matters import Opinion, OpinionKind

OPINION = {
    "kind": "freedom_to_operate", "author": "external_counsel", "on": "2024-09-01",
    "products": ["WM-8"], "courts": ["CN"], "conclusion": "clear",
}  # fmt: skip


def suits(**parts: Any) -> dict[Court, Suits]:
    risk = checked(proposal(**parts))
    basis = a_basis(risk)
    return {one.court: one for one in suits_of(risk, basis, figures_of(basis, risk.currency))}


def test_a_chinese_maker_of_the_reference_size() -> None:
    """1 % x 2.8; 3 % of suits by non-practising entities, at 0.7 of the field; 1.07 the rest."""
    found = suits(sales={"CN": 70_000_000.0})[Court.CN]
    assert found.competitor == pytest.approx(0.028 * 0.97 * 1.07)
    assert found.npe == pytest.approx(0.028 * 0.03 * 0.7)


def test_sixteen_times_the_sales_are_three_times_the_suits() -> None:
    small, large = (suits(sales={"CN": sold})[Court.CN] for sold in (1e7, 16e7))
    assert large.competitor / small.competitor == pytest.approx(16**0.4)


def test_a_court_without_counts_of_firms_follows_suits_of_patents() -> None:
    found = suits(sales={"DE": 7e7, "US": 7e7})
    npe = TERMS["courts"]["DE"]["npe"]
    german, american = found[Court.DE], found[Court.US]
    ratio = 0.001 / 0.001
    assert german.competitor / (1 - npe) == pytest.approx(american.competitor / 0.37 * ratio)
    assert {prior.key for prior in german.priors} == {
        "sued_firm/firm_ge20_staff/US", "suit_rate/invention/DE", "assert/invention/US",
    }  # fmt: skip


def test_two_products_meet_more_suits_than_one_and_fewer_than_two_firms() -> None:
    one = suits(sales={"CN": 7e7})[Court.CN].competitor
    product = {**SAMPLE["products"][0], "sales": [
        {"court": "CN", "annual": {"amount": "70000000.00", "currency": "CNY"}}]}  # fmt: skip
    both = suits(products=[product, {**product, "code": "WM-9"}])[Court.CN].competitor
    assert one < both == pytest.approx(one * 2**0.4)


def test_a_standard_raises_and_an_opinion_lowers() -> None:
    usual = suits()[Court.CN]
    product = {**SAMPLE["products"][0], "standards": ["HEVC"]}
    assert suits(products=[product])[Court.CN].competitor == pytest.approx(1.5 * usual.competitor)
    opined = suits(opinions=[OPINION])
    assert opined[Court.CN].competitor == pytest.approx(0.75 * usual.competitor)
    assert opined[Court.CN].npe == usual.npe
    assert opined[Court.DE] == suits()[Court.DE]


def test_promises_to_customers_count_where_they_are_covered() -> None:
    promise = {"customer": "客户", "product": "WM-8", "court": "CN", "capped": False}
    promises = [promise, {**promise, "capped": True}]
    usual = suits()[Court.CN].competitor
    assert suits(indemnities=promises)[Court.CN].competitor == usual
    risk = checked({**proposal(), "indemnities": promises,
                    "cover": {**SAMPLE["cover"], "indemnities": True}})  # fmt: skip
    basis = a_basis(risk)
    covered = suits_of(risk, basis, figures_of(basis, "CNY"))[0].competitor
    assert covered == pytest.approx(1.08 * usual)


def test_own_counts_move_the_rate_through_the_priors() -> None:
    risk = checked(SAMPLE)
    rows = load_priors().rows
    key = "sued_firm/industrial_firm/CN"
    doubled = replace(load_priors(), rows={**rows, key: replace(rows[key], value=0.02)})
    basis = a_basis(risk, priors=doubled)
    found = suits_of(risk, basis, figures_of(basis, "CNY"))[0]
    assert found.competitor == pytest.approx(2 * suits()[Court.CN].competitor)


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({}, 100.0),
        ({"author": "in_house"}, 50.0),
        ({"conclusion": "qualified"}, 60.0),
        ({"conclusion": "adverse"}, 0.0),
        ({"on": "2023-03-03"}, 100.0),
        ({"on": "2023-03-02"}, 0.0),
        ({"on": "2025-03-04"}, 0.0),
    ],
)
def test_an_opinion_is_scored_by_author_conclusion_and_age(
    changes: dict[str, str], points: float
) -> None:
    opinion = Opinion.model_validate({**OPINION, **changes}, strict=False)
    assert score(opinion, TERMS, QUOTED) == points


def test_an_opinion_speaks_for_its_products_and_courts_alone() -> None:
    opinion = Opinion.model_validate(OPINION, strict=False)
    ask = {"terms": TERMS, "on": QUOTED}
    assert best_score((opinion,), OpinionKind.FREEDOM, ("WM-8", Court.CN), **ask) == 100.0
    assert best_score((opinion,), OpinionKind.FREEDOM, ("WM-8", Court.DE), **ask) == 0.0
    assert best_score((opinion,), OpinionKind.FREEDOM, ("WM-9", Court.CN), **ask) == 0.0
    assert best_score((opinion,), OpinionKind.MERITS, ("WM-8", Court.CN), **ask) == 0.0
    assert best_score((opinion,), None, ("WM-8", Court.CN), **ask) == 100.0
