"""Bringing the reserves of a claim to figures, in the books and on the row."""

from collections.abc import Mapping

from sqlmodel import Session

from claims.reserving import store
from claims.reserving.store import Stands
from claims.reserving.tables import ReserveRow
from claims.rules.kinds import Kind, kind_of
from claims.rules.reserve.lines import Reserves, moves_between, with_loss
from claims.tables import ClaimRow
from kernel.db import books
from kernel.db.gather import flush
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.journal import entry
from underwriting import store as contracts


def set_reserve(
    session: Session, row: ClaimRow, to: int, desk: Desk, *, stands: Stands | None = None
) -> None:
    """Bring what is set aside for what is asked to `to`, in minor units; other lines stay.

    Nought of a claim that is denied, settled or closed leaves what adjusting still costs.
    `stands` are the reserves that stand, where they were read already.
    """
    stands = stands or store.standing(session, row)
    after = with_loss(stands.lines, to, asked_of(session, row))
    keep(session, row, after, desk=desk, stands=stands)


def release(session: Session, row: ClaimRow, desk: Desk) -> None:
    """Let go of every line: nothing is expected of the claim any more."""
    keep(session, row, Reserves(), desk=desk)


def asked_of(session: Session, row: ClaimRow) -> tuple[int, int]:
    """Return what is asked of indemnity and of defence, minor units."""
    return in_two(kind_of(contracts.policy(session, row.policy_id).product), row.asked)


def in_two(kind: Kind, asked: Mapping[str, int]) -> tuple[int, int]:
    """Return what of amounts, by line of a kind, is indemnity and what is defence, minor units.

    Where a kind pays some lines to a third party, its other lines are the cost of the defence.
    """
    whole = sum(asked.values())
    owed = sum(minor for line, minor in asked.items() if line in kind.to_third_party)
    return (owed, whole - owed) if kind.to_third_party else (whole, 0)


def keep(
    session: Session,
    row: ClaimRow,
    after: Reserves,
    *,
    desk: Desk,
    cause: str = "claim",
    reason: str = "",
    actor: str | None = None,
    approver: str | None = None,
    stands: Stands | None = None,
) -> None:
    """Write a set of reserves and enter the change; a course that changes nothing writes nothing.

    Args:
        session: of the act.
        row: the claim, held.
        after: what stands from here on.
        desk: where it is done.
        cause: `claim` or `person`.
        reason: in words.
        actor: who set it; who sits at the desk where left out.
        approver: who approved it, where that was asked.
        stands: the reserves that stand, where they were read already.
    """
    stands = stands or store.standing(session, row)
    before, sequence = stands.lines, stands.sequence + 1
    if before == after and cause == "claim" and stands.sequence:
        return
    kept = {f"{name}_minor": minor for name, minor in after.json().items()}
    write(
        session,
        ReserveRow(
            id=new_id("rv"),
            created_at=desk.at,
            claim_id=row.id,
            sequence=sequence,
            currency=row.currency,
            **kept,
            cause=cause,
            reason=reason,
            actor=actor or desk.actor,
            approver=approver,
        ),
    )
    if moves := moves_between(before, after):
        posting = entry(f"reserves of claim {row.number}", desk.on, row.currency, moves)
        key, subject = f"reserves:{row.id}:{sequence}", books.Subject("claim", row.id)
        books.post(session, posting, subject=subject, key=key, at=desk.at)
    row.reserve_minor = after.loss
    session.add(row)
    flush(session)
