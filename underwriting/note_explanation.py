"""ACT: record that the exemption clauses of a quote were pointed out and explained."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from documents.blocks import Clause
from kernel.clock import SHANGHAI
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from underwriting import store
from underwriting.explained import EVENT, Recorded, Way, explanations
from underwriting.papers.wording import clauses_of, exemptions_of, shown_sha256
from underwriting.products import product
from underwriting.rules.contract import Contract
from underwriting.tables import QuoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation that was given.

    Attributes:
        clauses: headings of the clauses that were shown; none stands for all of them.
        wording_sha256: hash of the exemption clauses as they were shown.
        way: how.
        at: when, aware.
        explained_by: who explained.
        acknowledged_by: who confirmed it for the policyholder.
        proof: where the confirmation is kept: number of the paper, recording or page.
    """

    clauses: tuple[str, ...] = ()
    wording_sha256: str
    way: Way
    at: datetime
    explained_by: str
    acknowledged_by: str
    proof: str


def note_explanation(
    session: Session, quote_id: str, explained: Explained, *, desk: Desk
) -> tuple[Recorded, ...]:
    """Record an explanation in the trail of its quote; returns all that is on record.

    Raises:
        NotFound: there is no such quote.
        Conflict: the quote is bound or withdrawn: it is too late.
        Invalid: a clause is none of the exemption clauses; the hash is not that of the wording;
            the instant lies ahead, or before the quote.
    """
    row = store.quote(session, quote_id, lock=True)
    if row.state in ("bound", "withdrawn"):
        cure = "explain the clauses of the next quote before it is bound"
        fault = Fault("state", f"the quote is {row.state}: a contract is explained before it", cure)
        raise Conflict("quote-not-open", fault)
    _check(row, explained, desk)
    wording = exemptions_of_quote(row)
    payload = {
        "clauses": list(explained.clauses or (clause.heading for clause in wording)),
        "wording_sha256": explained.wording_sha256,
        "way": explained.way.value,
        "at": explained.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "explained_by": explained.explained_by,
        "acknowledged_by": explained.acknowledged_by,
        "proof": explained.proof,
    }
    subject = books.Subject("quote", row.id)
    books.note(session, subject, EVENT, payload, actor=desk.actor, at=desk.at)
    return explanations(session, quote_id)


def exemptions_of_quote(row: QuoteRow) -> tuple[Clause, ...]:
    """Return the exemption clauses of a quote as they are shown to the policyholder."""
    frozen = Contract.of(json.loads(row.receipt)["contract"])
    return exemptions_of(clauses_of(product(row.product), frozen, row.scheme_code))


def _check(row: QuoteRow, explained: Explained, desk: Desk) -> None:
    wording = exemptions_of_quote(row)
    known = [clause.heading for clause in wording]
    faults = [
        Fault("clauses", f"{heading!r} is no exemption clause of it", f"name some of: {known}")
        for heading in explained.clauses
        if heading not in known
    ]
    if faults:
        raise Invalid("no-such-clause", *faults)
    if explained.wording_sha256 != shown_sha256(wording):
        problem, cure = "is not that of the clauses in force", "show these, and give their hash"
        raise invalid("wording_sha256", problem, cure, code="another-wording")
    if not row.created_at <= explained.at <= desk.at:
        raise invalid("at", "is not between the quote and now", "give the instant it was given at")
