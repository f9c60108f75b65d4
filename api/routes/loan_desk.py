"""The loan after issue: events in, how it stands, and leave for what shall change."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.life import outside
from api.route import HouseRoute
from api.schemas import loan_desk as wire
from api.schemas.common import Listing, PathId
from api.schemas.sent import Sent
from api.sight import consent_seen, policy_seen
from kernel.desk import Desk
from kernel.wire import Day
from underwriting.answer_consent import ConsentAnswer, answer_consent
from underwriting.ask_consent import AskedConsent, ask_consent
from underwriting.loan_events import consents, store
from underwriting.loan_events.loan_today import loan_today
from underwriting.record_event import record_events
from underwriting.watch.change_consented import change_consented

router = APIRouter(route_class=HouseRoute, tags=["loans"])

ValidOn = Annotated[Day | None, Query(description="At the end of this day; today if left out")]


@router.post(
    "/v1/policies/{policy_id}/loan-events",
    operation_id="record_loan_events",
    summary="Report what happened to a loan",
    status_code=201,
    response_model=wire.LoanEventsAnswer,
)
def record_loan_events(
    office: At, key: Key, policy_id: PathId, sent: Sent[wire.LoanEventsRequest]
) -> Response:
    """Record events, all or none, with every row that is wrong named; a key counts once."""

    def act(session: Session, desk: Desk) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        done = record_events(session, policy_id, sent.events, desk=desk)
        return wire.LoanEventsAnswer(
            events=tuple(map(wire.event_answer, done.rows)),
            new=done.new,
            findings=tuple(one.json() for one in done.findings),
            loan=_loan(session, policy_id, desk.on),
        )

    return office.once(key, sent, act)


@router.get(
    "/v1/policies/{policy_id}/loan-events",
    operation_id="list_loan_events",
    summary="List what happened to a loan",
    response_model=Listing[wire.LoanEventAnswer],
)
def list_loan_events(office: At, policy_id: PathId) -> Response:
    """Every event in the order in which it became known, those taken back included."""

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        rows = store.event_rows(session, policy_id)
        return Listing[wire.LoanEventAnswer](items=tuple(map(wire.event_answer, rows)), next=None)

    return office.read(act)


@router.get(
    "/v1/policies/{policy_id}/loan",
    operation_id="read_loan",
    summary="Read how a loan stands",
    response_model=wire.LoanAnswer,
)
def read_loan(office: At, policy_id: PathId, valid_on: ValidOn = None) -> Response:
    """Principal owed against the plan, arrears, days overdue, and whether changes had leave."""
    day = valid_on or office.desk().on

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        return _loan(session, policy_id, day)

    return office.read(act)


@router.post(
    "/v1/policies/{policy_id}/consents",
    operation_id="ask_consent",
    summary="Ask leave to change the loan",
    status_code=201,
    response_model=wire.ConsentAnswered,
)
def create_consent(
    office: At, key: Key, policy_id: PathId, sent: Sent[wire.ConsentRequest]
) -> Response:
    """Answered at once where the rules may, with its price; else referred, or refused in full."""
    counts = office.house.settings.own_counts

    def act(session: Session, desk: Desk) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        asked = AskedConsent(sent.kind, sent.effective_on, sent.reason, sent.risk)
        row = ask_consent(
            session, policy_id, asked, desk=desk, counts=counts,
            outside=outside(session, policy_id),
        )  # fmt: skip
        return wire.consent_answer(row, consents.answer_to(session, row.id))

    return office.once(key, sent, act)


@router.get(
    "/v1/policies/{policy_id}/consents",
    operation_id="list_consents",
    summary="List the leave that was asked",
    response_model=Listing[wire.ConsentAnswered],
)
def list_consents(office: At, policy_id: PathId) -> Response:
    """Every request for leave on a policy, oldest first, with its answer."""

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        found = consents.consents(session, policy_id)
        items = tuple(wire.consent_answer(row, answer) for row, answer in found)
        return Listing[wire.ConsentAnswered](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/consents/{consent_id}",
    operation_id="read_consent",
    summary="Read one request for leave",
    response_model=wire.ConsentAnswered,
)
def read_consent(office: At, consent_id: PathId) -> Response:
    """What was asked, its price, every finding, and the answer."""

    def act(session: Session) -> BaseModel:
        row = consent_seen(session, office.actor, consent_id)
        return wire.consent_answer(row, consents.answer_to(session, row.id))

    return office.read(act)


@router.post(
    "/v1/consents/{consent_id}/answer",
    operation_id="answer_consent",
    summary="Answer a request for leave",
    response_model=wire.ConsentAnswered,
)
def create_consent_answer(
    office: At, key: Key, consent_id: PathId, sent: Sent[wire.ConsentAnswerRequest]
) -> Response:
    """A second person of enough authority grants it at the price shown, or refuses it."""
    counts = office.house.settings.own_counts

    def act(session: Session, desk: Desk) -> BaseModel:
        row = consents.consent(session, consent_id)
        conditions = tuple((one.words, one.words_zh) for one in sent.conditions)
        said = ConsentAnswer(sent.outcome == "granted", sent.reason, conditions)
        answer = answer_consent(
            session, consent_id, said, desk=desk, counts=counts,
            outside=outside(session, row.policy_id),
        )  # fmt: skip
        return wire.consent_answer(row, answer)

    return office.once(key, sent, act)


def _loan(session: Session, policy_id: str, on: Day) -> wire.LoanAnswer:
    today = loan_today(session, policy_id, on)
    return wire.loan_answer(today, on, change_consented(today.file, on))
