"""ACTS: set reserves by line within one's authority, else propose them; approve or refuse that."""

from dataclasses import dataclass

from sqlmodel import Session

from claims import store as claims
from claims.reserving import store
from claims.reserving.keep import keep
from claims.reserving.tables import ReserveAnswerRow, ReserveProposalRow
from claims.rules.lifecycle import State
from claims.rules.reserve.authority import level_for, may_set
from claims.rules.reserve.lines import Reserves
from claims.tables import ClaimRow
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, NotPermitted
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Proposed:
    """Reserves as a person wants them.

    Attributes:
        reserves: by line.
        reason: why, in words.
    """

    reserves: Reserves
    reason: str


def propose_reserves(
    session: Session, claim_id: str, proposed: Proposed, *, desk: Desk
) -> ReserveProposalRow | None:
    """Set reserves; what is above the authority of who asks waits for a second person.

    What counts is the greater of the net reserve before and after: to let go of much asks as high
    a level as to set it aside.

    Returns:
        The proposal that waits, or None where the reserves stand.

    Raises:
        Conflict: the claim is closed or denied, or another proposal waits.
    """
    row = claims.claim(session, claim_id, lock=True)
    _check(session, row)
    before = store.standing(session, row)
    height = Money(max(before.net, proposed.reserves.net, 0), row.currency)
    if may_set(desk.authority, height):
        keep(session, row, proposed.reserves, desk=desk, cause="person", reason=proposed.reason)
        _note(session, row, "reserves_set", proposed.reserves, desk)
        return None
    last = store.newest(session, row.id)
    waiting = ReserveProposalRow(
        id=new_id("rq"),
        created_at=desk.at,
        claim_id=row.id,
        after_sequence=last.sequence if last else 0,
        currency=row.currency,
        **{f"{name}_minor": minor for name, minor in proposed.reserves.json().items()},
        reason=proposed.reason,
        actor=desk.actor,
        need=level_for(height),
    )
    session.add(waiting)
    session.flush()
    _note(session, row, "reserves_proposed", proposed.reserves, desk)
    return waiting


def answer_reserves(
    session: Session, proposal_id: str, reason: str, *, approved: bool, desk: Desk
) -> ReserveAnswerRow:
    """Approve or refuse a proposal: another person, of a level that may.

    Reserves that moved since it was made are not overwritten: it is answered as overtaken.

    Raises:
        NotFound: there is no such proposal.
        Conflict: it was answered before.
        NotPermitted: who asks made it, or is not of the level.
    """
    seen = store.proposal(session, proposal_id)
    row = claims.claim(session, seen.claim_id, lock=True)
    if store.answer_of(session, seen.id):
        raise Conflict("answered", Fault("proposal", "was answered before", "read the reserves"))
    reserves = store.lines_of(seen)
    _check_second(
        seen, Money(max(reserves.net, store.standing(session, row).net, 0), row.currency), desk
    )
    last = store.newest(session, row.id)
    overtaken = (last.sequence if last else 0) != seen.after_sequence
    outcome = "overtaken" if overtaken else "approved" if approved else "refused"
    if outcome == "approved":
        keep(
            session, row, reserves, desk=desk, cause="person", reason=seen.reason,
            actor=seen.actor, approver=desk.actor,
        )  # fmt: skip
    answer = ReserveAnswerRow(
        id=new_id("ra"),
        created_at=desk.at,
        proposal_id=seen.id,
        outcome=outcome,
        actor=desk.actor,
        reason=reason,
    )
    session.add(answer)
    session.flush()
    _note(session, row, f"reserves_{outcome}", reserves, desk)
    return answer


def _check(session: Session, row: ClaimRow) -> None:
    if row.state in (State.CLOSED, State.DENIED):
        fault = Fault("state", f"the claim is {row.state}", "reopen it first")
        raise Conflict("claim-over", fault)
    for one in store.open_proposals(session, row.id):
        fault = Fault("proposal", f"proposal {one.id} waits", "have it answered first")
        raise Conflict("proposal-waits", fault)


def _check_second(seen: ReserveProposalRow, height: Money, desk: Desk) -> None:
    if desk.is_of(seen.actor):
        fault = Fault("actor", "you proposed these reserves", "let a second person answer")
        raise NotPermitted("own-proposal", fault)
    if not may_set(desk.authority, height):
        need = level_for(height)
        fault = Fault("authority", f"{height} is above your level", f"ask a person of level {need}")
        raise NotPermitted("above-authority", fault)


def _note(session: Session, row: ClaimRow, kind: str, reserves: Reserves, desk: Desk) -> None:
    subject = books.Subject("claim", row.id)
    books.note(session, subject, kind, reserves.json(), actor=desk.actor, at=desk.at)
