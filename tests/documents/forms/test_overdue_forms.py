"""The receipt for an overdue and the letter of demand, read back by another program."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from documents.blocks import Finding
from documents.forms.claim_receipt import Deadline
from documents.forms.dunning_letter import DunningLetter
from documents.forms.overdue_receipt import OverdueReceipt
from documents.render import render
from kernel.money import Money

LONG_ZH = "示范精密仪器自动化装备制造股份有限公司" * 5
LONG_EN = "Exemplary Precision Instruments Joint-Stock Company Limited " * 3
ON = date(2026, 3, 12)


def a_letter(*, joint: bool) -> DunningLetter:
    return DunningLetter(
        number="OD-20260312-ABCDEFGH2345-L2",
        insurer_name="知保示范保险",
        issued_on=ON,
        policy_number="PG-20250310-ABCDEFGH2345",
        bank="示范银行中山分行",
        borrower=LONG_ZH,
        loan="HT-2025-018",
        joint=joint,
        since=date(2026, 3, 10),
        principal=Money(300_000_000, "CNY"),
        interest=Money(1_015_000, "CNY"),
        pay_by=date(2026, 3, 22),
        waiting_ends_on=date(2026, 5, 29),
        method="挂号信 registered post",
    )


def a_receipt(findings: tuple[Finding, ...] = ()) -> OverdueReceipt:
    return OverdueReceipt(
        number="OD-20260312-ABCDEFGH2345",
        insurer_name="知保示范保险",
        issued_on=ON,
        policy_number="PG-20250310-ABCDEFGH2345",
        bank=LONG_EN.strip(),
        borrower=LONG_ZH,
        loan="HT-2025-018",
        since=date(2026, 3, 10),
        known_on=date(2026, 3, 11),
        principal=Money(300_000_000, "CNY"),
        interest=Money(1_015_000, "CNY"),
        deadlines=(
            Deadline("通知 notify", "保险条款 wording: notice", date(2026, 3, 21)),
            Deadline("等待期届满 waiting period", "保险条款 wording: cover", date(2026, 5, 29)),
        ),
        findings=findings,
    )


def text_of(form: DunningLetter | OverdueReceipt) -> str:
    pages = PdfReader(io.BytesIO(render(form).content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("joint", [True, False])
def test_a_letter_says_what_is_owed_by_when_and_who_demands(*, joint: bool) -> None:
    text = text_of(a_letter(joint=joint))
    for words in ("CNY3,000,000.00", "CNY10,150.00", "CNY3,010,150.00", "2026-03-22", "2026-05-29",
                  "挂号信", LONG_ZH, "示范银行中山分行", "送达回执", "Proofofservice"):  # fmt: skip
        assert words in text, words
    assert ("联合催收" in text) is joint
    assert ("银行催收" in text) is not joint
    assert ("保险人Insurer" in text) is joint


def test_a_receipt_says_every_clock_and_admits_nothing() -> None:
    text = text_of(a_receipt())
    for words in ("2026-03-10", "2026-03-21", "2026-05-29", LONG_ZH, "admitsnoliability",
                  "不构成索赔", "HT-2025-018"):  # fmt: skip
        assert words in text, words
    assert "".join(LONG_EN.split()) in text


def test_a_finding_stands_on_the_receipt() -> None:
    late = Finding(
        "overdue-notice-late", "通知迟延 notice came late", "art. 21", "show what can be"
    )
    text = text_of(a_receipt((late,)))
    assert "overdue-notice-late" in text
    assert "noticecamelate" in text


def test_interest_alone_may_be_overdue() -> None:
    text = text_of(replace(a_letter(joint=False), principal=Money(0, "CNY")))
    assert text.count("CNY10,150.00") == 2
