"""ACTS: end a claim when nothing is open, and open it again when money still comes."""

from collections.abc import Iterator

from sqlmodel import Session

from claims import store
from claims.calls import store as called
from claims.deciding.again import undecided
from claims.facts import Case, case_of
from claims.reserving.keep import release, set_reserve
from claims.rules.lifecycle import REOPENS, State, move
from claims.tables import ClaimRow
from claims.taking.opened import loan_key
from claims.worth import first_reserve
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money


def close(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Close a settled or denied claim.

    Raises:
        Conflict: it is not decided, calls on parties are unpaid, or the insured owes back what it
            was paid too much; each is named.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    state = move(row.state, State.CLOSED)
    if faults := tuple(unsettled(session, case)):
        code = "overpaid" if faults[0].field == "overpaid" else "calls-unpaid"
        raise Conflict(code, *faults)
    release(session, row, desk)
    row.state = state
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "closed", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row


def unsettled(session: Session, case: Case) -> Iterator[Fault]:
    """Yield what is open between the parties of a claim and must be paid before it is closed."""
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


def reopen(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Open a closed claim again: a settled one for what still comes, a denied one anew.

    Raises:
        Conflict: it is not closed, or the default of the loan has another claim by now.
    """
    case = case_of(session, claim_id, lock=True)
    row, denied = case.claim, bool(case.claim.file.get("denied"))
    if row.state != State.CLOSED:
        fault = Fault("state", f"the claim is {row.state}", "only a closed claim is reopened")
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
