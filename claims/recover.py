"""ACT: money comes back; costs come off first, the rest goes to those who bore."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from claims import store
from claims.demanded import beyond_cover
from claims.disposal.held import check_value_day, locked, settled
from claims.disposal.since import changed_since_told
from claims.disposal.tables import RecoveryOriginRow
from claims.facts import Case
from claims.papers.recovered import recovery_statement
from claims.replay import replay
from claims.rules.disposal.bookings import BEYOND
from claims.rules.disposal.chronology import totals
from claims.rules.recovered import check_recovered
from claims.tables import RecoveryRow, SettlementRow
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money
from underwriting import store as contracts

ORIGINS: Final = {
    "disposal": "质物处置 disposal of the pledge",
    "debtor": "债务人 the debtor",
    "surety": "保证人 a surety",
    "court": "法院 the court",
    "set_off": "银行抵销 set-off by the bank",
    "third_party": "第三人 a third party",
}
"""Code of where money comes from -> its words."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """Money that came in.

    Attributes:
        reference: the payer's or court's reference; one recovery each.
        source: where it came from, such as the sale of a right.
        value_date: the day it came in.
        gross: what was received.
        costs: necessary costs of getting it.
        origin: the same as a code, one of `ORIGINS`; None is not stated.
    """

    reference: str
    source: str
    value_date: date
    gross: Money
    costs: Money
    origin: str | None = None


def recover(session: Session, claim_id: str, receipts: Receipts, *, desk: Desk) -> RecoveryRow:
    """Give a recovery back, in its place among the others by value date.

    One that comes late, with an earlier value date than one that is there, has all of them
    given back again (`claims.replay`).

    Raises:
        Conflict: nothing was settled, the claim is closed, the reference was given before, or
            a pool must hand back what it has spent.
        Invalid: the value date lies ahead or before the insured event, a currency is another, or an
            amount is above all that one recovery of the claim comes to.
    """
    case = locked(session, claim_id)
    earlier = store.recoveries(session, claim_id)
    settlement = settled(session, case)
    _check(case, receipts, earlier, desk)
    row = _row(session, case, receipts, sequence=len(earlier) + 1, desk=desk)
    if receipts.origin is not None:
        origin = RecoveryOriginRow(
            id=new_id("ro"), created_at=desk.at, recovery_id=row.id, origin=receipts.origin
        )
        session.add(origin)
    replay(session, case, settlement, desk=desk, why=f"recovery {row.sequence} came in")
    _file(session, case, row, settlement, desk=desk)
    return row


def _check(case: Case, receipts: Receipts, earlier: tuple[RecoveryRow, ...], desk: Desk) -> None:
    if any(row.reference == receipts.reference for row in earlier):
        fault = Fault("reference", "this recovery is recorded", "give each its own reference")
        raise Conflict("recovery-twice", fault)
    if receipts.origin is not None and receipts.origin not in ORIGINS:
        cure = f"use one of {', '.join(ORIGINS)}"
        raise invalid("origin", f"{receipts.origin!r} is not known", cure)
    check_value_day(case, receipts.value_date, desk)
    for field, money in (("gross", receipts.gross), ("costs", receipts.costs)):
        if money.currency != case.claim.currency:
            raise invalid(field, f"the claim is in {case.claim.currency}", "give it in that")
    if receipts.gross.minor + receipts.costs.minor == 0:
        raise invalid("gross", "nothing came in and nothing was spent", "give an amount")
    stated = {"gross": receipts.gross.minor, "costs": receipts.costs.minor}
    check_recovered(case.kind.code, case.contract.amount, stated)


def _row(
    session: Session, case: Case, receipts: Receipts, *, sequence: int, desk: Desk
) -> RecoveryRow:
    """Write the recovery with nobody's part yet: `replay` finds its place."""
    return contracts.add(
        session,
        RecoveryRow(
            id=new_id("rc"),
            created_at=desk.at,
            claim_id=case.claim.id,
            sequence=sequence,
            reference=receipts.reference,
            source=receipts.source,
            value_date=receipts.value_date,
            currency=case.claim.currency,
            gross_minor=receipts.gross.minor,
            costs_minor=receipts.costs.minor,
            net_minor=0,
            surplus_minor=0,
            parts={},
        ),
    )


def _file(
    session: Session, case: Case, row: RecoveryRow, settlement: SettlementRow, *, desk: Desk
) -> None:
    number = f"{case.claim.number}-R{row.sequence}"
    shares = store.shares(session, settlement.id)
    changed = changed_since_told(session, case.claim.id)
    back = totals(one.parts for one in store.recoveries(session, case.claim.id))
    beyond = (beyond_cover(session, case.claim, settlement), back.get(BEYOND, 0))
    form = recovery_statement(case, row, shares, changed, beyond=beyond, number=number, desk=desk)
    subject, said = books.Subject("claim", case.claim.id), stated(form)
    books.file_form(session, subject, "recovery_statement", number=number, stated=said, at=desk.at)
    payload = {
        "recovery_id": row.id, "gross_minor": row.gross_minor, "costs_minor": row.costs_minor,
        "net_minor": row.net_minor, "surplus_minor": row.surplus_minor, "parts": row.parts,
    }  # fmt: skip
    books.note(session, subject, "recovered", payload, actor=desk.actor, at=desk.at)
