"""ACT: issue the letter of a quote. It is drawn up from the receipt, once, and filed."""

import json
from dataclasses import replace
from hashlib import sha256

from sqlmodel import Session

from documents.forms.quote_letter import QuoteLetter
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from underwriting import store
from underwriting.explain.who_pays import who_pays
from underwriting.inputs import Inputs
from underwriting.offer import as_offered
from underwriting.papers.quote_letter import quote_letter
from underwriting.products import product
from underwriting.receipt import price
from underwriting.store import DocumentRow
from underwriting.tables import QuoteRow

KIND = "quote_letter"


def issue_letter(session: Session, quote_id: str, *, desk: Desk) -> DocumentRow:
    """File the letter of a quote as it is offered now; the same offer has one letter.

    Raises:
        NotFound: there is no such quote.
    """
    row = store.quote(session, quote_id, lock=True)
    subject = books.Subject("quote", row.id)
    said = stated(_letter(session, row, desk))
    seal = sha256(said.encode()).hexdigest()
    filed = [paper for paper in books.documents(session, subject) if paper.kind == KIND]
    for paper in filed:
        if paper.stated_sha256 == seal:
            return paper
    name = row.number if not filed else f"{row.number}-{len(filed) + 1}"
    kept = books.file_form(session, subject, KIND, number=name, stated=said, at=desk.at)
    payload = {"stated_sha256": seal, "premium_minor": row.premium_minor}
    books.note(session, subject, "letter_issued", payload, actor=desk.actor, at=desk.at)
    return kept


def _letter(session: Session, row: QuoteRow, desk: Desk) -> QuoteLetter:
    priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
    assert priced.receipt == row.receipt, "a stored quote replays to the same bytes"
    return quote_letter(
        replace(priced, premium=as_offered(row, priced)),
        product(row.product),
        number=row.number,
        insurer=desk.insurer,
        client=store.party(session, row.client_id).name,
        valid_until=row.valid_until,
        receipt_sha256=row.receipt_sha256,
        who_pays=who_pays(product(row.product), priced.inputs),
    )
