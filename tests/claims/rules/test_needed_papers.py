"""Papers that only some claims need: by what is asked, by what is established, by being named."""

from datetime import date

import pytest

from claims.rules.asked import Asked, with_requests
from claims.rules.kinds import KINDS
from claims.rules.needed import _table, needed, when_needed, why_now
from underwriting.products import product

LOSS = "infringement_loss"
PAPERS = product(LOSS).terms["papers"]
FILE = {"papers": {}}


def wanted(product_: str, sought: dict[str, int], **file: object) -> set[str]:
    papers = product(product_).terms["papers"]
    return set(papers) - set(needed(product_, papers, sought, {**FILE, **file}))


def test_every_condition_names_papers_lines_and_facts_that_there_are() -> None:
    of_products = {code: table for code, table in _table().items() if isinstance(table, dict)}
    assert set(of_products) <= set(KINDS)
    for code, papers in of_products.items():
        kind = KINDS[code]
        known = {fact.name for fact in kind.facts}
        for paper in papers:
            when = when_needed(code, paper)
            assert paper in product(code).terms["papers"], paper
            assert when is not None
            assert set(when.lines) <= set(kind.lines)
            assert set(when.facts) <= known
            assert when.zh
            assert when.en.isascii()


@pytest.mark.parametrize(
    ("sought", "left_out"),
    [
        ({"litigation": 1}, {"decision", "loss_proof"}),
        ({"investigation": 5}, {"decision", "loss_proof"}),
        ({"loss_of_profit": 1}, {"engagement_letter", "budget_consent", "invoices"}),
        ({"adverse_costs": 1}, {"engagement_letter", "budget_consent", "loss_proof"}),
        ({"litigation": 1, "loss_of_profit": 1}, set()),
        ({"litigation": 0}, set()),
        ({}, set()),
    ],
)
def test_what_is_asked_says_what_is_needed(sought: dict[str, int], left_out: set[str]) -> None:
    """Where nothing is asked yet, nobody can say that a paper is not needed."""
    assert wanted(LOSS, sought) == left_out


def test_a_fact_or_a_request_makes_a_paper_needed() -> None:
    asked = {"litigation": 1}
    assert wanted(LOSS, asked, found_on="2025-10-20") == {"loss_proof"}
    assert wanted(LOSS, asked, found_on=None) == {"decision", "loss_proof"}
    named = with_requests(FILE, (Asked(date(2025, 6, 9), ("loss_proof",)),))
    assert wanted(LOSS, asked, **named) == {"decision"}


def test_a_defence_needs_no_judgment_and_damages_no_invoices() -> None:
    only_cost = wanted("infringement_liability", {"first_instance": 1})
    assert only_cost == {"product_sales", "judgment_or_deal", "payment_to_victim"}
    only_damages = wanted("infringement_liability", {"damages": 1})
    assert only_damages == {"engagement_letter", "fee_invoices"}


@pytest.mark.parametrize("code", ["pledge_guarantee", "customs_guarantee"])
def test_a_loan_and_a_demand_need_every_paper(code: str) -> None:
    for line in KINDS[code].lines:
        assert wanted(code, {line: 1}) == set()


def test_why_a_paper_is_needed_now_is_said_once() -> None:
    assert (
        why_now(LOSS, ["loss_proof", "loss_proof"]) == "索赔直接经济损失 loss of profit is claimed"
    )
    assert why_now(LOSS, ["claim_form"]) == ""
