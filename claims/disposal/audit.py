"""Audit of recoveries: editions hold what stands, and accounts what payees are owed."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.disposal import store
from claims.disposal.account import balances
from claims.disposal.tables import (
    DisposalAwardRow,
    DisposalExpenseRow,
    DisposalProceedsRow,
)
from claims.facts import case_of
from claims.rules.disposal.bookings import payable
from claims.store import recoveries
from claims.tables import RecoveryRow
from kernel.db import books
from kernel.errors import Fault
from kernel.money import Money


def verify_recoveries(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each recovery, expense or account whose figures disagree."""
    owed: defaultdict[tuple[str, str], int] = defaultdict(int)
    faults: list[Fault] = []
    for claim_id in sorted(set(session.exec(select(RecoveryRow.claim_id)))):
        faults += _editions(session, claim_id)
        case = case_of(session, claim_id)
        for one in balances(session, case):
            owed[payable(one.payee), case.claim.currency] -= one.to_give
            owed[f"recovery_payback:{one.payee}", case.claim.currency] += one.to_hand_back
    faults += [*_accounts(session, owed), *_expenses(session), *_prices(session)]
    return tuple(faults)


def _editions(session: Session, claim_id: str) -> Iterator[Fault]:
    standing = store.standing(session, claim_id)
    for row in recoveries(session, claim_id):
        kept = standing.get(row.id)
        said = (row.gross_minor, row.costs_minor, row.net_minor, row.surplus_minor, row.parts)
        if kept is None or said != (
            kept.gross_minor, kept.costs_minor, kept.net_minor, kept.surplus_minor, kept.parts,
        ):  # fmt: skip
            cure = "compare it with its editions"
            yield Fault(f"recovery {row.reference}", "is not as its newest edition says", cure)


def _accounts(session: Session, owed: dict[tuple[str, str], int]) -> Iterator[Fault]:
    for (account, currency), minor in sorted(owed.items()):
        booked = books.balance(session, account, currency)
        if booked != minor:
            stands, wanted = Money(booked, currency), Money(minor, currency)
            words = f"{stands} booked is not the {wanted} of recoveries"
            yield Fault(account, words, "find the posting that is missing")


def _expenses(session: Session) -> Iterator[Fault]:
    for row in session.exec(select(DisposalExpenseRow)):
        recovery = session.get(RecoveryRow, row.recovery_id) if row.recovery_id else None
        if (row.allowed_minor > 0) != (recovery is not None):
            yield Fault(f"expense {row.reference}", "has no recovery", "look at its disposal")


def _prices(session: Session) -> Iterator[Fault]:
    """Yield a fault for each award for which more stands as paid than was agreed."""
    query = (
        select(DisposalAwardRow.id, DisposalAwardRow.price_minor, func.sum(RecoveryRow.gross_minor))
        .join(DisposalProceedsRow, col(DisposalProceedsRow.award_id) == DisposalAwardRow.id)
        .join(RecoveryRow, col(RecoveryRow.id) == DisposalProceedsRow.recovery_id)
        .where(DisposalProceedsRow.kind == "price")
        .group_by(col(DisposalAwardRow.id), col(DisposalAwardRow.price_minor))
    )
    for award_id, price, paid in session.exec(query):
        if paid > price:
            cure = "put the recovery right"
            yield Fault(f"award {award_id}", "was paid more than its price", cure)
