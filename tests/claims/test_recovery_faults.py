"""Each fault that the audit of recoveries knows is planted, and found by its own words."""

from datetime import date
from typing import Any

import pytest
from builders import RECOVERED, House, a_desk, a_risk, shipped, yuan
from sqlalchemy import Engine, text
from sqlmodel import Session

from claims.disposal.audit import verify_recoveries
from claims.disposal.tables import DisposalExpenseRow, DisposalRow, RecoveryPaymentRow
from claims.tables import RecoveryRow
from kernel.db import books
from kernel.db.engine import transact
from kernel.db.row import new_id
from kernel.journal import entry
from kernel.money import Money

AT = a_desk(RECOVERED).at


def recovered(house: House) -> RecoveryRow:
    """100,000.00 came back: 54,000.00 of it are the fund's."""
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))
    row: RecoveryRow = house.recover(claim, "100000.00")
    assert house.read(verify_recoveries) == ()
    return row


def faults(house: House) -> list[tuple[str, str]]:
    return [(one.field, one.problem) for one in house.read(verify_recoveries)]


@pytest.mark.parametrize(
    "changes",
    [
        "gross_minor = gross_minor + 1, net_minor = net_minor + 1",
        "parts = '{\"fund\": 5400000}'",
        "surplus_minor = 1",
    ],
)
def test_figures_unlike_the_newest_edition(house: House, engine: Engine, changes: str) -> None:
    recovered(house)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE recovery SET {changes}"))
    assert faults(house) == [("recovery R1", "is not as its newest edition says")]


def test_a_recovery_without_an_edition(house: House) -> None:
    row = recovered(house)
    bare = RecoveryRow(
        id=new_id("rc"), created_at=AT, claim_id=row.claim_id, sequence=2, reference="R2",
        source="x", value_date=RECOVERED, currency="CNY", gross_minor=0, costs_minor=0,
        net_minor=0, surplus_minor=0, parts={},
    )  # fmt: skip
    transact(house.engine, lambda s: s.add(bare))
    assert faults(house) == [("recovery R2", "is not as its newest edition says")]


@pytest.mark.parametrize(
    ("minor", "found"),
    [
        (5, {"recovery_payable:fund": (-5_400_000, -5_399_995)}),
        (5_400_007, {"recovery_payable:fund": (-5_400_000, 0), "recovery_payback:fund": (0, 7)}),
    ],
)
def test_a_payment_that_was_never_booked(
    house: House, minor: int, found: dict[str, tuple[int, int]]
) -> None:
    row = recovered(house)
    paid = RecoveryPaymentRow(
        id=new_id("rp"), created_at=AT, claim_id=row.claim_id, payee="fund", currency="CNY",
        amount_minor=minor, reference="P", paid_on=RECOVERED, booked_on=RECOVERED,
    )  # fmt: skip
    transact(house.engine, lambda s: s.add(paid))
    assert dict(faults(house)) == {
        account: f"{Money(booked, 'CNY')} booked is not the {Money(due, 'CNY')} of recoveries"
        for account, (booked, due) in found.items()
    }


def test_an_entry_that_no_recovery_made(house: House) -> None:
    row = recovered(house)
    stray = entry("stray", RECOVERED, "CNY", [("recovery_payable:bank", 9), ("cash", -9)])
    subject = books.Subject("claim", row.claim_id)
    transact(house.engine, lambda s: books.post(s, stray, subject=subject, key="stray", at=AT))
    ((account, problem),) = faults(house)
    assert account == "recovery_payable:bank"
    assert problem.startswith("CNY -25,999.91 booked is not the CNY -26,000.00")


def planted(row: RecoveryRow, allowed: int, recovery: str | None) -> list[Any]:
    disposal = DisposalRow(
        id=new_id("di"), created_at=AT, number="DI-1", claim_id=row.claim_id, currency="CNY",
        state="open", opened_on=date(2026, 6, 10), order_agreed=False,
    )  # fmt: skip
    expense = DisposalExpenseRow(
        id=new_id("dx"), created_at=AT, disposal_id=disposal.id, kind="counsel", reference="B1",
        value_date=RECOVERED, asked_minor=9, allowed_minor=allowed, why="", recovery_id=recovery,
    )  # fmt: skip
    return [disposal, expense]


@pytest.mark.parametrize(("allowed", "named", "fault"), [
    (5, False, True), (0, True, True), (5, True, False), (0, False, False),
])  # fmt: skip
def test_an_expense_and_its_recovery_go_together(
    house: House, allowed: int, *, named: bool, fault: bool
) -> None:
    row = recovered(house)

    def plant(session: Session) -> None:
        for one in planted(row, allowed, row.id if named else None):
            session.add(one)
            session.flush()

    transact(house.engine, plant)
    assert faults(house) == ([("expense B1", "has no recovery")] if fault else [])
