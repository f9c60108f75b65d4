"""ACT: the insured asks for consent to a settlement of the matter."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import ConsentAskedRow
from claims.fought import matter_of, note
from claims.rules.conduct.terms import answer_days
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.money import Money

PAYERS = ("insurer", "insured", "both")


@dataclass(frozen=True, slots=True)
class SettlementWanted:
    """A settlement that consent is asked for.

    Attributes:
        counterparty: with whom.
        payer: who is to pay it: `insurer`, `insured` or `both`.
        amount: to be paid.
        terms: what else is agreed.
        merits: opinion of counsel on the merits.
    """

    counterparty: str
    payer: str
    amount: Money
    terms: str
    merits: str


def propose_settlement(
    session: Session, claim_id: str, wanted: SettlementWanted, *, desk: Desk
) -> ConsentAskedRow:
    """Ask for consent; the clock for the answer starts.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is no matter that is fought, or is decided.
        Invalid: the payer is none, the amount is not above zero or in another currency.
    """
    case = matter_of(session, claim_id)
    _check(wanted, case.claim.currency)
    sequence = len(store.consents(session, claim_id)) + 1
    row = ConsentAskedRow(
        id=new_id("ca"),
        created_at=desk.at,
        claim_id=claim_id,
        sequence=sequence,
        number=f"{case.claim.number}-CS{sequence}",
        counterparty=wanted.counterparty,
        payer=wanted.payer,
        amount_minor=wanted.amount.minor,
        terms=wanted.terms,
        merits=wanted.merits,
        asked_on=desk.on,
        answer_by=answer_days("settlement").by(desk.on),
        state="asked",
        reason="",
    )
    write(session, row)
    payload = {"number": row.number, "amount_minor": row.amount_minor, "payer": row.payer}
    note(session, case, "settlement_proposed", {**payload}, desk)
    books.enqueue(
        session, books.Subject("claim", claim_id), "settlement_proposed", payload, at=desk.at
    )
    return row


def _check(wanted: SettlementWanted, currency: str) -> None:
    faults = []
    if wanted.payer not in PAYERS:
        faults.append(Fault("payer", f"{wanted.payer!r} is none", f"use {', '.join(PAYERS)}"))
    if wanted.amount.currency != currency:
        faults.append(Fault("amount", f"the claim is in {currency}", "give it in that"))
    if wanted.amount.minor <= 0:
        faults.append(Fault("amount", "is not above zero", "give what is to be paid"))
    if faults:
        raise Invalid("invalid", *faults)
