"""ACT: the bank's statement of an overdue loan is read, worked out again, and kept with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from claims.overdue import store
from claims.overdue.case import OverdueCase, overdue_case
from claims.overdue.lent import lent_of
from claims.overdue.tables import OverdueRow, TranscriptRow
from claims.rules.overdue import State, check_open, stands
from claims.rules.transcript.findings import Signed, transcript_findings
from claims.rules.transcript.form import AccountForm, assumed_for, lending_of
from claims.rules.transcript.line import Statement, StatementLine
from claims.rules.transcript.read import read_statement
from claims.rules.transcript.worked_out import Asked, WorkedOut, work_out
from kernel.canonical import canonical_json
from kernel.db import books
from kernel.db.page import append
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import invalid


@dataclass(frozen=True, slots=True)
class Transcript:
    """A bank's statement as it was sent: a file, or lines.

    Attributes:
        account: how the account runs, as the bank states it.
        content: bytes of a CSV or XLSX file; None where lines are sent.
        name: of the file.
        columns: column -> its heading in the file, where the bank calls it otherwise.
        lines: the statement, where no file is sent.
        signed: who signed it for the bank; None where nobody did.
    """

    account: AccountForm
    content: bytes | None = None
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: Statement | None = None
    signed: Signed | None = None


def read_transcript(
    session: Session, overdue_id: str, sent: Transcript, *, desk: Desk
) -> TranscriptRow:
    """Read a statement, work it out again and keep both; the newest of a case counts.

    Raises:
        NotFound: there is no such case.
        Invalid: the file or lines of it cannot be read, each named; or a term cannot be.
        Conflict: the case has ended.
    """
    case = overdue_case(session, overdue_id, desk.on, lock=True)
    check_wanted(case.row, desk.on)
    if sent.signed is not None and sent.signed.on > desk.on:
        raise invalid("signed.on", f"{sent.signed.on} lies ahead", "give the day of signing")
    statement, encoding, digest = _statement(sent, case)
    if statement.closes_on > desk.on:
        words = f"{statement.closes_on} lies ahead"
        raise invalid("lines", words, "state what was booked", code="transcript")
    found = _work_out(case, statement, sent.account)
    row = TranscriptRow(
        id=new_id("ts"),
        created_at=desk.at,
        overdue_id=overdue_id,
        sequence=len(store.transcripts(session, overdue_id)) + 1,
        name=sent.name,
        sha256=digest,
        encoding=encoding,
        received_on=desk.on,
        actor=desk.actor,
        signed_by=sent.signed.by if sent.signed else None,
        signed_on=sent.signed.on if sent.signed else None,
        account=sent.account.model_dump(mode="json"),
        assumed=list(assumed_for(lent_of(case.contract), sent.account)),
        lines=[_kept(line) for line in statement.lines],
        found=found.json(),
        findings=[one.json() for one in transcript_findings(found, sent.signed)],
    )
    append(session, row)
    payload = {
        "overdue_id": overdue_id, "transcript_id": row.id, "sha256": digest,
        "lines": len(row.lines), "closes_on": row.found["closes_on"],
        "claimed": row.found["claimed"], "signed_by": row.signed_by,
    }  # fmt: skip
    subject = books.Subject("policy", case.policy.id)
    books.note(session, subject, "transcript_read", payload, actor=desk.actor, at=desk.at)
    return row


def check_wanted(row: OverdueRow, on: date) -> None:
    """Refuse a transcript where none is needed: a case that is claimed still takes one.

    Raises:
        Conflict: the case has ended.
    """
    state = stands(row.state, row.claim_by, on)
    if state is not State.CLAIMED:
        check_open(state, "no transcript is needed")


def _statement(sent: Transcript, case: OverdueCase) -> tuple[Statement, str, str]:
    if sent.content is not None:
        read = read_statement(sent.content, case.row.currency, columns=sent.columns)
        return read.statement, read.encoding, sha256(sent.content).hexdigest()
    assert sent.lines is not None, "a transcript is a file or lines"
    kept = canonical_json([_kept(line) for line in sent.lines.lines])
    return sent.lines, "lines", sha256(kept.encode()).hexdigest()


def _work_out(case: OverdueCase, statement: Statement, form: AccountForm) -> WorkedOut:
    row, lent = case.row, lent_of(case.contract)
    until = max(row.waiting_ends, statement.closes_on)
    asked = Asked(row.since, case.contract.waiting_days)
    return work_out(statement, lending_of(lent, form, until), asked)


def _kept(line: StatementLine) -> list[Any]:
    return [
        line.row, line.on.isoformat(), line.kind.value, line.debit, line.credit, line.balance,
    ]  # fmt: skip
