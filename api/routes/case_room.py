"""The case room: the timeline, the case as each may see it, signatures, dissent, seats."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.access import Actor
from api.as_sent import as_sent
from api.deps import At, Key
from api.policy import HOUSE
from api.room_view import room_answer, timeline_answer
from api.route import HouseRoute
from api.schemas.case_room import (
    CaseLine,
    DissentAnswer,
    DissentRequest,
    RoomAnswer,
    SeatAnswer,
    SeatRequest,
    SignatureAnswer,
    SignatureRequest,
    TimelineAnswer,
    dissent_answer,
    seat_answer,
    signature_answer,
)
from api.schemas.common import After, Limit, Listing, PathId
from api.schemas.sent import Sent
from claims.dissent import Dissent, dissent
from claims.facts import Case, case_of
from claims.give_seat import give_seat
from claims.room import store
from claims.room.standing import seated_in, view_of
from claims.room.view import View
from claims.sign_share import Signature, sign_share
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["case room"])


def seen_by(session: Session, actor: Actor, claim_id: str) -> tuple[Case, View]:
    """Return a case and how the caller looks at it.

    Raises:
        NotFound: there is none, or it is not the caller's to see.
    """
    case = case_of(session, claim_id)
    return case, view_of(session, case, actor.party_id, house=actor.role in HOUSE)


@router.get(
    "/v1/claims/{claim_id}/timeline",
    operation_id="read_claim_timeline",
    summary="Read the timeline of a claim",
    response_model=TimelineAnswer,
)
def read_claim_timeline(office: At, claim_id: PathId) -> Response:
    """All that happened, as sentences; all that is open, whose turn it is and by when."""
    on = office.desk().on

    def act(session: Session) -> BaseModel:
        case, view = seen_by(session, office.actor, claim_id)
        return timeline_answer(session, case, view, on)

    return office.read(act)


@router.get(
    "/v1/claims/{claim_id}/room",
    operation_id="read_case",
    summary="Read a case as your role may see it",
    response_model=RoomAnswer,
)
def read_case(office: At, claim_id: PathId) -> Response:
    """Facts, findings, papers, shares; of calls and recoveries what is yours."""

    def act(session: Session) -> BaseModel:
        case, view = seen_by(session, office.actor, claim_id)
        return room_answer(session, case, view)

    return office.read(act)


@router.get(
    "/v1/cases",
    operation_id="list_cases",
    summary="List the cases of your seats",
    response_model=Listing[CaseLine],
)
def list_cases(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Cases in which a party that you speak for bears a share; a page may be shorter."""

    def act(session: Session) -> BaseModel:
        seats = store.seats(session, party_id=office.actor.party_id)
        codes = frozenset(seat.scheme_code for seat in seats)
        rows = store.cases_of_schemes(session, codes, after=after, limit=limit + 1)
        lines = (_line(session, office.actor, row.id) for row in rows[:limit])
        items = tuple(line for line in lines if line is not None)
        return Listing(items=items, next=rows[limit - 1].id if len(rows) > limit else None)

    return office.read(act)


def _line(session: Session, actor: Actor, claim_id: str) -> CaseLine | None:
    case = case_of(session, claim_id)
    parties = seated_in(session, case, actor.party_id)
    if not parties:
        return None
    row = case.claim
    return CaseLine(
        claim_id=row.id,
        number=row.number,
        state=row.state,
        scheme=case.policy.scheme_code,
        parties=tuple(sorted(parties)),
        default_date=row.default_date,
        notified_on=row.notified_on,
    )


@router.post(
    "/v1/seats",
    operation_id="give_seat",
    summary="Give a registered party the seat of a party of a scheme",
    status_code=201,
    response_model=SeatAnswer,
)
def seat(office: At, key: Key, sent: Sent[SeatRequest]) -> Response:
    """It sees the cases of the scheme in which that party bears a share, and signs for it."""
    scheme = office.house.scheme(sent.scheme)

    def act(session: Session, desk: Desk) -> BaseModel:
        return seat_answer(give_seat(session, scheme, sent.party, sent.party_id, desk=desk))

    return office.once(key, sent, act)


@router.get(
    "/v1/seats",
    operation_id="list_seats",
    summary="List the seats",
    response_model=Listing[SeatAnswer],
)
def list_seats(office: At) -> Response:
    """Who speaks for which party of which scheme."""

    def act(session: Session) -> BaseModel:
        return Listing(items=tuple(seat_answer(row) for row in store.seats(session)), next=None)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/signatures",
    operation_id="sign_share",
    summary="Sign your own share",
    status_code=201,
    response_model=SignatureAnswer,
)
def sign(office: At, key: Key, claim_id: PathId, sent: Sent[SignatureRequest]) -> Response:
    """The share of the settlement that stands; a later one asks anew."""
    signature = Signature(sent.party, sent.sequence, sent.sha256, sent.name)

    def act(session: Session, desk: Desk) -> BaseModel:
        case, view = seen_by(session, office.actor, claim_id)
        row = sign_share(session, claim_id, signature, view=view, desk=desk)
        return signature_answer(row, case.claim.currency)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/signatures",
    operation_id="list_signatures",
    summary="List the signatures",
    response_model=Listing[SignatureAnswer],
)
def list_signatures(office: At, claim_id: PathId) -> Response:
    """Who signed its share of which settlement."""

    def act(session: Session) -> BaseModel:
        case, _ = seen_by(session, office.actor, claim_id)
        rows = store.signatures(session, claim_id)
        unit = case.claim.currency
        return Listing(items=tuple(signature_answer(row, unit) for row in rows), next=None)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/dissents",
    operation_id="dissent",
    summary="Dissent from the settlement",
    status_code=201,
    response_model=DissentAnswer,
)
def say_dissent(office: At, key: Key, claim_id: PathId, sent: Sent[DissentRequest]) -> Response:
    """It is kept and told, and blocks nothing; it may dispute your call.

    What you have signed you do not dissent from; what you dissent from you may sign after all.
    """
    disputes = None if sent.disputes is None else sent.disputes.money("disputes.amount")
    clause = sent.clause or ""
    said = Dissent(sent.party, sent.sequence, sent.reason, clause, sent.name, disputes)

    def act(session: Session, desk: Desk) -> BaseModel:
        _, view = seen_by(session, office.actor, claim_id)
        with as_sent({"amount": "disputes"}):
            row = dissent(session, claim_id, said, view=view, desk=desk)
        return dissent_answer(row)

    return office.once(key, sent, act)


@router.get(
    "/v1/claims/{claim_id}/dissents",
    operation_id="list_dissents",
    summary="List the dissent",
    response_model=Listing[DissentAnswer],
)
def list_dissents(office: At, claim_id: PathId) -> Response:
    """Who did not agree with which settlement, why, and whether it signed after all."""

    def act(session: Session) -> BaseModel:
        seen_by(session, office.actor, claim_id)
        rows = store.dissents(session, claim_id)
        stand = {row.id for row in store.standing_dissents(session, claim_id)}
        items = tuple(dissent_answer(row, stands=row.id in stand) for row in rows)
        return Listing(items=items, next=None)

    return office.read(act)
