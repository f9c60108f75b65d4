"""What else may be done from here: acts on what belongs to a claim, as its state allows them.

`api.actions` says of the acts on a claim itself why they are blocked; here stands what is open.
"""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from api.access import Actor, is_shown
from api.offered_children import Offer, of_calls, of_disposals, of_matter
from api.policy import ALLOWED
from api.schemas.claim_answers import Action
from claims import store
from claims.appeal import barred
from claims.disposal.account import balances
from claims.disposal.lots import disposals
from claims.disposal.recourse import subrogation_of
from claims.facts import Case, missing_papers
from claims.overdue.store import overdue_of_claim
from claims.reserving.store import waiting as proposals
from claims.room import store as room
from claims.room.decided import decided
from claims.room.duties import signers
from claims.room.standing import borne
from claims.room.terms import appeal_terms
from claims.room.view import Side
from claims.rules.asked import listed
from claims.rules.lifecycle import State
from kernel.desk import Desk
from kernel.period import add_days

_LOOKED_AT = (State.NOTIFIED, State.PAPERS_REQUESTED)
_OVER = (State.CLOSED, State.DENIED)
_DECIDED = (State.SETTLED, State.DENIED, State.CLOSED)


def offered(session: Session, case: Case, desk: Desk, actor: Actor) -> tuple[Action, ...]:
    """Return every act on a claim's papers, matter, calls, disposals, seats that is open just now.

    A client is offered what its own role may ask for: the rest would tell it how the house goes
    about its claim, such as that reserves are proposed. Each may be asked for with the path given;
    what it needs besides its state, such as a second person or an amount that fits, is said by the
    act itself.
    """
    place, on = f"/v1/claims/{case.claim.id}", desk.on
    found = (
        *_papers(case, place),
        *_early(session, case, on),
        *_reserves(session, case, place),
        *_settled(session, case, place),
        *_recourse(session, case, place),
        *_room(session, case, place),
        *_appeals(session, case, place, on, actor),
        *of_matter(session, case, place),
        *of_calls(session, case, on),
        *of_disposals(session, case.claim.id, desk),
    )
    return tuple(offer(operation, path) for operation, path in found if is_shown(actor, operation))


def offer(operation: str, path: str) -> Action:
    """Return an act that may be done, and who may ask for it."""
    roles = tuple(sorted(ALLOWED[operation]))
    return Action(operation=operation, path=path, roles=roles, allowed=True, blocked_by=())


def _papers(case: Case, place: str) -> Iterator[Offer]:
    state, received = case.claim.state, case.claim.file["papers"]
    wanted = listed(case.contract.papers, case.claim.file)
    if state != State.CLOSED:
        for code in wanted:
            yield "receive_claim_paper", f"{place}/papers/{code}"
    if state in _LOOKED_AT:
        for code in wanted:
            if code in received:
                yield "reject_claim_paper", f"{place}/papers/{code}/rejection"
    if state == State.NOTIFIED and missing_papers(case) and not case.claim.file.get("requested_on"):
        yield "request_claim_papers", f"{place}/paper-requests"
    if case.claim.file.get("requested_on") or case.claim.file.get("assessed_on"):
        yield "issue_claim_paper", f"{place}/papers"


def _early(session: Session, case: Case, on: date) -> Iterator[Offer]:
    row = overdue_of_claim(session, case.claim.id)
    if row and on <= row.waiting_ends and case.claim.state in (*_LOOKED_AT, State.ACCEPTED):
        yield "pay_overdue_early", f"/v1/overdues/{row.id}/early-payment"


def _reserves(session: Session, case: Case, place: str) -> Iterator[Offer]:
    waiting = proposals(session, case.claim)
    if not waiting and case.claim.state not in _OVER:
        yield "set_reserves", f"{place}/reserves"
    for one in waiting:
        yield "approve_reserves", f"/v1/reserve-proposals/{one.id}/approval"
        yield "refuse_reserves", f"/v1/reserve-proposals/{one.id}/refusal"


def _settled(session: Session, case: Case, place: str) -> Iterator[Offer]:
    if case.claim.state == State.SETTLED:
        yield "recompute_claim", f"{place}/recomputation"
    recoveries = store.recoveries(session, case.claim.id)
    if recoveries:
        yield "issue_recovery_statement", f"{place}/recovery-statement"
    if case.claim.state != State.CLOSED:
        for one in recoveries:
            yield "correct_recovery", f"/v1/recoveries/{one.id}/correction"
        if any(one.to_give or one.to_hand_back for one in balances(session, case)):
            yield "pay_recovery", f"{place}/recovery-payments"


def _recourse(session: Session, case: Case, place: str) -> Iterator[Offer]:
    standing, taken = case.standing, subrogation_of(session, case.claim.id)
    if standing is None or case.claim.state == State.CLOSED:
        return
    if standing.paid_to_bank_minor and (taken is None or taken.settlement_id != standing.id):
        yield "take_over_claim", f"{place}/subrogation"
    if taken and taken.registry_due and taken.registered_on is None:
        yield "note_pledgee", f"{place}/pledgee"
    if taken and not [one for one in disposals(session, case.claim.id) if one.state == "open"]:
        yield "open_disposal", f"{place}/disposals"


def _room(session: Session, case: Case, place: str) -> Iterator[Offer]:
    standing = case.standing
    if standing is None:
        return
    signed = {
        one.party
        for one in room.signatures(session, case.claim.id)
        if one.settlement_id == standing.id
    }
    if set(signers(session, standing.id)) - signed:
        yield "sign_share", f"{place}/signatures"
    if borne(session, case) - signed:
        yield "dissent", f"{place}/dissents"


def _appeals(session: Session, case: Case, place: str, on: date, actor: Actor) -> Iterator[Offer]:
    appeals = room.appeals(session, case.claim.id)
    for one in appeals:
        if one.outcome is not None:
            continue
        yield "hear_appeal", f"/v1/appeals/{one.id}/opinions"
        heard = len(room.opinions(session, one.id))
        if heard >= appeal_terms().panel:
            yield "answer_appeal", f"/v1/appeals/{one.id}/answer"
    if case.claim.state not in _DECIDED:
        return
    decision, who = decided(session, case), {Side.INSURED.value}
    if actor.only_client is None:  # the house is told what any party may do
        who |= borne(session, case) - {case.contract.issuer, case.sides.bank}
    late = on > add_days(decision.on, appeal_terms().appeal_days)
    if not late and not all(barred(appeals, one, decision) for one in who):
        yield "appeal", f"{place}/appeals"
