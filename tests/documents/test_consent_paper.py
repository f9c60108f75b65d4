"""The consent letter on paper, read back by another program: long names, returns, refusals."""

from collections.abc import Callable
from datetime import date

import pytest
from pypdf import PdfReader

from documents.forms.consent_letter import ConsentLetter
from documents.render import Pdf, render
from kernel.money import Money
from underwriting.papers.consent_letter import Decided, consent_letter
from underwriting.watch.consent_kind import EN, ZH, ConsentKind
from underwriting.watch.consent_law import consent_law

LONG_ZH = "示范精密仪器自动化装备制造股份有限公司" * 6
LONG_EN = "Exemplary Precision Instruments and Automation Joint-Stock Company Limited " * 3
ON = date(2025, 9, 10)
Read = Callable[[Pdf], PdfReader]
Squeeze = Callable[[str], str]


def a_letter(kind: ConsentKind, *, granted: bool, price: tuple[int, int, int]) -> ConsentLetter:
    found = {"code": "late", "effect": "refer", "words": "the loan is late", "words_zh": "贷款逾期",
             "clause": "cover", "cure": "pay what is overdue"}  # fmt: skip
    mild = {**found, "effect": "inform", "words": "only mentioned", "words_zh": "仅供参考"}
    decided = Decided(
        kind=kind,
        granted=granted,
        effective_on=ON,
        valid_until=date(2025, 10, 10) if granted else None,
        conditions=consent_law().conditions(kind) if granted else (),
        findings=(found, mild),
        reason="looked into 已核查",
    )
    return consent_letter(
        decided, price, number="CN-20250910-1", policy_number="PO-1", policyholder=LONG_ZH,
        insured=LONG_EN.strip(), loan="2026-001", currency="CNY", insurer="示范保险", on=ON,
    )  # fmt: skip


def text_of(letter: ConsentLetter, read: Read, squeezed: Squeeze) -> str:
    return squeezed("".join(page.extract_text() for page in read(render(letter)).pages))


@pytest.mark.parametrize("kind", ConsentKind)
def test_long_names_and_every_condition_stand_whole_in_both_languages(
    kind: ConsentKind, read: Read, squeezed: Squeeze
) -> None:
    text = text_of(a_letter(kind, granted=True, price=(1_234_567, 89_01, 0)), read, squeezed)
    for words in (LONG_ZH, LONG_EN, ZH[kind], EN[kind], "granted", "同意", "validuntil2025-10-10"):
        assert squeezed(words) in text, words
    for pair in consent_law().conditions(kind):
        assert all(squeezed(words) in text for words in pair)
    assert "onlymentioned" in text


def test_a_refusal_charges_nothing_and_names_what_stands_against_it(
    read: Read, squeezed: Squeeze
) -> None:
    letter = a_letter(ConsentKind.REDRAW, granted=False, price=(1_234_567, 89_01, 0))
    text = text_of(letter, read, squeezed)
    assert "不同意refused" in text
    for words in ("the loan is late", "贷款逾期", "pay what is overdue"):
        assert squeezed(words) in text
    for words in ("only mentioned", "12,345.67", "89.01", "Premium after", "valid until"):
        assert squeezed(words) not in text, words


@pytest.mark.parametrize(
    ("price", "after"),
    [((1_000_00, 250_50, 250_49), "1,500.99"), ((1_000_00, -999_99, -1), "0.00"),
     ((0, 0, 0), "0.00"), ((1_000_00, -300_00, 100_00), "800.00")],
)  # fmt: skip
def test_the_premium_after_is_the_sum_that_is_printed(
    price: tuple[int, int, int], after: str, read: Read, squeezed: Squeeze
) -> None:
    letter = a_letter(ConsentKind.EXTENSION, granted=True, price=price)
    assert letter.price.after == Money(sum(price), "CNY")
    assert str(letter.price.after).endswith(after)
    text = text_of(letter, read, squeezed)
    below = text[text.index("Premiumafter") :]
    assert after in below[:40]
