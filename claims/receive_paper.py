"""ACT: a paper of a claim comes in: kept once under its hash, ticked, and the clocks run on."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from claims.facts import Case, case_of
from claims.rules.asked import listed
from claims.rules.lifecycle import State
from claims.uploads import store
from claims.uploads.completing import complete
from claims.uploads.forms import Form
from claims.uploads.tables import ClaimPaperRow, UploadRow
from claims.uploads.tick import tick
from kernel.db import books
from kernel.db.page import append
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.store import add

VERSIONS: Final = 20
"""Of one paper of one claim."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came, recognised by `claims.uploads.recognise` from its bytes.

    Attributes:
        content: the bytes.
        sha256: of them.
        form: what they are.
    """

    content: bytes
    sha256: str
    form: Form


def receive_paper(
    session: Session, claim_id: str, code: str, arrived: Arrived, *, desk: Desk
) -> ClaimPaperRow:
    """Keep a file as a paper of a claim; the same file of the same paper is kept once.

    Raises:
        NotFound: there is no such claim.
        Invalid: `no-such-paper`, the claim needs no paper of that code.
        Conflict: `claim-closed`; `paper-rejected-before`, where this very file was rejected;
            `too-many-versions`.
    """
    case = case_of(session, claim_id, lock=True)
    check_taken(case, code)
    before = store.versions_of(session, claim_id, code)
    if same := next((one for one in before if one.sha256 == arrived.sha256), None):
        _check_not_rejected(session, same)
        return same
    if len(before) >= VERSIONS:
        fault = Fault("code", f"has {VERSIONS} versions", "ask the adjuster which one is wanted")
        raise Conflict("too-many-versions", fault)
    row = _keep(session, case, code, arrived, version=len(before) + 1, desk=desk)
    _note(session, row, arrived, desk)
    tick(case.claim, code, desk.on)
    complete(session, case, desk=desk)
    add(session, case.claim)
    return row


def check_taken(case: Case, code: str) -> None:
    """Refuse a paper that the claim does not need, or that comes after its end.

    Raises:
        Invalid: `no-such-paper`.
        Conflict: `claim-closed`.
    """
    wanted = listed(case.contract.papers, case.claim.file)
    if code not in wanted:
        known = f"use one of {', '.join(wanted)}"
        raise invalid("code", "is no paper of this claim", known, code="no-such-paper")
    if case.claim.state == State.CLOSED:
        fault = Fault("state", "the claim is closed", "ask for it to be opened again")
        raise Conflict("claim-closed", fault)


def _check_not_rejected(session: Session, same: ClaimPaperRow) -> None:
    for one in store.rejections(session, same.claim_id):
        if one.code == same.code and one.through >= same.sequence:
            cure = f"mend what was wrong with it: {one.reason}"
            raise Conflict("paper-rejected-before", Fault("file", "was rejected", cure))


def _keep(
    session: Session, case: Case, code: str, arrived: Arrived, *, version: int, desk: Desk
) -> ClaimPaperRow:
    if not store.seen(session, arrived.sha256):
        append(
            session,
            UploadRow(
                sha256=arrived.sha256,
                created_at=desk.at,
                size=len(arrived.content),
                form=arrived.form.code,
                media_type=arrived.form.media_type,
                content=arrived.content,
            ),
        )
    return append(
        session,
        ClaimPaperRow(
            id=new_id("pp"),
            created_at=desk.at,
            claim_id=case.claim.id,
            code=code,
            sequence=version,
            sha256=arrived.sha256,
            received_on=desk.on,
            actor=desk.actor,
        ),
    )


def _note(session: Session, row: ClaimPaperRow, arrived: Arrived, desk: Desk) -> None:
    payload = {
        "paper": row.code,
        "version": row.sequence,
        "sha256": row.sha256,
        "size": len(arrived.content),
        "form": arrived.form.code,
    }
    subject = books.Subject("claim", row.claim_id)
    books.note(session, subject, "paper_received", payload, actor=desk.actor, at=desk.at)
