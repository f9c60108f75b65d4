"""Parties, and the ratios that fuses watch."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.common import After, Limit, Listing, PathId, listing
from api.schemas.parties import (
    MeasureAnswer,
    MeasureRequest,
    PartyAnswer,
    PartyRequest,
    measure_answer,
    party_answer,
)
from api.schemas.sent import Sent
from api.sight import client_named, party_seen
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store
from underwriting.register import register_party, state_measure

router = APIRouter(route_class=HouseRoute, tags=["parties"])


@router.get(
    "/v1/parties",
    operation_id="list_parties",
    summary="List parties",
    response_model=Listing[PartyAnswer],
)
def list_parties(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Parties, newest first; a bank sees itself."""

    def act(session: Session) -> BaseModel:
        only = office.actor.only_client
        rows = store.parties_page(session, only=only, after=after, limit=limit + 1)
        return listing(rows, limit, party_answer)

    return office.read(act)


@router.post(
    "/v1/parties",
    operation_id="create_party",
    summary="Register a party",
    status_code=201,
    response_model=PartyAnswer,
)
def create_party(office: At, key: Key, sent: Sent[PartyRequest]) -> Response:
    """A bank, a fund, a guarantor or an appraiser; its register number counts once."""

    def act(session: Session, desk: Desk) -> BaseModel:
        kind = sent.kind.value
        return party_answer(register_party(session, kind, sent.name, sent.register_id, desk=desk))

    return office.once(key, sent, act)


@router.get(
    "/v1/parties/{party_id}",
    operation_id="read_party",
    summary="Read one party",
    response_model=PartyAnswer,
)
def read_party(office: At, party_id: PathId) -> Response:
    """A party as it is registered."""
    return office.read(lambda session: party_answer(party_seen(session, office.actor, party_id)))


@router.get(
    "/v1/measures",
    operation_id="list_measures",
    summary="List the ratios stated",
    response_model=Listing[MeasureAnswer],
)
def list_measures(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Ratios that fuses watch, last stated first; a bank sees its own."""

    def act(session: Session) -> BaseModel:
        bank = office.actor.only_client
        rows = store.measures_page(session, bank_id=bank, after=after, limit=limit + 1)
        return listing(rows, limit, measure_answer)

    return office.read(act)


@router.post(
    "/v1/measures",
    operation_id="create_measure",
    summary="State a ratio",
    status_code=201,
    response_model=MeasureAnswer,
)
def create_measure(office: At, key: Key, sent: Sent[MeasureRequest]) -> Response:
    """A ratio of one bank on one day, as a fuse of a scheme watches it."""
    scheme = office.house.scheme(sent.scheme)

    def act(session: Session, desk: Desk) -> BaseModel:
        bank = party_seen(session, office.actor, client_named(office.actor, sent.bank_id)).id
        _check_first(session, sent)
        return measure_answer(state_measure(session, scheme, bank, sent.measured(), desk=desk))

    return office.once(key, sent, act)


def _check_first(session: Session, sent: MeasureRequest) -> None:
    """One bank has one value of a ratio a day."""
    stated = store.latest_measure(session, sent.scheme, sent.bank_id, sent.measure, sent.as_of)
    if stated is not None and stated.as_of == sent.as_of:
        fault = Fault("as_of", "this ratio is stated for that day", "state another day")
        raise Conflict("measure-twice", fault)
