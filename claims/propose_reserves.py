"""ACTS: set reserves by line within one's authority, else propose them; approve or refuse that."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from claims import store as claims
from claims.reserving import store
from claims.reserving.keep import keep
from claims.reserving.tables import ReserveAnswerRow, ReserveProposalRow
from claims.rules.lifecycle import ENDED
from claims.rules.reserve.authority import level_for, may_refuse, may_set, most_of_a_line
from claims.rules.reserve.lines import Reserves
from claims.tables import ClaimRow
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, NotPermitted
from kernel.money import Money
from underwriting import store as contracts


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

    What counts is what is set aside in all, or expected back where that is more, before or after:
    to let go of much asks as high a level as to set it aside. A proposal that was overtaken waits
    for nobody any more: it is answered so.

    Returns:
        The proposal that waits, or None where the reserves stand.

    Raises:
        Conflict: the claim is closed or denied, or another proposal waits.
        Invalid: a line is above what could ever be owed.
    """
    row = claims.claim(session, claim_id, lock=True)
    _check(session, row, proposed.reserves)
    stands = store.standing(session, row)
    for old in store.open_proposals(session, row.id):
        _answer(session, old, "overtaken", "the reserves had moved on", desk=desk)
    height = _height(row, stands.lines, proposed.reserves)
    if may_set(desk.authority, height):
        keep(
            session, row, proposed.reserves, desk=desk, cause="person", reason=proposed.reason,
            stands=stands,
        )  # fmt: skip
        _note(session, row.id, "reserves_set", proposed.reserves, desk)
        return None
    waiting = ReserveProposalRow(
        id=new_id("rq"),
        created_at=desk.at,
        claim_id=row.id,
        after_sequence=stands.sequence,
        currency=row.currency,
        **{f"{name}_minor": minor for name, minor in proposed.reserves.json().items()},
        reason=proposed.reason,
        actor=desk.actor,
        need=level_for(height),
    )
    session.add(waiting)
    session.flush()
    _note(session, row.id, "reserves_proposed", proposed.reserves, desk)
    return waiting


def answer_reserves(
    session: Session, proposal_id: str, reason: str, *, approved: bool, desk: Desk
) -> ReserveAnswerRow:
    """Approve a proposal, as another person of a level that may; or refuse it.

    Who made it refuses it too, and so withdraws it. To refuse asks for no more than a level above
    the lowest: the reserves stay as they are. One that was overtaken is refused as such.

    Raises:
        NotFound: there is no such proposal.
        Conflict: it was answered before; or it is to be approved, and reserves that moved since
            are not overwritten, and a claim that was closed or denied meanwhile gets none.
        NotPermitted: who approves made it, or who asks is not of the level.
    """
    seen = store.proposal(session, proposal_id)
    row = claims.claim(session, seen.claim_id, lock=True)
    if store.answer_of(session, seen.id):
        raise Conflict("answered", Fault("proposal", "was answered before", "read the reserves"))
    reserves, stands = store.lines_of(seen), store.standing(session, row)
    height, gone = _height(row, stands.lines, reserves), store.overtaken(row, stands, seen)
    if not approved:
        _check_refuses(seen, height, desk)
        return _answer(session, seen, "overtaken" if gone else "refused", reason, desk=desk)
    _check_second(seen, height, desk)
    if gone:
        raise Conflict("overtaken", _gone(row))
    keep(
        session, row, reserves, desk=desk, cause="person", reason=seen.reason,
        actor=seen.actor, approver=desk.actor, stands=stands,
    )  # fmt: skip
    return _answer(session, seen, "approved", reason, desk=desk)


def _answer(
    session: Session, seen: ReserveProposalRow, outcome: str, reason: str, *, desk: Desk
) -> ReserveAnswerRow:
    """Keep the one answer to a proposal; its refusal by who made it is told as a withdrawal."""
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
    told = "withdrawn" if outcome == "refused" and desk.is_of(seen.actor) else outcome
    _note(session, seen.claim_id, f"reserves_{told}", store.lines_of(seen), desk)
    return answer


def _gone(row: ClaimRow) -> Fault:
    if row.state in ENDED:
        return Fault("proposal", f"the claim is {row.state} by now", "refuse it")
    words = "the reserves have moved since it was made"
    return Fault("proposal", words, "refuse it, or propose anew: that answers it too")


def _height(row: ClaimRow, before: Reserves, after: Reserves) -> Money:
    return Money(max(before.height, after.height), row.currency)


def _check(session: Session, row: ClaimRow, wanted: Reserves) -> None:
    if row.state in ENDED:
        fault = Fault("state", f"the claim is {row.state}", "reopen it first")
        raise Conflict("claim-over", fault)
    for one in store.waiting(session, row):
        cure = "have it answered first, or withdraw it: who made it refuses it"
        raise Conflict("proposal-waits", Fault("proposal", f"proposal {one.id} waits", cure))
    insured = Money(contracts.policy(session, row.policy_id).sum_insured_minor, row.currency)
    if faults := list(_above(most_of_a_line(insured), wanted)):
        raise Invalid("invalid", *faults)


def _above(most: Money, wanted: Reserves) -> Iterator[Fault]:
    """Yield each line that is above what could ever be owed: a slip, and not a reserve."""
    for name, minor in wanted.json().items():
        if minor > most.minor:
            words = f"{Money(minor, most.currency)} is more than could ever be owed"
            yield Fault(f"{name}.amount", words, f"state {most} at most: mind the digits")


def _check_refuses(seen: ReserveProposalRow, height: Money, desk: Desk) -> None:
    if not (desk.is_of(seen.actor) or may_refuse(desk.authority, height)):
        cure = "ask a person of a level above the lowest, or who proposed it"
        fault = Fault("authority", f"a {desk.authority} does not refuse {height}", cure)
        raise NotPermitted("above-authority", fault)


def _check_second(seen: ReserveProposalRow, height: Money, desk: Desk) -> None:
    if desk.is_of(seen.actor):
        cure = "let a second person approve, or refuse it: that withdraws it"
        fault = Fault("actor", "you proposed these reserves", cure)
        raise NotPermitted("own-proposal", fault)
    if not may_set(desk.authority, height):
        need = level_for(height)
        fault = Fault("authority", f"{height} is above your level", f"ask a person of level {need}")
        raise NotPermitted("above-authority", fault)


def _note(session: Session, claim_id: str, kind: str, reserves: Reserves, desk: Desk) -> None:
    subject = books.Subject("claim", claim_id)
    books.note(session, subject, kind, reserves.json(), actor=desk.actor, at=desk.at)
