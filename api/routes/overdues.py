"""Overdue loans: notice, letters of demand, their service, ends, and the claim."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.as_sent import as_sent
from api.claim_view import claim_answer
from api.deps import At, Key, Office
from api.offered_overdue import offered_overdue
from api.route import HouseRoute
from api.routes.settlements import settled
from api.schemas import overdues as wire
from api.schemas.claim_answers import ClaimAnswer
from api.schemas.common import Listing, PathId
from api.schemas.sent import Sent
from api.schemas.settlements import SettlementAnswer
from api.sight import overdue_seen, policy_seen
from claims.claim_overdue import Claiming, claim_overdue
from claims.dun import Demand, dun
from claims.end_overdue import End, Ending, end_overdue
from claims.intervene import Agreement, intervene
from claims.overdue import store
from claims.overdue.case import overdue_case
from claims.record_service import Service, record_service
from claims.report_overdue import OverdueNotice, report_overdue
from kernel.desk import Desk
from kernel.errors import Fault, NotPermitted, invalid
from underwriting.record_event import record_events
from underwriting.watch.loan_event import LoanEventKind
from underwriting.watch.loan_form import LoanEventForm

LetterNumber = Annotated[int, Path(ge=1, le=9, description="Of the letter in its case")]

_ONE_EVENT = {"events[0]": "event", "event_key": "event.key", "since": "event.since"}
"""What the loan's record calls the one event that is sent here."""

router = APIRouter(route_class=HouseRoute, tags=["overdue loans"])


@router.post(
    "/v1/policies/{policy_id}/overdues",
    operation_id="report_overdue",
    summary="Report a loan overdue",
    status_code=201,
    response_model=wire.OverdueAnswer,
)
def create_overdue(
    office: At, key: Key, policy_id: PathId, sent: Sent[wire.OverdueRequest]
) -> Response:
    """Record the overdue among the loan's events, and open its case with all its clocks."""

    def act(session: Session, desk: Desk) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        _check_reports(sent.event, LoanEventKind.OVERDUE)
        notice = OverdueNotice(policy_id, sent.event.key, sent.known_on)
        with as_sent(_ONE_EVENT):
            record_events(session, policy_id, [sent.event], desk=desk)
            row = report_overdue(session, notice, desk=desk)
        return shown(session, row.id, desk.on)

    return office.once(key, sent, act)


@router.get(
    "/v1/policies/{policy_id}/overdues",
    operation_id="list_overdues",
    summary="List overdue cases of a loan",
    response_model=Listing[wire.OverdueAnswer],
)
def list_overdues(office: At, policy_id: PathId) -> Response:
    """Every case of the policy, by its first day unpaid."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        rows = store.overdues_of(session, policy_id)
        items = tuple(shown(session, row.id, on) for row in rows)
        return Listing[wire.OverdueAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/overdues/{overdue_id}",
    operation_id="read_overdue",
    summary="Read an overdue case",
    response_model=wire.OverdueAnswer,
)
def read_overdue(office: At, overdue_id: PathId) -> Response:
    """Its clocks, letters, findings, and what waits for whom."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        overdue_seen(session, office.actor, overdue_id)
        return shown(session, overdue_id, on)

    return office.read(act)


@router.post(
    "/v1/overdues/{overdue_id}/dunning",
    operation_id="dun_overdue",
    summary="Send a letter of demand",
    status_code=201,
    response_model=wire.OverdueAnswer,
)
def dun_overdue(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.DunningRequest]
) -> Response:
    """The bank demands by itself first; the joint letter is sent by the insurer for both."""

    def act(session: Session, desk: Desk) -> BaseModel:
        overdue_seen(session, office.actor, overdue_id)
        _check_signs(office, sent.step)
        demand = Demand(wire.step_of(sent), sent.method, sent.sent_on, sent.pay_by)
        dun(session, overdue_id, demand, desk=desk)
        return shown(session, overdue_id, desk.on)

    return office.once(key, sent, act)


