"""What every act on a letter leaves behind: its state, its lines, an event, a message.

`become` moves the letter, `stands` one edition of it; `registered` writes into the register and
files papers; `told` notes the event and puts a message into the outbox.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from kernel.db import books
from kernel.desk import Desk
from underwriting.guarantees import store
from underwriting.guarantees.paper import Drawn, file_drawn
from underwriting.guarantees.register import Line, append
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.moves import State, move

_UNSIGNED = frozenset({State.DRAFT.value, State.APPROVED.value})


def subject(row: LetterRow) -> books.Subject:
    """Return what the books call a letter."""
    return books.Subject("letter", row.id)


def become(
    session: Session,
    row: LetterRow,
    to: State,
    *,
    desk: Desk,
    papers: Sequence[Drawn] = (),
    reason: str = "",
) -> None:
    """Move a letter to a state, and say so in the register once it was signed.

    Raises:
        Conflict: the table of moves does not allow it.
    """
    before = row.state
    row.state = move(before, to)
    session.add(row)
    if row.state != before or papers:
        registered(session, row, row.edition, row.state, desk=desk, papers=papers, reason=reason)


def registered(
    session: Session,
    row: LetterRow,
    edition: int,
    status: str,
    *,
    desk: Desk,
    papers: Sequence[Drawn] = (),
    reason: str = "",
) -> None:
    """Write how an edition stands into the register, a line for each paper or one without.

    What was never signed is not the world's to see, and has no line; what was signed is never a
    draft again.
    """
    version = store.version(session, row.id, edition)
    if version.file_sha256 is None and not papers:
        return
    assert status not in _UNSIGNED, f"edition {edition} was signed and is no {status}"
    line = Line(
        letter=row.number,
        edition=edition,
        content_hash=version.content_hash,
        status=status,
        reason=reason,
    )
    for paper in papers:
        file_drawn(session, row.id, paper, desk=desk)
        found = replace(line, paper=paper.kind, file_sha256=paper.sha256, signer=paper.signer)
        append(session, found, at=desk.at)
    if not papers:
        append(session, line, at=desk.at)


def told(
    session: Session, row: LetterRow, kind: str, payload: dict[str, Any], *, desk: Desk
) -> None:
    """Note an event of a letter and put a message about it into the outbox."""
    books.note(session, subject(row), kind, payload, actor=desk.actor, at=desk.at)
    message = {"letter": row.number, "state": row.state, **payload}
    books.enqueue(session, subject(row), f"letter.{kind}", message, at=desk.at)


def stands(session: Session, version: LetterVersionRow, state: State) -> None:
    """Let an edition stand as a state says; the same table of moves holds for it.

    Raises:
        Conflict: the table does not allow it.
    """
    version.state = move(version.state, state)
    session.add(version)
