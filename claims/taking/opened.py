"""What a notice opens: its first items, findings, the first reserve, the receipt."""

from sqlmodel import Session

from claims.cover import cover_findings
from claims.facts import Case
from claims.papers.receipt import claim_receipt
from claims.reserving.keep import set_reserve
from claims.tables import ClaimItemRow, ClaimRow
from claims.worth import first_reserve
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting.store import PolicyRow


def loan_key(policy: PolicyRow) -> str | None:
    """Return what names the loan over all policies that guarantee it: borrower and number."""
    loan = policy.contract["loan"]
    return f"{policy.borrower_register_id}:{loan['contract']}" if loan else None


def first_items(session: Session, row: ClaimRow, desk: Desk) -> None:
    """Write what the notice asks, one item a line."""
    for line, minor in row.asked.items():
        if minor:
            item = ClaimItemRow(
                id=new_id("ci"),
                created_at=desk.at,
                claim_id=row.id,
                line=line,
                amount_minor=minor,
                reference=f"notice:{line}",
                stage="",
                stated_on=desk.on,
                words="notice",
            )
            session.add(item)
    session.flush()


def open_file(session: Session, case: Case, desk: Desk) -> None:
    """Test cover at first sight, set the first reserve aside, file the receipt."""
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    findings = cover_findings(session, case, desk.on)
    row.findings = [found.json() for found in findings]
    session.add(row)
    set_reserve(session, row, first_reserve(session, case, desk), desk)
    said = stated(claim_receipt(case, findings, desk=desk))
    books.file_form(session, subject, "claim_receipt", number=row.number, stated=said, at=desk.at)
    payload = {"default_date": row.default_date.isoformat(), "asked": row.asked}
    books.note(session, subject, "notified", payload, actor=desk.actor, at=desk.at)