@router.post(
    "/v1/overdues/{overdue_id}/dunning/{sequence}/service",
    operation_id="serve_dunning",
    summary="Prove that a letter of demand was served",
    response_model=wire.OverdueAnswer,
)
def serve_dunning(
    office: At,
    key: Key,
    overdue_id: PathId,
    sequence: LetterNumber,
    sent: Sent[wire.ServiceRequest],
) -> Response:
    """The day it reached the borrower, and the slip or deed that shows it."""

    def act(session: Session, desk: Desk) -> BaseModel:
        overdue_seen(session, office.actor, overdue_id)
        service = Service(sent.served_on, sent.proof)
        record_service(session, overdue_id, sequence, service, desk=desk)
        return shown(session, overdue_id, desk.on)

    return office.once(key, sent, act)


@router.post(
    "/v1/overdues/{overdue_id}/cure",
    operation_id="cure_overdue",
    summary="Report that what was overdue was paid",
    response_model=wire.OverdueAnswer,
)
def cure_overdue(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.CureRequest]
) -> Response:
    """Record the payment among the loan's events and end the case; learnt late, it counts."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = overdue_seen(session, office.actor, overdue_id)
        _check_reports(sent.event, LoanEventKind.CURED)
        with as_sent(_ONE_EVENT):
            record_events(session, row.policy_id, [sent.event], desk=desk)
            end_overdue(session, overdue_id, Ending(End.CURED, sent.event.key), desk=desk)
        return shown(session, overdue_id, desk.on)

    return office.once(key, sent, act)


@router.post(
    "/v1/overdues/{overdue_id}/extension",
    operation_id="extend_overdue",
    summary="End an overdue case by leave to extend",
    response_model=wire.OverdueAnswer,
)
def extend_overdue(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.ExtensionRequest]
) -> Response:
    """The leave was granted at the consent desk before."""

    def act(session: Session, desk: Desk) -> BaseModel:
        overdue_seen(session, office.actor, overdue_id)
        end_overdue(session, overdue_id, Ending(End.EXTENDED, sent.consent_id), desk=desk)
        return shown(session, overdue_id, desk.on)

    return office.once(key, sent, act)


@router.post(
    "/v1/overdues/{overdue_id}/claim",
    operation_id="claim_overdue",
    summary="Claim an overdue loan",
    status_code=201,
    response_model=ClaimAnswer,
)
def create_overdue_claim(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.OverdueClaimRequest]
) -> Response:
    """Open the claim with the lines that the newest transcript was worked out to."""

    def act(session: Session, desk: Desk) -> BaseModel:
        overdue_seen(session, office.actor, overdue_id)
        claim = claim_overdue(session, overdue_id, Claiming(sent.papers), desk=desk)
        return claim_answer(session, claim.id, desk, actor=office.actor)

    return office.once(key, sent, act)


@router.post(
    "/v1/overdues/{overdue_id}/early-payment",
    operation_id="pay_overdue_early",
    summary="Pay before the waiting period ends",
    status_code=201,
    response_model=SettlementAnswer,
)
def pay_overdue_early(
    office: At, key: Key, overdue_id: PathId, sent: Sent[wire.EarlyPaymentRequest]
) -> Response:
    """By agreement, at a level of authority; the decision on the claim takes it into its total."""

    def act(session: Session, desk: Desk) -> BaseModel:
        currency = overdue_seen(session, office.actor, overdue_id).currency
        agreement = Agreement(sent.minor(currency), sent.agreed_on, sent.words)
        return settled(session, intervene(session, overdue_id, agreement, desk=desk))

    return office.once(key, sent, act)


def shown(session: Session, overdue_id: str, on: date) -> wire.OverdueAnswer:
    """Return a case as it stands on a day."""
    newest, case = (
        store.newest_transcript(session, overdue_id),
        overdue_case(session, overdue_id, on),
    )
    letters, transcript = store.letters(session, overdue_id), newest.id if newest else None
    offered = offered_overdue(case.row, letters, transcript, on)
    return wire.overdue_answer(case, letters, transcript, on, offered=offered)


def _check_reports(event: LoanEventForm, kind: LoanEventKind) -> None:
    """Refuse a report of something else than the act is about."""
    if event.kind is not kind:
        raise invalid("event.kind", f"is not {kind}", f"report an event of kind {kind}")


def _check_signs(office: Office, step: str) -> None:
    """Refuse a joint letter from the bank alone: the insurer signs it too."""
    if step == "joint" and office.actor.only_client is not None:
        fault = Fault("step", "a joint letter needs the insurer", "ask the insurer to send it")
        raise NotPermitted("joint-letter", fault)
