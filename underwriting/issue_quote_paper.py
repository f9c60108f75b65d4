"""ACT: issue a paper of a quote, from what it was priced on."""

import json

from sqlmodel import Session

from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from underwriting import store
from underwriting.filing import file_once
from underwriting.inputs import Inputs
from underwriting.letter import issue_letter
from underwriting.papers.proposal import proposal
from underwriting.products import product
from underwriting.receipt import price
from underwriting.store import DocumentRow, QuoteRow

KINDS = ("proposal", "quote_letter")


def issue_quote_paper(session: Session, quote_id: str, kind: str, *, desk: Desk) -> DocumentRow:
    """File a paper of a quote; the same content is the same paper.

    Raises:
        NotFound: there is no such quote.
        Invalid: the kind is none of `KINDS`.
    """
    if kind not in KINDS:
        raise invalid("kind", f"{kind!r} is no paper of a quote", f"use one of {', '.join(KINDS)}")
    if kind == "quote_letter":
        return issue_letter(session, quote_id, desk=desk)
    row = store.quote(session, quote_id, lock=True)
    return _proposal(session, row, desk)


def _proposal(session: Session, row: QuoteRow, desk: Desk) -> DocumentRow:
    priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
    assert priced.receipt == row.receipt, "a stored quote replays to the same bytes"
    form = proposal(
        priced,
        product(row.product),
        number=f"{row.number}-P",
        insurer=desk.insurer,
        client=store.party(session, row.client_id).name,
        receipt_sha256=row.receipt_sha256,
    )
    return file_once(session, books.Subject("quote", row.id), form, desk=desk)
