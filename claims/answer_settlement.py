"""ACT: the insurer consents to a settlement up to an amount, or refuses; the answer is filed."""

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import ConsentAskedRow
from claims.facts import Case
from claims.fought import check_unanswered, matter_of, note
from claims.papers.matter import settlement_consent
from claims.rules.kinds.liability_facts import CONSENTS
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.money import Money


def answer_settlement(
    session: Session,
    claim_id: str,
    sequence: int,
    consented: Money | None,
    reason: str,
    *,
    desk: Desk,
) -> ConsentAskedRow:
    """Answer once. A refusal without a reason is taken down as one: it is a finding.

    Args:
        session: of the act.
        claim_id: the claim.
        sequence: of the settlement in it.
        consented: up to this amount; None is a refusal.
        reason: of the answer.
        desk: where it is done.

    Raises:
        NotFound: there is no such claim or settlement.
        Conflict: it was answered, or the claim is decided.
        Invalid: the amount is not above zero, above what was proposed, or in another currency.
    """
    case = matter_of(session, claim_id)
    row = store.one_of(session, ConsentAskedRow, claim_id, sequence)
    check_unanswered(row.answered_on, "settlement")
    if consented is not None:
        _check(row, consented, case.claim.currency)
        row.consented_minor = consented.minor
        newest = {row.counterparty: {"settlement": sequence, "minor": consented.minor}}
        given = case.claim.file.get(CONSENTS) or {}
        case.claim.file = {**case.claim.file, CONSENTS: {**given, **newest}}
        session.add(case.claim)
    row.state = "refused" if consented is None else "consented"
    row.answered_on, row.reason = desk.on, reason.strip()
    session.add(row)
    session.flush()
    _file(session, case, row, desk)
    return row


def _check(row: ConsentAskedRow, consented: Money, currency: str) -> None:
    faults = []
    if consented.currency != currency:
        faults.append(Fault("consented", f"the claim is in {currency}", "give it in that"))
    if not 0 < consented.minor <= row.amount_minor:
        words = "is not above zero and up to what was proposed"
        faults.append(Fault("consented", words, "give an amount within it, or refuse"))
    if faults:
        raise Invalid("invalid", *faults)


def _file(session: Session, case: Case, row: ConsentAskedRow, desk: Desk) -> None:
    subject = books.Subject("claim", case.claim.id)
    said = stated(settlement_consent(case, row, insurer=desk.insurer))
    books.file_form(
        session, subject, "settlement_consent", number=row.number, stated=said, at=desk.at
    )
    payload = {"number": row.number, "consented_minor": row.consented_minor}
    note(session, case, f"settlement_{row.state}", {**payload, "reason": row.reason}, desk)
    books.enqueue(session, subject, "settlement_answered", payload, at=desk.at)
