"""What becomes of a fought matter: rights reserved, settlement with consent, its end."""

from fastapi import APIRouter, Response

from api.deps import At, Key
from api.route import HouseRoute
from api.routes.matters import Place, on_matter
from api.schemas import matters as wire
from api.schemas.common import PathId
from api.schemas.matter_answers import MatterAnswer
from api.schemas.sent import Sent
from claims.answer_settlement import answer_settlement
from claims.conclude_matter import conclude_matter
from claims.end_reservation import end_reservation
from claims.propose_settlement import propose_settlement
from claims.prove_reservation import prove_reservation
from claims.reserve_rights import reserve_rights

router = APIRouter(route_class=HouseRoute, tags=["fought matters"])


@router.post(
    "/v1/claims/{claim_id}/reservations",
    operation_id="reserve_rights",
    summary="Reserve rights",
    status_code=201,
    response_model=MatterAnswer,
)
def reserve_rights_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.ReservationRequest]
) -> Response:
    """Every ground at once; defence cost is paid meanwhile."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: reserve_rights(s, claim_id, sent.reservation(), desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/reservations/{sequence}/proof",
    operation_id="prove_reservation",
    summary="Show that a reservation was sent",
    response_model=MatterAnswer,
)
def prove_reservation_route(
    office: At, key: Key, claim_id: PathId, sequence: Place, sent: Sent[wire.ProofRequest]
) -> Response:
    """It protects from then on, if it was sent in time."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: prove_reservation(s, claim_id, sequence, sent.proof, desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/reservations/{sequence}/end",
    operation_id="end_reservation",
    summary="Lift a reservation, or turn it into a decision",
    response_model=MatterAnswer,
)
def end_reservation_route(
    office: At, key: Key, claim_id: PathId, sequence: Place, sent: Sent[wire.ReservationEndRequest]
) -> Response:
    """Lifted, its grounds are given up."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: end_reservation(s, claim_id, sequence, sent.end, sent.reason, desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/settlement-proposals",
    operation_id="propose_settlement",
    summary="Ask for consent to a settlement",
    status_code=201,
    response_model=MatterAnswer,
)
def propose_settlement_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.SettlementRequest]
) -> Response:
    """With its terms and an opinion on the merits."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: propose_settlement(s, claim_id, sent.wanted(), desk=d),
    )


@router.post(
    "/v1/claims/{claim_id}/settlement-proposals/{sequence}/answer",
    operation_id="answer_settlement",
    summary="Answer for a settlement",
    response_model=MatterAnswer,
)
def answer_settlement_route(
    office: At,
    key: Key,
    claim_id: PathId,
    sequence: Place,
    sent: Sent[wire.SettlementAnswerRequest],
) -> Response:
    """Consent up to an amount, or a refusal; its reason is part of it."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: answer_settlement(
            s, claim_id, sequence, sent.minor(), sent.reason or "", desk=d
        ),
    )


@router.post(
    "/v1/claims/{claim_id}/outcome",
    operation_id="conclude_matter",
    summary="Record how a matter ended",
    response_model=MatterAnswer,
)
def conclude_matter_route(
    office: At, key: Key, claim_id: PathId, sent: Sent[wire.OutcomeRequest]
) -> Response:
    """Settled or adjudged; without consent it is assessed again, not refused."""
    return on_matter(
        office,
        key,
        claim_id,
        sent,
        lambda s, d: conclude_matter(s, claim_id, sent.outcome(), desk=d),
    )
