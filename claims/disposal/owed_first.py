"""What a payee of recoveries owes itself: it is set off first, and only the rest is paid out."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from claims.calls import store as called
from claims.calls.moves import OPEN, State
from claims.calls.paid import CALL
from claims.calls.tables import CallRow
from claims.calls.waiting import Filing
from claims.demanded import owed_under_letters
from claims.disposal.account import Balance, balances
from claims.facts import Case
from claims.rules.disposal.bookings import DEBTOR
from claims.rules.kinds.kind import CASH

_AWAITED = (*OPEN, State.DEFAULTED)


@dataclass(frozen=True, slots=True)
class ToGive:
    """What is to be given to a payee, minor units.

    Attributes:
        payee: a party, `bank` or `policyholder`.
        out: it is paid.
        kept: it is not paid out while the payee owes as much.
    """

    payee: str
    out: int
    kept: int


def to_give(session: Session, case: Case) -> tuple[ToGive, ...]:
    """Return what is to be given to every payee, and how it is given, by name."""
    owed = owed_on_calls(session, case.claim.id)
    return tuple(
        of_balance(one, owed.get(one.payee, 0) or owed_by_debtor(session, case, one))
        for one in balances(session, case)
        if one.to_give
    )


def of_balance(one: Balance, owed: int) -> ToGive:
    """Split what is to be given to a payee that owes some itself.

    >>> of_balance(Balance("fund", 50, 10), 30)
    ToGive(payee='fund', out=10, kept=30)
    """
    kept = min(one.to_give, owed)
    return ToGive(one.payee, one.to_give - kept, kept)


def owed_on_calls(session: Session, claim_id: str) -> Mapping[str, int]:
    """Return party -> what it still owes of a claim, called for or waiting for the final loss."""
    owed: dict[str, int] = {}
    for row in called.of_claim(session, claim_id):
        if row.direction == CALL and row.state in _AWAITED:
            owed[row.party] = owed.get(row.party, 0) + row.open_minor
    for filing in called.filings(session, claim_id):
        if filing.state != Filing.FILED:
            owed[filing.party] = owed.get(filing.party, 0) + filing.amount_minor
    return owed


def owed_by_debtor(session: Session, case: Case, one: Balance) -> int:
    """Return what the policyholder owes under its letters; of other kinds of claim, nothing."""
    if one.payee != DEBTOR or case.kind.pays_from == CASH:
        return 0
    return owed_under_letters(session, case.contract)


def open_call(session: Session, claim_id: str, party: str) -> CallRow | None:
    """Return the call that what is due to a party is set off against; None where none is open."""
    found = [
        row
        for row in called.unpaid(session, claim_id)
        if row.party == party and row.direction == CALL
    ]
    return found[0] if found else None
