"""The register of letters: one chain of lines for the whole installation, which only grows.

    append(session, line, *, at) -> LetterRegisterRow
    lines(session, letter) -> tuple[LetterRegisterRow, ...]
    standing(session, letter, edition) -> LetterRegisterRow | None
    by_file(session, file_sha256) -> LetterRegisterRow | None
    verify_register(session) -> tuple[Fault, ...]

An edition stands as the newest of its lines says. A letter stands open from the day it was sent
until it ends; what was amended, refused, revoked, released or has expired does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from kernel.canonical import canonical_sha256
from kernel.db.page import write
from kernel.db.row import new_id, to_microseconds
from kernel.db.seal import FIRST
from kernel.errors import Fault
from underwriting.guarantees.tables import LetterRegisterHeadRow, LetterRegisterRow
from underwriting.letters.moves import IN_FORCE, State

LETTER: Final = "customs_letter"
"""Kind of the paper that is the letter itself; all others are notices about it."""
AMENDED: Final = "amended"
"""Standing of an edition that a later one has replaced."""
STANDS: Final = frozenset({State.SENT.value, *(state.value for state in IN_FORCE)})
"""Standings on which somebody may rely; a letter that was sent is open for acceptance."""
_FORM: Final = 1
_AT_ONCE: Final = {"yield_per": 500}
_CURE: Final = "restore it from the last backup that verifies, and find out who wrote to it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is written into the register.

    Attributes:
        letter: its number.
        edition: of its terms.
        content_hash: of those terms.
        status: how the edition stands from here on.
        paper: kind of the paper; empty where only the standing changed.
        file_sha256: of the whole signed file.
        signer: serial of the certificate that signed it.
        reason: why, in words.
    """

    letter: str
    edition: int
    content_hash: str
    status: str
    paper: str = ""
    file_sha256: str = ""
    signer: str = ""
    reason: str = ""


def append(session: Session, line: Line, *, at: datetime) -> LetterRegisterRow:
    """Write a line at the end of the chain; every other writer waits for it."""
    head = session.exec(select(LetterRegisterHeadRow).with_for_update()).one()
    row = LetterRegisterRow(
        id=new_id("rl"),
        created_at=at,
        sequence=head.sequence + 1,
        **{name: getattr(line, name) for name in Line.__slots__},
        prev_hash=head.hash,
        hash="",
    )
    row.hash = line_hash(row)
    head.sequence, head.hash = row.sequence, row.hash
    session.add(head)
    return write(session, row)


def line_hash(row: LetterRegisterRow) -> str:
    """Return the SHA-256 of a line, the hash of the line before it included.

    Over the canonical JSON of: form 1, sequence, instant in microseconds, number, edition, paper,
    file hash, content hash, signer, status, reason, previous hash.
    """
    return canonical_sha256(
        [
            _FORM, row.sequence, to_microseconds(row.created_at), row.letter, row.edition,
            row.paper, row.file_sha256, row.content_hash, row.signer, row.status, row.reason,
            row.prev_hash,
        ]
    )  # fmt: skip


def lines(session: Session, letter: str) -> tuple[LetterRegisterRow, ...]:
    """Return every line about a letter, oldest first."""
    query = select(LetterRegisterRow).where(LetterRegisterRow.letter == letter)
    return tuple(session.exec(query.order_by(col(LetterRegisterRow.sequence))))


def standing(session: Session, letter: str, edition: int) -> LetterRegisterRow | None:
    """Return the newest line about an edition, if it was ever registered."""
    query = select(LetterRegisterRow).where(
        LetterRegisterRow.letter == letter, LetterRegisterRow.edition == edition
    )
    return session.exec(query.order_by(col(LetterRegisterRow.sequence).desc()).limit(1)).first()


def by_file(session: Session, file_sha256: str) -> LetterRegisterRow | None:
    """Return the line under which a whole file was registered, if it was."""
    if not file_sha256:
        return None
    query = select(LetterRegisterRow).where(LetterRegisterRow.file_sha256 == file_sha256)
    return session.exec(query.order_by(col(LetterRegisterRow.sequence)).limit(1)).first()


def verify_register(session: Session) -> tuple[Fault, ...]:
    """Return what is wrong in the register: gaps, broken links, changed lines, a cut tail."""
    query = select(LetterRegisterRow).order_by(col(LetterRegisterRow.sequence))
    rows = session.exec(query.execution_options(**_AT_ONCE))
    sequence, prev_hash = 0, FIRST
    faults: list[Fault] = []
    for row in rows:
        faults += _faults_of(row, sequence + 1, prev_hash)
        sequence, prev_hash = row.sequence, row.hash
    head = session.exec(select(LetterRegisterHeadRow)).one()
    if (head.sequence, head.hash) != (sequence, prev_hash):
        faults.append(Fault("register", f"ends at {sequence}, not at {head.sequence}", _CURE))
    return tuple(faults)


def _faults_of(row: LetterRegisterRow, expected: int, prev_hash: str) -> Iterator[Fault]:
    place = f"register line {row.sequence}"
    if row.sequence != expected:
        yield Fault(place, f"stands where {expected} should be", _CURE)
    if row.prev_hash != prev_hash:
        yield Fault(place, "does not follow the line before", _CURE)
    if line_hash(row) != row.hash:
        yield Fault(place, "is not what was sealed", _CURE)
