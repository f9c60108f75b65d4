"""The register of appraisers: who is listed, what they valued, what it fetched."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.schemas.common import After, Limit, Listing, PathId
from api.schemas.registers import (
    AppraisalAnswer,
    AppraiserAnswer,
    AppraiserDossier,
    AppraiserRequest,
    StandingRequest,
    appraisal_answer,
    appraiser_fields,
)
from api.schemas.sent import Sent
from kernel.desk import Desk
from underwriting.appraisers import store
from underwriting.appraisers.forms import AppraisedRight, Fetched
from underwriting.appraisers.look_up import appraiser_views
from underwriting.appraisers.store import AppraiserRow
from underwriting.register_appraiser import (
    record_appraisal,
    record_realisation,
    register_appraiser,
    set_standing,
)

router = APIRouter(route_class=HouseRoute, tags=["appraisers"])


@router.get(
    "/v1/appraisers",
    operation_id="list_appraisers",
    summary="List appraisers",
    response_model=Listing[AppraiserAnswer],
)
def list_appraisers(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Appraisers, newest first, each with its standing and its record today."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        rows = store.appraisers_page(session, after=after, limit=limit + 1)
        shown = _answers(session, rows[:limit], desk)
        return Listing(items=shown, next=rows[limit - 1].id if len(rows) > limit else None)

    return office.read(act)


@router.post(
    "/v1/appraisers",
    operation_id="create_appraiser",
    summary="Put an appraiser on the register",
    status_code=201,
    response_model=AppraiserAnswer,
)
def create_appraiser(office: At, key: Key, sent: Sent[AppraiserRequest]) -> Response:
    """A party of kind appraiser is admitted and listed from today."""

    def act(session: Session, desk: Desk) -> BaseModel:
        return _answer(
            session, register_appraiser(session, sent.party_id, sent.reason, desk=desk), desk
        )

    return office.once(key, sent, act)


@router.get(
    "/v1/appraisers/{appraiser_id}",
    operation_id="read_appraiser",
    summary="Read one appraiser",
    response_model=AppraiserDossier,
)
def read_appraiser(office: At, appraiser_id: PathId) -> Response:
    """Its standing, its record, and its newest appraisals with what they fetched."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        row = store.appraiser(session, appraiser_id)
        valued = store.appraisals(session, appraiser_id)
        shown = tuple(
            appraisal_answer(one, store.realisation_of(session, one.id)) for one in valued
        )
        (fields,) = _fields(session, [row], desk)
        return AppraiserDossier(**fields, appraisals=shown)

    return office.read(act)


@router.post(
    "/v1/appraisers/{appraiser_id}/standing",
    operation_id="set_appraiser_standing",
    summary="List or suspend an appraiser",
    response_model=AppraiserAnswer,
)
def set_appraiser_standing(
    office: At, key: Key, appraiser_id: PathId, sent: Sent[StandingRequest]
) -> Response:
    """From a day on, with the reason; a suspended appraiser's values are declined."""

    def act(session: Session, desk: Desk) -> BaseModel:
        set_standing(session, appraiser_id, sent.state, sent.since, sent.reason, desk=desk)
        return _answer(session, store.appraiser(session, appraiser_id), desk)

    return office.once(key, sent, act)


@router.post(
    "/v1/appraisers/{appraiser_id}/appraisals",
    operation_id="create_appraisal",
    summary="Record an appraisal",
    status_code=201,
    response_model=AppraisalAnswer,
)
def create_appraisal(
    office: At, key: Key, appraiser_id: PathId, sent: Sent[AppraisedRight]
) -> Response:
    """The value that an appraiser put on a right; it is never changed."""

    def act(session: Session, desk: Desk) -> BaseModel:
        return appraisal_answer(record_appraisal(session, appraiser_id, sent, desk=desk), None)

    return office.once(key, sent, act)


@router.post(
    "/v1/appraisals/{appraisal_id}/realisations",
    operation_id="create_realisation",
    summary="Record what an appraised right fetched",
    status_code=201,
    response_model=AppraisalAnswer,
)
def create_realisation(office: At, key: Key, appraisal_id: PathId, sent: Sent[Fetched]) -> Response:
    """Gross proceeds, or nothing where nobody bought; it feeds the appraiser's record."""

    def act(session: Session, desk: Desk) -> BaseModel:
        end = record_realisation(session, appraisal_id, sent, desk=desk)
        return appraisal_answer(store.appraisal(session, appraisal_id), end)

    return office.once(key, sent, act)


def _answer(session: Session, row: AppraiserRow, desk: Desk) -> AppraiserAnswer:
    return _answers(session, [row], desk)[0]


def _answers(
    session: Session, rows: Sequence[AppraiserRow], desk: Desk
) -> tuple[AppraiserAnswer, ...]:
    return tuple(AppraiserAnswer(**fields) for fields in _fields(session, rows, desk))


def _fields(session: Session, rows: Sequence[AppraiserRow], desk: Desk) -> list[dict[str, Any]]:
    """Return the fields of each appraiser; the register's cases are read once for all."""
    parties = [store.party(session, row.party_id) for row in rows]
    told = appraiser_views(session, [party.name for party in parties], desk.on)
    return [appraiser_fields(*one) for one in zip(rows, parties, told, strict=True)]
