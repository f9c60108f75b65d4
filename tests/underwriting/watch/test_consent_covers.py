"""Whether leave covers a change: one gap at a time, and the papers in both languages."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents.render import render
from kernel.finding import Effect
from kernel.money import Money
from underwriting.papers.consent_letter import Decided, consent_letter
from underwriting.watch.change_consented import Breach, LoanFile, change_consented, missing_consent
from underwriting.watch.consent import Consent, gaps
from underwriting.watch.consent_kind import EN, ZH, ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.loan_event import NEEDS_CONSENT, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

DAY = date(2025, 9, 10)
OUT = LoanEvent(seq=1, key="out", kind=Kind.DISBURSED, happened_on=date(2025, 3, 10), principal=900)
EXTENDED = LoanEvent(
    id="le_1", seq=2, key="ext", kind=Kind.EXTENDED, happened_on=DAY, until=date(2026, 6, 10),
    consent_id="cs_1",
)  # fmt: skip
LEAVE = Consent(
    id="cs_1",
    number="CN-1",
    kind=ConsentKind.EXTENSION,
    effective_on=DAY,
    granted=True,
    answered_on=DAY,
    valid_until=date(2025, 10, 10),
    due=date(2026, 6, 10),
    most=Money(900, "CNY"),
    loan="2026-001",
)


@pytest.mark.parametrize(
    ("event", "leave", "code"),
    [
        ({}, {}, None),
        ({"happened_on": date(2025, 10, 10)}, {}, None),
        ({"happened_on": date(2025, 10, 11)}, {}, "consent-lapsed"),
        ({"happened_on": date(2025, 9, 9)}, {}, "before-consent"),
        ({"until": date(2026, 6, 11)}, {}, "consent-exceeded"),
        ({"until": date(2026, 6, 11)}, {"due": None}, None),
        ({}, {"granted": False}, "consent-not-given"),
        ({}, {"granted": None, "answered_on": None, "valid_until": None}, "consent-not-given"),
        ({"kind": Kind.RESCHEDULED}, {}, "consent-of-other-kind"),
        ({"kind": Kind.REDRAWN, "principal": 901}, {"kind": ConsentKind.REDRAW},
         "consent-exceeded"),
        ({"kind": Kind.REFINANCED, "reference": "2026-002"}, {"kind": ConsentKind.OLD_FOR_NEW},
         "consent-of-other-loan"),
        ({"kind": Kind.REFINANCED, "reference": "2026-001"}, {"kind": ConsentKind.OLD_FOR_NEW},
         None),
    ],
)  # fmt: skip
def test_leave_covers_what_it_says_and_no_more(
    event: dict[str, Any], leave: dict[str, Any], code: str | None
) -> None:
    found = list(gaps(replace(EXTENDED, **event), replace(LEAVE, **leave)))
    assert [one.code for one in found] == ([code] if code else [])
    assert all(one.effect is Effect.REFER and one.clause and one.cure for one in found)


def test_leave_is_used_once() -> None:
    again = replace(EXTENDED, id="le_2", seq=3, key="ext-2")
    file = LoanFile((OUT, EXTENDED, again), (LEAVE,))
    assert missing_consent(EXTENDED, file) == ()
    assert [one.code for one in missing_consent(again, file)] == ["consent-used"]
    assert missing_consent(OUT, file) == ()


def test_evidence_follows_what_counts() -> None:
    plain = replace(EXTENDED, consent_id=None)
    found = missing_consent(plain, LoanFile((OUT, plain), (LEAVE,)))
    assert [one.code for one in found] == ["change-without-consent"]
    breach = Breach("le_1", DAY, found)
    undo = LoanEvent(seq=3, key="undo", kind=Kind.WITHDRAWN, happened_on=DAY, withdraws="ext")
    kept = LoanFile((OUT, EXTENDED), (LEAVE,), (breach,))
    assert change_consented(kept, DAY) == found, "later leave does not wipe it"
    assert change_consented(replace(kept, events=(OUT, EXTENDED, undo)), DAY) == ()
    good = change_consented(LoanFile((OUT, EXTENDED), (LEAVE,)), DAY)
    assert [(one.code, one.effect) for one in good] == [("change-consented", Effect.INFORM)]
    assert [one.code for one in change_consented(LoanFile(), DAY)] == ["no-loan-record"]


def test_every_change_has_its_leave_and_every_leave_its_words() -> None:
    assert set(NEEDS_CONSENT.values()) == set(ConsentKind) == set(EN) == set(ZH)
    assert set(consent_law().kinds) == set(ConsentKind)


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("kind", ConsentKind)
def test_the_letter_is_printed_in_both_languages(kind: ConsentKind, granted: bool) -> None:  # noqa: FBT001 - a table
    reason = {"code": "x", "effect": "refer", "words": "late", "words_zh": "逾期",
              "clause": "c", "cure": "pay"}  # fmt: skip
    decided = Decided(
        kind=kind,
        granted=granted,
        effective_on=DAY,
        valid_until=date(2025, 10, 10) if granted else None,
        conditions=consent_law().conditions(kind),
        findings=(reason, {**reason, "code": "y", "effect": "inform"}),
        reason="looked into",
    )
    letter = consent_letter(
        decided, (10_000, 900, -100), number="CN-1", policy_number="PO-1", policyholder="示范机械",
        insured="示范银行", loan="2026-001", currency="CNY", insurer="示范保险", on=DAY,
    )  # fmt: skip
    assert letter.price.after == Money(10_800, "CNY")
    assert [one.code for one in letter.findings] == (["x", "y"] if granted else ["x"])
    pdf = render(letter)
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content == render(letter).content
