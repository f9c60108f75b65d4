"""Who appeals is not left worse off: the decision before, and the one that an appeal brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from claims import store as claims
from claims.facts import Case, facts_for
from claims.room.view import Side
from claims.rules.lifecycle import State
from claims.worth import approved_lines
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money
from kernel.sharing import split


@dataclass(frozen=True, slots=True)
class Stood:
    """What was decided on a claim.

    Attributes:
        denied: was it refused?
        approved: line -> minor units; None where nothing was ever approved.
        borne: party -> minor units that it bears of the settlement that stands.
    """

    denied: bool
    approved: Mapping[str, Any] | None
    borne: Mapping[str, int]


def stood(session: Session, case: Case) -> Stood:
    """Return what stands decided on a claim."""
    shares = claims.shares(session, case.standing.id) if case.standing else ()
    denied, approved = bool(case.claim.file.get("denied")), case.claim.approved
    return Stood(denied, approved, {one.party: one.paid_minor for one in shares})


def check_no_worse(session: Session, case: Case, appellant: str, before: Stood, desk: Desk) -> None:
    """Refuse a decision on an appeal by which the insured is paid less, or a party bears more.

    Nobody who was refused is worse off, whatever is decided then. What the house itself finds
    later, it decides by a revision.

    Raises:
        Conflict: `worse-for-appellant`.
    """
    if before.denied:
        return
    parties = [one for one in appellant.split(", ") if one in before.borne]
    if appellant == Side.INSURED:
        was, now = sum((before.approved or {}).values()), _approved(case)
        worse = now < was
    else:
        was, now = sum(before.borne[one] for one in parties), _borne(session, case, parties, desk)
        worse = now > was
    if worse:
        unit = case.claim.currency
        words = f"{appellant} appealed and is left with {Money(now, unit)} for {Money(was, unit)}"
        cure = "uphold the decision; then revise the claim: POST /v1/claims/{id}/revision"
        raise Conflict("worse-for-appellant", Fault("assessment", words, cure))


def _approved(case: Case) -> int:
    """Return what is approved in all; nothing of a claim that is denied."""
    return 0 if case.claim.state == State.DENIED else sum((case.claim.approved or {}).values())


def _borne(session: Session, case: Case, parties: list[str], desk: Desk) -> int:
    """Return what parties bear of what is approved, as it would be shared today."""
    if case.claim.state != State.ACCEPTED:
        return 0
    loss = case.kind.loss(approved_lines(case), case.claim.currency)
    shared = split(case.scheme.scheme, loss, facts_for(session, case, desk.on))
    return sum(shared.paid_by(one) for one in parties)
