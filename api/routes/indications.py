"""Indications: a range of price from patent numbers and a loan alone, not binding."""

from pathlib import Path

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At
from api.route import HouseRoute
from api.schemas.indications import IndicationAnswer, IndicationRequest, indication_answer
from api.schemas.sent import Sent
from api.sight import client_named
from kernel.errors import Fault, Unavailable
from underwriting.indicate import indicate
from underwriting.providers.edge import open_rights

router = APIRouter(route_class=HouseRoute, tags=["quotes"])


@router.post(
    "/v1/indications",
    operation_id="indicate_price",
    summary="Indicate a price from patent numbers and a loan",
    response_model=IndicationAnswer,
)
def indicate_price(office: At, sent: Sent[IndicationRequest]) -> Response:
    """A range with every assumption named; nothing is written, and nobody is bound."""
    house, desk = office.house, office.desk()
    provider = open_rights(_file_of(house.settings.patents))

    def act(session: Session) -> BaseModel:
        client = client_named(office.actor, sent.client_id)
        return indication_answer(
            indicate(
                session, client, sent.asked, provider, desk=desk,
                schemes_folder=house.schemes_folder, counts=house.settings.own_counts,
            )
        )  # fmt: skip

    return office.read(act)


def _file_of(patents: Path | None) -> Path:
    """Refuse where the house has no source of patent facts."""
    if patents is None:
        cure = "set ZHIBAO_PATENTS to a CSV or JSON file of rights, or ask for a quote"
        raise Unavailable("no-patents", Fault("rights", "no source of patent facts is set", cure))
    return patents
