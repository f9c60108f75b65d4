"""What a settlement leaves to be paid back: what the insured was paid too much.

duties(session, claim_id, on) -> what the insured owes back
"""

from datetime import date
from typing import Final

from sqlmodel import Session

from claims.facts import case_of
from claims.rules.duty import Duty
from kernel.money import Money
from underwriting.store import party

_NO_GROUND_TO_KEEP: Final = "民法典 Civil Code art. 985"


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:  # noqa: ARG001 - every part is asked the same
    """Return what the insured owes back of the newest settlement, such as one of a refusal.

    No day is set: the claim is not closed before it is paid back.
    """
    case = case_of(session, claim_id)
    standing = case.standing
    if standing is None or not standing.overpaid_minor:
        return ()
    owed = Money(standing.overpaid_minor, standing.currency)
    whose = party(session, case.claim.client_id).kind
    zh, en = f"返还多付的赔款 {owed}", f"pay back {owed} that was paid too much"
    return (Duty("pay_back", whose, zh, en, _NO_GROUND_TO_KEEP, None),)
