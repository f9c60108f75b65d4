"""ACT: price a proposal, decide on it and record the quote. Its letter is an act of its own."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting import store
from underwriting.numbers import number
from underwriting.preview import preview
from underwriting.product import Risk
from underwriting.receipt import Priced
from underwriting.tables import QuoteRow


def quote(
    session: Session,
    client_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    counts: Path | None = None,
) -> QuoteRow:
    """Record a quote for a client. Declined proposals are recorded too, with every reason.

    Raises:
        As `preview`.
    """
    priced = preview(
        session, client_id, risk, desk=desk, schemes_folder=schemes_folder, counts=counts
    )
    return kept(session, client_id, priced, desk=desk)


def kept(session: Session, client_id: str, priced: Priced, *, desk: Desk) -> QuoteRow:
    """Record a proposal that was priced for a client, in this transaction or in one before."""
    row = store.add(session, drafted(priced, client_id, desk=desk))
    payload = {"state": row.state, "premium_minor": row.premium_minor, "client_id": client_id}
    subject = books.Subject("quote", row.id)
    books.note(session, subject, "quoted", payload, actor=desk.actor, at=desk.at)
    return row


def drafted(priced: Priced, client_id: str, *, desk: Desk) -> QuoteRow:
    """Return the row that a priced proposal would have; it is in no session yet."""
    contract, id_ = priced.contract, new_id("qt")
    return QuoteRow(
        id=id_,
        created_at=desk.at,
        number=number("QT", id_, desk.on),
        state=priced.outcome.value,
        product=priced.inputs.product,
        client_id=client_id,
        borrower_register_id=contract.policyholder_id,
        scheme_code=priced.inputs.scheme.scheme.code,
        currency=contract.currency,
        loan_minor=contract.loan.amount.minor if contract.loan else None,
        sum_insured_minor=contract.sum_insured.minor,
        technical_minor=priced.premium.total.minor,
        challenger_minor=priced.challenger.minor if priced.challenger else None,
        premium_minor=priced.premium.total.minor,
        maker=desk.actor,
        quoted_on=desk.on,
        valid_until=desk.on + timedelta(days=priced.inputs.terms["quote_valid_days"]),
        receipt=priced.receipt,
        receipt_sha256=sha256(priced.receipt.encode()).hexdigest(),
    )
