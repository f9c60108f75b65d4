"""ACTS: end a claim when nothing is open, and open it again when money still comes."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlmodel import Session

from claims import store
from claims.calls import store as called
from claims.deciding.again import undecided
from claims.disposal import lots
from claims.disposal.account import balances
from claims.facts import Case, case_of
from claims.reserving.keep import release, set_reserve
from claims.reserving.store import waiting
from claims.room import store as room
from claims.rules.lifecycle import ENDED, REOPENS, State, move
from claims.tables import ClaimRow
from claims.taking.opened import loan_key
from claims.worth import first_reserve
from kernel.clock import business_date
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money

_CODES: Final[Mapping[str, str]] = {
    "calls": "calls-unpaid",
    "overpaid": "overpaid",
    "recoveries": "recoveries-open",
    "disposals": "disposal-open",
    "reserves": "reserves-proposed",
    "appeals": "appeal-open",
}
"""What is open -> the code under which closing is refused."""


def close(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Close a settled or denied claim on which nothing is open; recourse may go on after it.

    Raises:
        Conflict: it is not decided, calls on parties are unpaid, the insured owes back what it
            was paid too much, recoveries are not handed over, a disposal is open, reserves are
            proposed, or an appeal waits; each is named, and the first gives the code.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    state = move(row.state, State.CLOSED)
    if faults := tuple(unsettled(session, case)):
        raise Conflict(_CODES[faults[0].field.partition(".")[0]], *faults)
    release(session, row, desk)
    row.state = state
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "closed", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row


def unsettled(session: Session, case: Case) -> Iterator[Fault]:
    """Yield what is open on a claim and must be ended before it is closed.

    What a debtor still owes is not: a recourse may last for years, and money that comes of it
    reopens the claim. A disposal is: its lots bring money that a closed claim does not take.
    """
    yield from _unpaid(session, case)
    yield from _to_hand_over(session, case)
    for disposal in lots.disposals(session, case.claim.id):
        if disposal.state == "open":
            cure = "end its lots, sold or withdrawn, and close it: POST /v1/disposals/{id}/closing"
            yield Fault(f"disposals.{disposal.number}", "is open", cure)
    for proposal in waiting(session, case.claim):
        words = f"reserves proposed on {business_date(proposal.created_at)} wait for an answer"
        yield Fault(f"reserves.{proposal.id}", words, "approve or refuse them first")
    for row in room.appeals(session, case.claim.id):
        if row.outcome is None:
            words = f"appeal {row.sequence} waits for its answer, due by {row.answer_by}"
            yield Fault(f"appeals.{row.id}", words, "answer it first: POST /v1/appeals/{id}/answer")


def _unpaid(session: Session, case: Case) -> Iterator[Fault]:
    """Yield each call that is unpaid, each that is to come, and what the insured owes back."""
    for call in called.unpaid(session, case.claim.id):
        cure = "record its payment first"
        yield Fault(f"calls.{call.party}", f"{call.direction} {call.id} is unpaid", cure)
    for filing in called.filings(session, case.claim.id):
        if filing.state != "filed" and filing.amount_minor:
            words = f"{filing.party} was not called yet: it pays on the final loss"
            yield Fault(f"calls.{filing.party}", words, "file the final loss with it first")
    if case.standing and case.standing.overpaid_minor:
        money = Money(case.standing.overpaid_minor, case.standing.currency)
        cure = "record its repayment first: POST /v1/claims/{id}/repayments"
        yield Fault("overpaid", f"the insured owes back {money}", cure)


def _to_hand_over(session: Session, case: Case) -> Iterator[Fault]:
    """Yield each payee that is still due money of recoveries, or had too much."""
    place = "POST /v1/claims/{id}/recovery-payments"
    for one in balances(session, case):
        due, back = (Money(minor, case.claim.currency) for minor in (one.to_give, one.to_hand_back))
        if due.minor:
            cure = f"record that it was given, or set off against its call: {place}"
            yield Fault(f"recoveries.{one.payee}", f"{one.payee} is due {due} of recoveries", cure)
        if back.minor:
            cure = f"record that it handed it back: {place}"
            yield Fault(f"recoveries.{one.payee}", f"{one.payee} must hand back {back}", cure)


def reopen(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Open a claim that ended again: a settled one for what still comes, a denied one anew.

    A denied claim need not be closed before: what it was paid on account and owes back stands
    against what the next decision finds owed.

    Raises:
        Conflict: it is neither closed nor denied, or the default of the loan has another claim by
            now.
    """
    case = case_of(session, claim_id, lock=True)
    row, denied = case.claim, bool(case.claim.file.get("denied"))
    if row.state not in ENDED:
        words = "only a claim that is closed or denied is reopened"
        fault = Fault("state", f"the claim is {row.state}", words)
        raise Conflict("claim-move-not-allowed", fault)
    row.state = REOPENS[not denied].value
    if denied:
        _take_up(session, case, desk)
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "reopened", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row


def _take_up(session: Session, case: Case, desk: Desk) -> None:
    """Look at a denied claim anew: its default is its own again, its reserve is set up."""
    row = case.claim
    loan = loan_key(case.policy)
    twin = loan and store.claim_of_loan(session, row.client_id, loan, row.default_date)
    if twin:
        fault = Fault("default_date", "this default has a claim", f"read claim {twin.id}")
        raise Conflict("claim-twice", fault)
    row.loan = loan
    row.file = undecided(row.file)
    set_reserve(session, row, first_reserve(session, case, desk), desk)
