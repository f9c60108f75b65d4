"""What each form says, beyond what every form says."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from pypdf import PdfReader

from documents.blocks import Banner, Block, Label, Listing, Title
from documents.forms.quote_letter import QuoteLetter
from documents.render import Form, Pdf
from kernel.money import Money


def _listing(form: Any, name: str) -> Listing:
    (found,) = (
        block
        for block in form.blocks()
        if isinstance(block, Listing) and block.heading.en.startswith(name)
    )
    return found


def test_every_form_is_frozen_documented_and_opens_with_its_title(good_form: Form) -> None:
    assert type(good_form).__dataclass_params__.frozen
    first, *rest = good_form.blocks()
    assert isinstance(first, Title)
    subject = getattr(good_form, "subject_zh", None), getattr(good_form, "subject_en", None)
    assert first.label == (Label(*subject) if all(subject) else good_form.title)
    assert all(isinstance(block, Block) for block in rest)
    for field in fields(good_form):
        assert f"{field.name}:" in type(good_form).__doc__


@pytest.mark.parametrize(
    ("outcome", "tone", "says"),
    [
        ("accepted", "good", "同意承保 Accepted"),
        ("referred", "care", "转人工核保 Referred"),
        ("declined", "bad", "不予承保 Declined"),
    ],
)
def test_a_quote_tells_its_decision_first(
    quote: QuoteLetter, outcome: str, tone: str, says: str
) -> None:
    banner = replace(quote, outcome=outcome).blocks()[1]
    assert isinstance(banner, Banner)
    assert (banner.tone, banner.value) == (tone, says)
    assert ("stands until" in banner.lines[0]) is (outcome == "accepted")


def test_a_receipt_parts_what_came_from_what_is_missing(good_forms: dict[str, Any]) -> None:
    receipt = good_forms["claim_receipt"]
    assert len(_listing(receipt, "Papers missing").rows) == 2
    assert len(_listing(receipt, "Papers received").rows) == 2
    came = tuple(paper for paper in receipt.papers if paper.received_on)
    whole = _listing(replace(receipt, papers=came), "Papers missing")
    assert (whole.rows, whole.empty.en) == ((), "All papers are here")


def test_a_reserve_that_is_not_set_is_not_zero(
    good_forms: dict[str, Any], pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    receipt = replace(good_forms["claim_receipt"], first_reserve=None)
    text = "".join(page.extract_text() for page in read(pdf_of(receipt)).pages)
    assert "Firstreserve—" in "".join(text.split())
    assert "CNY 0.00" not in text


def test_a_settlement_shows_what_was_adjusted(good_forms: dict[str, Any]) -> None:
    losses = _listing(good_forms["settlement_statement"], "Loss as asked")
    assert [row[2] for row in losses.rows] == [
        Money(0, "CNY"),
        Money(-3190050, "CNY"),
        Money(-800000, "CNY"),
    ]
    assert losses.total[2] == Money(-3990050, "CNY")


def test_a_settlement_without_calls_has_no_total(good_forms: dict[str, Any]) -> None:
    settled = replace(good_forms["settlement_statement"], calls=(), called=Money(0, "CNY"))
    assert _listing(settled, "Calls").total is None


def test_a_payment_stands_in_figures_and_in_words(good_forms: dict[str, Any]) -> None:
    banner = good_forms["settlement_statement"].blocks()[1]
    assert banner.value == "CNY 384,000.00"
    assert banner.lines[:2] == (
        "人民币叁拾捌万肆仟元整",
        "Chinese Yuan three hundred eighty-four thousand only",
    )


def test_a_recovery_shows_costs_as_taken_off(good_forms: dict[str, Any]) -> None:
    money = _listing(good_forms["recovery_statement"], "Money recovered")
    assert [row[1] for row in money.rows] == [Money(50000000, "CNY"), Money(-3000000, "CNY")]
    assert money.total[1] == Money(47000000, "CNY")


def test_a_policy_counts_its_exemptions(good_forms: dict[str, Any]) -> None:
    policy = good_forms["policy_schedule"]
    (warning,) = (
        block
        for block in policy.blocks()
        if getattr(block, "heading", None) and block.heading.en == "Important"
    )
    assert "提示 2 项" in warning.lines[0]
