"""A new loan for an old one is seen, and a refinancing that is reported is no suspicion."""

from datetime import date, timedelta

import pytest

from underwriting.watch.consent_law import consent_law
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind
from underwriting.watch.old_for_new import suspected

START = date(2025, 3, 10)


def course(back: int, after: int, kind: Kind = Kind.REDRAWN) -> list[LoanEvent]:
    moves = [
        (Kind.DISBURSED, 0, 1000),
        (Kind.REPAID, 100, back),
        (kind, 100 + after, 900),
    ]
    return [
        LoanEvent(
            seq=n, key=f"k{n}", kind=what, happened_on=START + timedelta(days=day), principal=part
        )
        for n, (what, day, part) in enumerate(moves, start=1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("back", "after", "seen"),
    [(900, 30, True), (900, 31, False), (899, 1, False), (1000, 0, True)],
)
def test_drawing_soon_after_nearly_all_is_suspect(back: int, after: int, seen: bool) -> None:  # noqa: FBT001 - a table
    found = suspected(course(back, after))
    assert [one.code for one in found] == ["old-for-new-suspected"] * seen


def test_a_reported_refinancing_is_no_suspicion() -> None:
    assert suspected(course(1000, 1, Kind.REFINANCED)) == ()


def test_loans_are_extended_no_longer_than_the_rules_have_it() -> None:
    law = consent_law()
    assert [law.longest(term) for term in (6, 12, 13, 36, 60, 61, 120)] == [
        6,
        12,
        6,
        18,
        30,
        36,
        36,
    ]
    for kind, ruled in law.kinds.items():
        assert law.conditions(kind), "leave has conditions"
        assert set(ruled) >= {"alone", "may_change", "conditions", "conditions_zh"}
    assert law.extension["grade"] == "K"
    assert law.extension["unverified"]
