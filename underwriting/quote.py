"""ACT: price a proposal, decide on it, record the quote and file its letter."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from documents.render import render
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting import store
from underwriting.numbers import number
from underwriting.papers.quote_letter import quote_letter
from underwriting.preview import preview
from underwriting.product import Risk
from underwriting.products import product
from underwriting.tables import QuoteRow


def quote(
    session: Session,
    bank_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    counts: Path | None = None,
) -> QuoteRow:
    """Record a quote for a bank. Declined proposals are recorded too, with every reason.

    Raises:
        As `preview`.
    """
    priced = preview(
        session, bank_id, risk, desk=desk, schemes_folder=schemes_folder, counts=counts
    )
    contract, id_ = priced.contract, new_id("qt")
    row = store.add(
        session,
        QuoteRow(
            id=id_,
            created_at=desk.at,
            number=number("QT", id_, desk.on),
            state=priced.outcome.value,
            product=priced.inputs.product,
            bank_id=bank_id,
            borrower_register_id=contract.policyholder_id,
            scheme_code=priced.inputs.scheme.scheme.code,
            currency=contract.loan.currency,
            loan_minor=contract.loan.minor,
            sum_insured_minor=contract.sum_insured.minor,
            premium_minor=priced.premium.total.minor,
            quoted_on=desk.on,
            valid_until=desk.on + timedelta(days=priced.inputs.terms["quote_valid_days"]),
            receipt=priced.receipt,
            receipt_sha256=sha256(priced.receipt.encode()).hexdigest(),
        ),
    )
    letter = quote_letter(
        priced,
        product(row.product),
        number=row.number,
        insurer=desk.insurer,
        bank=store.party(session, bank_id).name,
        valid_until=row.valid_until,
        receipt_sha256=row.receipt_sha256,
    )
    subject = books.Subject("quote", row.id)
    pdf = render(letter)
    books.file(session, subject, "quote_letter", number=row.number, content=pdf.content, at=desk.at)
    payload = {"state": row.state, "premium_minor": row.premium_minor, "bank_id": bank_id}
    books.note(session, subject, "quoted", payload, actor=desk.actor, at=desk.at)
    return row
