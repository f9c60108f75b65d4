"""Answers about a price: what changed it, what would pass, who pays what."""

import json

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.answers import respond
from api.deps import At, Office
from api.pictures import who_pays_picture
from api.route import HouseRoute
from api.schemas.common import PathId
from api.schemas.explain import (
    DifferenceAnswer,
    FrontierAnswer,
    FrontierRequest,
    WaysAnswer,
    WhoPaysAnswer,
)
from api.schemas.sent import Sent
from api.sight import client_named, quote_seen
from kernel.canonical import canonical_json
from kernel.db.engine import read
from underwriting.explain.changes import ways
from underwriting.explain.diff import diff
from underwriting.explain.shown import difference_json, frontier_json, ways_json, who_pays_json
from underwriting.explain.solve import Asked
from underwriting.explain.who_pays import who_pays
from underwriting.inputs import Inputs
from underwriting.preview import gather
from underwriting.products import product
from underwriting.valued import value

router = APIRouter(route_class=HouseRoute, tags=["answers about a price"])


@router.get(
    "/v1/quotes/{quote_id}/diff/{other_id}",
    operation_id="diff_quotes",
    summary="What lies between two quotes",
    response_model=DifferenceAnswer,
)
def diff_quotes(office: At, quote_id: PathId, other_id: PathId) -> Response:
    """The waterfall from one technical premium to the other: one input after the next."""
    first, second = (_inputs(office, id_) for id_ in (quote_id, other_id))
    return _answer(difference_json(diff(product(first.product), first, second)))


@router.get(
    "/v1/quotes/{quote_id}/ways",
    operation_id="ways_of_quote",
    summary="What would change the answer",
    response_model=WaysAnswer,
)
def ways_of_quote(office: At, quote_id: PathId) -> Response:
    """The smallest changes that turn a decline or a referral into an acceptance."""
    inputs = _inputs(office, quote_id)
    line = product(inputs.product)
    return _answer(ways_json(value(line, inputs), ways(line, inputs, Asked())))


@router.get(
    "/v1/quotes/{quote_id}/who-pays",
    operation_id="who_pays_quote",
    summary="Who pays what, month by month",
    response_model=WhoPaysAnswer,
)
def who_pays_quote(office: At, quote_id: PathId) -> Response:
    """Expected and worst loss of each party by month, before anything is signed."""
    inputs = _inputs(office, quote_id)
    return _answer(who_pays_json(who_pays(product(inputs.product), inputs)))


@router.get(
    "/v1/quotes/{quote_id}/who-pays/picture",
    operation_id="draw_who_pays",
    summary="The same as a picture",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def draw_who_pays(office: At, quote_id: PathId) -> Response:
    """A stacked bar for each month: what each party pays if the event falls in it. SVG."""
    inputs = _inputs(office, quote_id)
    table = who_pays(product(inputs.product), inputs)
    return respond(who_pays_picture(table), media_type="image/svg+xml")


@router.post(
    "/v1/quotes/frontier",
    operation_id="find_frontier",
    summary="How far a proposal may go",
    response_model=FrontierAnswer,
)
def find_frontier(office: At, sent: Sent[FrontierRequest]) -> Response:
    """With some figures given: how far another reaches, and what binds it. Nothing is kept."""
    desk = office.desk()

    def act(session: Session) -> Inputs:
        client, house = client_named(office.actor, sent.client_id), office.house
        return gather(
            session, client, sent.risk, desk=desk,
            schemes_folder=house.schemes_folder, counts=house.settings.own_counts,
        )  # fmt: skip

    inputs = read(office.house.engine, act)
    found = sent.frontier(product(inputs.product), inputs)
    return _answer(frontier_json(found, inputs.exposures.currency))


def _inputs(office: Office, quote_id: str) -> Inputs:
    """Return what a quote was priced from, if the caller may see it."""
    row = read(office.house.engine, lambda session: quote_seen(session, office.actor, quote_id))
    return Inputs.of(json.loads(row.receipt)["inputs"])


def _answer(shown: object) -> Response:
    return respond(canonical_json(shown).encode())
