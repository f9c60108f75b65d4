"""ACT: by agreement the insurer pays before the waiting period ends (early intervention).

The supervisor's guide of 2020 (no. 90) asks insurers to provide for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.overdue.case import overdue_case
from claims.pay_on_account import pay_on_account
from claims.rules.overdue import dunning
from claims.rules.purpose import Purpose
from claims.tables import SettlementRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted, invalid
from underwriting.rules.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Agreement:
    """What bank and insurer agreed.

    Attributes:
        amounts: line -> minor units of the loss that are recognised now.
        agreed_on: the day of the agreement.
        words: why the waiting period is not waited for.
    """

    amounts: Mapping[str, int]
    agreed_on: date
    words: str


def intervene(
    session: Session, overdue_id: str, agreement: Agreement, *, desk: Desk
) -> SettlementRow:
    """Pay early on the claim of a case; the decision takes it into its total.

    Raises:
        NotFound: there is no such case.
        NotPermitted: who agrees for the insurer has too low a level.
        Invalid: the day of the agreement cannot be, or an amount is none that is asked.
        Conflict: the case has no claim, the waiting period is over, or as `pay_on_account`.
    """
    need = dunning()["early"]["authority"]
    if LEVELS.index(desk.authority) < LEVELS.index(need):
        fault = Fault("authority", f"{desk.authority} may not pay early", f"ask a {need} or above")
        raise NotPermitted("above-authority", fault)
    case = overdue_case(session, overdue_id, desk.on)
    row = case.row
    if row.claim_id is None:
        fault = Fault("overdue", "is not claimed yet", "claim it: POST /v1/overdues/…/claim")
        raise Conflict("not-claimed", fault)
    if desk.on > row.waiting_ends:
        fault = Fault("overdue", f"the waiting period ended on {row.waiting_ends}", "settle it")
        raise Conflict("waiting-over", fault)
    if not row.since <= agreement.agreed_on <= desk.on:
        problem = f"{agreement.agreed_on} is not from {row.since} to today"
        raise invalid("agreed_on", problem, "give the day of the agreement")
    settled = pay_on_account(session, row.claim_id, agreement.amounts, Purpose.EARLY, desk=desk)
    payload = {
        "overdue_id": row.id,
        "settlement_id": settled.id,
        "agreed_on": agreement.agreed_on.isoformat(),
        "words": agreement.words,
        "authority": desk.authority,
    }
    subject = books.Subject("claim", row.claim_id)
    books.note(session, subject, "early_payment_agreed", payload, actor=desk.actor, at=desk.at)
    return settled
