"""ACT: price a proposal, decide on it and record the quote. Its letter is an act of its own."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Self

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.finding import Finding
from underwriting import store
from underwriting.numbers import number
from underwriting.preview import preview
from underwriting.product import Risk
from underwriting.receipt import Priced
from underwriting.tables import QuoteRow


class Draft(NamedTuple):
    """A quote that is not kept yet, in plain values: it crosses processes and transactions.

    Attributes:
        columns: of its row.
        findings: all of them.
    """

    columns: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, priced: Priced, client_id: str, *, desk: Desk) -> Self:
        """Return the quote that a priced proposal would be."""
        return cls(drafted(priced, client_id, desk=desk).model_dump(), priced.findings)

    def row(self) -> QuoteRow:
        """Return a row of its own for each transaction: one that lost a race is spent."""
        return QuoteRow(**self.columns)


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
    made = draft(session, client_id, risk, desk=desk, schemes_folder=schemes_folder, counts=counts)
    return kept(session, made, desk=desk)


def draft(
    session: Session,
    client_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    counts: Path | None = None,
) -> Draft:
    """Price a proposal and return the quote that it would be; nothing is written.

    Raises:
        As `preview`.
    """
    priced = preview(
        session, client_id, risk, desk=desk, schemes_folder=schemes_folder, counts=counts
    )
    return Draft.of(priced, client_id, desk=desk)


def kept(session: Session, made: Draft, *, desk: Desk) -> QuoteRow:
    """Record a drafted quote, whether it was drafted in this transaction or in one before."""
    row = store.add(session, made.row())
    payload = {"state": row.state, "premium_minor": row.premium_minor, "client_id": row.client_id}
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
