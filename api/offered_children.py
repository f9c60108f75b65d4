"""Acts that are open on a claim's fought matter, its calls and filings, its disposals and lots."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final

from sqlmodel import Session

from claims.award_disposal import check_award, defaulting
from claims.calls import store as calls
from claims.calls.moves import MOVES, OPEN, State
from claims.calls.paid import CALL
from claims.calls.store import CallRow
from claims.calls.waiting import Filing
from claims.close_disposal import check_closing
from claims.counsel import store as counsel
from claims.disposal import lots
from claims.disposal.lots import DisposalLotRow
from claims.facts import Case
from claims.rules.conduct.stages import stages_of
from claims.rules.disposal.moves import Lot
from claims.rules.lifecycle import ENDED
from claims.rules.lifecycle import State as Claim
from kernel.desk import Desk
from kernel.errors import Conflict

Offer = tuple[str, str]
"""Operation and path."""

_FOUGHT: Final = {
    "appoint_counsel": "counsel",
    "budget_stage": "budgets",
    "reserve_rights": "reservations",
    "propose_settlement": "settlement-proposals",
    "conclude_matter": "outcome",
    "join_claim": "demands",
}
_FREE: Final = (Lot.VALUED, Lot.UNSOLD)


def goes(check: Callable[[], object]) -> bool:
    """Say whether an act would go by its own check: what it refuses is not offered."""
    try:
        check()
    except Conflict:
        return False
    return True


def of_matter(session: Session, case: Case, place: str) -> Iterator[Offer]:
    """Yield what is open on a fought matter; nothing on a claim of another kind."""
    if not stages_of(case.kind):
        return
    claim_id = case.claim.id
    if case.claim.state not in ENDED:
        yield from ((one, f"{place}/{path}") for one, path in _FOUGHT.items())
        yield from _answers(session, claim_id, place)
    for one in counsel.reservations(session, claim_id):
        if one.state == "reserved":
            yield "end_reservation", f"{place}/reservations/{one.sequence}/end"


def _answers(session: Session, claim_id: str, place: str) -> Iterator[Offer]:
    for who in counsel.counsel(session, claim_id):
        if who.answered_on is None:
            yield "answer_counsel", f"{place}/counsel/{who.sequence}/answer"
    for budget in counsel.budgets(session, claim_id):
        if budget.answered_on is None:
            yield "answer_budget", f"{place}/budgets/{budget.sequence}/answer"
    for asked in counsel.consents(session, claim_id):
        if asked.answered_on is None:
            yield "answer_settlement", f"{place}/settlement-proposals/{asked.sequence}/answer"
    for held in counsel.reservations(session, claim_id):
        if held.proof is None:
            yield "prove_reservation", f"{place}/reservations/{held.sequence}/proof"


def of_calls(session: Session, case: Case, on: date) -> Iterator[Offer]:
    """Yield what is open on each call and filing of a claim."""
    for row in calls.of_claim(session, case.claim.id):
        yield from ((one, f"/v1/calls/{row.id}/{path}") for one, path in _call(row, on))
    if case.claim.state == Claim.SETTLED:
        place, filings = f"/v1/claims/{case.claim.id}", calls.filings(session, case.claim.id)
        if any(one.state == Filing.WAITING for one in filings):
            yield "fix_final_loss", f"{place}/final-loss"
        if any(one.state == Filing.FIXED for one in filings):
            yield "file_with_pool", f"{place}/filings"


def _call(row: CallRow, on: date) -> Iterator[Offer]:
    state = State(row.state)
    if state in (*OPEN, State.DEFAULTED):
        yield "pay_call", "payment"
    if state is State.PAID:
        yield "receipt_call", "receipt"
    if state is State.DISPUTED:
        yield "resolve_call", "resolution"
    if row.direction != CALL:
        return
    if State.ACCEPTED in MOVES[state]:
        yield "accept_call", "acceptance"
    if State.DISPUTED in MOVES[state]:
        yield "dispute_call", "dispute"
    if State.NOTICED in MOVES[state] and on > row.due_on:
        yield "warn_party", "notice"
    if state is State.NOTICED and row.cure_until and on > row.cure_until:
        yield "default_call", "default"


def of_disposals(session: Session, claim_id: str, desk: Desk) -> Iterator[Offer]:
    """Yield what is open on each disposal of a claim and on each of its lots."""
    for row in lots.disposals(session, claim_id):
        if row.state != "open":
            continue
        every = lots.lots(session, row.id)
        yield "note_expense", f"/v1/disposals/{row.id}/expenses"
        if all(one.state == Lot.CLOSED for one in every):
            yield "close_disposal", f"/v1/disposals/{row.id}/closing"
        for one in every:
            found = _lot(session, one, desk)
            yield from ((name, f"/v1/lots/{one.id}/{path}") for name, path in found)


def _lot(session: Session, row: DisposalLotRow, desk: Desk) -> Iterator[Offer]:
    state = Lot(row.state)
    if state in (Lot.OPENED, *_FREE):
        yield "value_lot", "valuations"
    if state in _FREE:
        yield "offer_lot", "listings"
        yield "sell_lot", "sale"
        yield "license_lot", "licence"
    if state is Lot.LISTED:
        yield "bid_on_lot", "bids"
    if goes(partial(check_award, session, row, desk.at)):
        yield "award_lot", "award"
    if state in (Lot.AWARDED, Lot.LICENSED):
        yield "receive_proceeds", "proceeds"
    if goes(partial(check_closing, session, row, desk.on)):
        yield "close_lot", "closing"
    if goes(partial(defaulting, session, row, desk.on)):
        yield "default_award", "default"
