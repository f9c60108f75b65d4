"""Payment by agreement before the waiting period ends: who may agree to it, when, and its record.

The supervisor's guide of 2020 (no. 90) asks insurers to provide for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from claims.facts import Case, payable_from
from claims.overdue.store import overdue_of_claim
from claims.rules.overdue import dunning
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted, invalid
from underwriting.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Agreed:
    """That bank and insurer agreed.

    Attributes:
        on: the day of the agreement.
        words: why the waiting period is not waited for.
    """

    on: date
    words: str


def check_early(case: Case, agreed: Agreed | None, desk: Desk) -> Agreed:
    """Return the agreement on which a claim may be paid early.

    Raises:
        NotPermitted: who agrees for the insurer has too low a level.
        Conflict: the waiting period is over.
        Invalid: nothing is said of the agreement, or its day is not from the insured event on.
    """
    need = dunning()["early"]["authority"]
    if LEVELS.index(desk.authority) < LEVELS.index(need):
        fault = Fault("authority", f"{desk.authority} may not pay early", f"ask a {need} or above")
        raise NotPermitted("above-authority", fault)
    first = payable_from(case)
    if desk.on >= first:
        words = f"the waiting period ended on {first - timedelta(days=1)}"
        cure = "settle it, or pay an advance or an interim payment"
        raise Conflict("waiting-over", Fault("purpose", words, cure))
    if agreed is None:
        raise invalid("agreed_on", "is missing", "give the day of the agreement, and its words")
    since = case.claim.default_date
    if not since <= agreed.on <= desk.on:
        problem = f"{agreed.on} is not from {since} to today"
        raise invalid("agreed_on", problem, "give the day of the agreement")
    return agreed


def note_early(
    session: Session, case: Case, row: SettlementRow, agreed: Agreed, *, desk: Desk
) -> None:
    """Write down on what agreement a claim was paid early, and at which level."""
    overdue = overdue_of_claim(session, case.claim.id)
    payload = {
        "overdue_id": overdue.id if overdue else None,
        "settlement_id": row.id,
        "agreed_on": agreed.on.isoformat(),
        "words": agreed.words,
        "authority": desk.authority,
    }
    subject = books.Subject("claim", case.claim.id)
    books.note(session, subject, "early_payment_agreed", payload, actor=desk.actor, at=desk.at)
