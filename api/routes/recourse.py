"""Recourse and recoveries: taking over, payments of payees, corrections, statements."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.as_sent import as_sent
from api.deps import At, Key
from api.disposal_view import subrogation_answer
from api.recovery_view import edition_answer, experience_answer, statement_answer
from api.route import HouseRoute
from api.schemas.common import Listing, PathId
from api.schemas.disposal_answers import (
    EditionAnswer,
    ExperienceAnswer,
    RecoveryStatementAnswer,
    SubrogationAnswer,
)
from api.schemas.disposals import (
    CorrectionRequest,
    PledgeeRequest,
    RecoveryPaymentRequest,
    RecoveryStatementRequest,
    SubrogationRequest,
)
from api.schemas.sent import Sent
from api.schemas.settlements import RecoveryAnswer, recovery_answer
from api.schemas.trail import DocumentAnswer, document_answer
from api.sight import claim_seen, recovery_seen
from claims.correct_recovery import correct_recovery
from claims.disposal.store import editions
from claims.experience import experience
from claims.issue_recovery_account import issue_recovery_account
from claims.pay_recovery import pay_recovery
from claims.subrogate import note_pledgee, subrogate
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.wire import FIRST_DAY, LAST_DAY, Code, Day

router = APIRouter(route_class=HouseRoute, tags=["recoveries"])

From = Annotated[Day | None, Query(alias="from", description="First day; from the start without")]
To = Annotated[Day | None, Query(alias="to", description="Last day; to the end without")]
Party = Annotated[Code | None, Query(description="One payee; all of them without")]


@router.post(
    "/v1/claims/{claim_id}/subrogation",
    operation_id="take_over_claim",
    summary="Take a claim over after payment",
    status_code=201,
    response_model=SubrogationAnswer,
)
def take_over_claim(
    office: At, key: Key, claim_id: PathId, sent: Sent[SubrogationRequest]
) -> Response:
    """Within what was paid, less what the insured had; debtor and third parties are told."""
    taking = sent.taking()

    def act(session: Session, desk: Desk) -> BaseModel:
        subrogate(session, claim_id, taking, desk=desk)
        return subrogation_answer(session, claim_id)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/subrogation",
    operation_id="read_subrogation",
    summary="Read what passed to the insurer",
    response_model=SubrogationAnswer,
)
def read_subrogation(office: At, claim_id: PathId) -> Response:
    """What passed, who was told, and whether the registry noted it."""
    return office.read(
        lambda session: subrogation_answer(session, claim_seen(session, office.actor, claim_id).id)
    )


@router.post(
    "/v1/claims/{claim_id}/pledgee",
    operation_id="note_pledgee",
    summary="Note the change of pledgee",
    response_model=SubrogationAnswer,
)
def note_pledgee_(office: At, key: Key, claim_id: PathId, sent: Sent[PledgeeRequest]) -> Response:
    """The registry has the insurer as pledgee."""

    def act(session: Session, desk: Desk) -> BaseModel:
        note_pledgee(session, claim_id, sent.reference, sent.registered_on, desk=desk)
        return subrogation_answer(session, claim_id)

    return office.once(key, sent, act)


@router.post(
    "/v1/recoveries/{recovery_id}/correction",
    operation_id="correct_recovery",
    summary="Put a recovery right",
    response_model=RecoveryAnswer,
)
def correct_recovery_(
    office: At, key: Key, recovery_id: PathId, sent: Sent[CorrectionRequest]
) -> Response:
    """All recoveries of the claim are given back again; what was said before stays on record."""
    correction = sent.correction()

    def act(session: Session, desk: Desk) -> BaseModel:
        return recovery_answer(correct_recovery(session, recovery_id, correction, desk=desk))

    return office.once(key, sent, act)


@router.get(
    "/v1/recoveries/{recovery_id}/editions",
    operation_id="list_recovery_editions",
    summary="List how a recovery was given back",
    response_model=Listing[EditionAnswer],
)
def list_recovery_editions(office: At, recovery_id: PathId) -> Response:
    """Edition by edition; the newest holds."""

    def act(session: Session) -> BaseModel:
        row = recovery_seen(session, office.actor, recovery_id)
        items = tuple(edition_answer(one, row.currency) for one in editions(session, row.id))
        return Listing[EditionAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/recovery-payments",
    operation_id="pay_recovery",
    summary="Record a payment of recoveries",
    status_code=201,
    response_model=RecoveryStatementAnswer,
)
def pay_recovery_(
    office: At, key: Key, claim_id: PathId, sent: Sent[RecoveryPaymentRequest]
) -> Response:
    """A payee is given what it is due and does not owe itself, or hands back what is too much."""
    payment = sent.payment()

    def act(session: Session, desk: Desk) -> BaseModel:
        with as_sent({"value_date": "paid_on"}):  # a set-off pays a call
            pay_recovery(session, claim_id, payment, desk=desk)
        return statement_answer(session, claim_id, FIRST_DAY, desk.on, payment.payee)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/recovery-statement",
    operation_id="read_recovery_statement",
    summary="Read the account of recoveries",
    response_model=RecoveryStatementAnswer,
)
def read_recovery_statement(
    office: At, claim_id: PathId, opens: From = None, closes: To = None, party: Party = None
) -> Response:
    """What each payee was due and given in a period, and what is open."""
    first, last = opens or FIRST_DAY, closes or LAST_DAY
    if first > last:
        raise invalid("from", "is after the last day", "give a first day not after the last")

    def act(session: Session) -> BaseModel:
        row = claim_seen(session, office.actor, claim_id)
        return statement_answer(session, row.id, first, last, party)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/recovery-statement",
    operation_id="issue_recovery_statement",
    summary="Issue the account of recoveries as a paper",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_recovery_statement(
    office: At, key: Key, claim_id: PathId, sent: Sent[RecoveryStatementRequest]
) -> Response:
    """For a period that is over; the same content returns the same paper."""

    def act(session: Session, desk: Desk) -> BaseModel:
        paper = issue_recovery_account(
            session,
            claim_id,
            opens=sent.opens_on,
            closes=sent.closes_on,
            payee=sent.party,
            desk=desk,
        )
        return document_answer(session, paper)

    return office.once(key, sent, act)


@router.get(
    "/v1/experience/recoveries",
    operation_id="list_recovery_experience",
    summary="List what disposals fetched",
    response_model=Listing[ExperienceAnswer],
)
def list_recovery_experience(office: At) -> Response:
    """Each right that came to an end against its valuation; nothing says whose it was."""

    def act(session: Session) -> BaseModel:
        items = tuple(map(experience_answer, experience(session)))
        return Listing[ExperienceAnswer](items=items, next=None)

    return office.read(act)
