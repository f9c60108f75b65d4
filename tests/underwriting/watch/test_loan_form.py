"""What each kind of loan event has to say, may say and may not: every cell of the table."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import cny
from pydantic import ValidationError

from kernel.money import Money
from underwriting.watch.loan_checks import event_faults
from underwriting.watch.loan_event import NEEDS_CONSENT, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind
from underwriting.watch.loan_form import LoanEventForm

DAY = date(2025, 9, 10)
LOAN = Money(1_000_00, "CNY")
FIELDS: dict[str, Any] = {
    "principal": cny("10.00"),
    "interest": cny("1.00"),
    "since": "2025-09-01",
    "until": "2026-09-01",
    "loan_class": "loss",
    "withdraws": "k0",
    "consent_id": "cs_abcdefgh2345abcdefgh2345ab",
}
WHOLE: dict[str, tuple[set[str], set[str]]] = {
    "disbursed": ({"principal"}, set()),
    "repaid": (set(), {"principal", "interest"}),
    "prepaid": ({"principal"}, {"interest"}),
    "overdue": ({"since"}, {"principal", "interest"}),
    "cured": (set(), set()),
    "extension_asked": ({"until"}, set()),
    "extended": ({"until"}, {"consent_id"}),
    "rescheduled": (set(), {"until", "consent_id"}),
    "redrawn": ({"principal"}, {"consent_id"}),
    "refinanced": (set(), {"principal", "consent_id"}),
    "use_changed": (set(), {"consent_id"}),
    "collateral_substituted": (set(), {"consent_id"}),
    "collateral_released": (set(), {"consent_id"}),
    "reclassified": ({"loan_class"}, set()),
    "withdrawn": ({"withdraws"}, set()),
}
"""Kind -> what it must say, and what it may say besides."""
AMOUNT = {"repaid", "overdue"}
"""Kinds that state principal, interest, or both."""


def a_form(kind: str, *names: str, **more: Any) -> LoanEventForm:
    said = {name: FIELDS[name] for name in names}
    said |= {"reference": "2026-002"} if kind == "refinanced" else {}
    sent = {"key": "k1", "kind": kind, "happened_on": DAY, **said, **more}
    return LoanEventForm.model_validate(sent, strict=False)


def fields(form: LoanEventForm) -> list[str]:
    found = list(form.faults("e", "CNY"))
    assert all(one.problem and one.cure for one in found)
    return [one.field for one in found]


def least(kind: str) -> set[str]:
    return WHOLE[kind][0] | ({"principal"} if kind in AMOUNT else set())


def test_the_table_has_every_kind() -> None:
    assert set(WHOLE) == {kind.value for kind in Kind}
    consented = {kind for kind, (_, may) in WHOLE.items() if "consent_id" in may}
    assert consented == {kind.value for kind in NEEDS_CONSENT}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_a_kind_must_say_is_enough_and_all_it_may_say_is_taken(kind: str) -> None:
    must, may = WHOLE[kind]
    assert fields(a_form(kind, *least(kind))) == []
    assert fields(a_form(kind, *must, *may)) == []


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_missing_is_named(kind: str) -> None:
    for name in least(kind):
        rest = least(kind) - {name}
        assert f"e.{name}" in fields(a_form(kind, *rest))


@pytest.mark.parametrize("kind", WHOLE)
def test_what_a_kind_does_not_say_is_refused(kind: str) -> None:
    must, may = WHOLE[kind]
    for name in FIELDS.keys() - must - may:
        assert f"e.{name}" in fields(a_form(kind, *least(kind), name))


def test_a_refinancing_names_the_new_contract() -> None:
    assert fields(a_form("refinanced", reference=None)) == ["e.reference"]


@pytest.mark.parametrize("kind", ["disbursed", "prepaid", "redrawn", "repaid", "overdue"])
def test_nothing_is_no_amount(kind: str) -> None:
    names = least(kind) - {"principal"}
    assert fields(a_form(kind, *names, principal=cny("0.00"))) == ["e.principal"]


def test_an_amount_is_in_the_currency_of_the_loan() -> None:
    yen = {"amount": "10", "currency": "JPY"}
    assert "e.principal.currency" in fields(a_form("repaid", principal=yen))


def test_an_overdue_fell_due_before_it_was_reported() -> None:
    late = a_form("overdue", "interest", since=(DAY + timedelta(days=1)).isoformat())
    assert fields(late) == ["e.since"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "k" * 65},
        {"kind": "eaten"},
        {"happened_on": "2025-9-1"},
        {"principal": {"amount": "-1.00", "currency": "CNY"}},
        {"principal": 5},
        {"loan_class": "bad"},
        {"consent_id": "1"},
        {"reference": "\u200b"},
        {"colour": "red"},
    ],
)
def test_what_cannot_be_read_is_refused(wrong: dict[str, Any]) -> None:
    sent = {"key": "k1", "kind": "repaid", "happened_on": DAY, "principal": cny("1.00"), **wrong}
    with pytest.raises(ValidationError):
        LoanEventForm.model_validate(sent, strict=False)


def an_event(seq: int, kind: Kind, day: date = DAY, **stated: Any) -> LoanEvent:
    return LoanEvent(seq=seq, **{"key": f"k{seq}", "kind": kind, "happened_on": day, **stated})


OUT = an_event(1, Kind.DISBURSED, date(2025, 3, 10), principal=1_000_00)


def faults(event: LoanEvent, *past: LoanEvent, on: date = DAY) -> list[str]:
    return [one.field for one in event_faults(event, past, place="e", loan=LOAN, on=on)]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.WITHDRAWN])
def test_only_some_things_happen_before_the_money_is_out(kind: Kind) -> None:
    event = an_event(1, kind, principal=1 if kind is Kind.DISBURSED else 0, since=DAY)
    early = kind in (Kind.DISBURSED, Kind.EXTENSION_ASKED)
    assert faults(event) == ([] if early else ["e.kind"])


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        (an_event(2, Kind.REPAID, principal=1_000_00), []),
        (an_event(2, Kind.REPAID, principal=1_000_01), ["e.principal"]),
        (an_event(2, Kind.OVERDUE, principal=1_000_01, since=DAY), ["e.principal"]),
        (an_event(2, Kind.DISBURSED, principal=1), ["e.principal"]),
        (an_event(2, Kind.REDRAWN, principal=1), []),
        (an_event(2, Kind.CURED), ["e.kind"]),
        (an_event(2, Kind.REPAID, DAY + timedelta(days=1), principal=1), ["e.happened_on"]),
        (an_event(2, Kind.REPAID, date(2025, 3, 9), principal=1), ["e.kind"]),
        (an_event(2, Kind.WITHDRAWN, withdraws="k7"), ["e.withdraws"]),
        (an_event(2, Kind.WITHDRAWN, withdraws="k1"), []),
        (an_event(2, Kind.REPAID, key="k1", principal=1), ["e.key"]),
        (OUT, []),
    ],
)  # fmt: skip
def test_an_event_fits_what_is_known(event: LoanEvent, wrong: list[str]) -> None:
    assert faults(event, OUT) == wrong


def test_the_disbursement_is_not_taken_back_under_a_repayment() -> None:
    back = an_event(2, Kind.REPAID, principal=5)
    undo = an_event(3, Kind.WITHDRAWN, withdraws="k1")
    (fault,) = event_faults(undo, (OUT, back), place="e", loan=LOAN, on=DAY)
    assert "k2 of 2025-09-10 would not stand" in fault.problem
    assert faults(an_event(3, Kind.WITHDRAWN, withdraws="k2"), OUT, back) == []


def test_what_was_taken_back_is_not_taken_back_again() -> None:
    back = an_event(2, Kind.REPAID, principal=5)
    undo = an_event(3, Kind.WITHDRAWN, withdraws="k2")
    assert faults(an_event(4, Kind.WITHDRAWN, withdraws="k2"), OUT, back, undo) == ["e.withdraws"]
