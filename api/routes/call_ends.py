"""How a call ends: receipt, notice and default; the filing of a final loss; sharing anew."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.route import HouseRoute
from api.routes.calls import on_call
from api.routes.settlements import settled
from api.schemas.calls import (
    CallDialogue,
    FilingAnswer,
    FilingRequest,
    FinalLossRequest,
    filing_answer,
)
from api.schemas.claim_growth import RecomputationRequest
from api.schemas.common import Listing, PathId
from api.schemas.sent import Sent
from api.schemas.settlements import SettlementAnswer
from api.sight import claim_seen
from claims.calls import store
from claims.default_call import default_call
from claims.file_with_pool import FinalLoss, file_with_pool, fix_final_loss
from claims.receipt_call import receipt_call
from claims.recompute import recompute
from claims.warn_party import warn_party
from kernel.desk import Desk

router = APIRouter(route_class=HouseRoute, tags=["calls"])


@router.post(
    "/v1/calls/{call_id}/receipt",
    operation_id="receipt_call",
    summary="Give the receipt of a call",
    response_model=CallDialogue,
)
def receipt(office: At, key: Key, call_id: PathId) -> Response:
    """File the receipt of a call that was paid in full, with every part."""
    return on_call(office, key, call_id, None, lambda s, d: receipt_call(s, call_id, desk=d))


@router.post(
    "/v1/calls/{call_id}/notice",
    operation_id="warn_party",
    summary="Give notice of default",
    response_model=CallDialogue,
)
def warn(office: At, key: Key, call_id: PathId) -> Response:
    """The call is overdue; the working days to cure it begin."""
    return on_call(office, key, call_id, None, lambda s, d: warn_party(s, call_id, desk=d))


@router.post(
    "/v1/calls/{call_id}/default",
    operation_id="default_call",
    summary="Put a party into default",
    response_model=CallDialogue,
)
def default(office: At, key: Key, call_id: PathId) -> Response:
    """The loss is shared again without the party; what it owes stays owed."""
    return on_call(office, key, call_id, None, lambda s, d: default_call(s, call_id, desk=d))


@router.get(
    "/v1/claims/{claim_id}/filings",
    operation_id="list_claim_filings",
    summary="List the filings of a claim",
    response_model=Listing[FilingAnswer],
)
def list_claim_filings(office: At, claim_id: PathId) -> Response:
    """What waits, or waited, for the final loss, by party."""

    def act(session: Session) -> BaseModel:
        return _filings(session, claim_seen(session, office.actor, claim_id).id)

    return office.read(act)


@router.post(
    "/v1/claims/{claim_id}/final-loss",
    operation_id="fix_final_loss",
    summary="Fix the final loss",
    response_model=Listing[FilingAnswer],
)
def fix(office: At, key: Key, claim_id: PathId, sent: Sent[FinalLossRequest]) -> Response:
    """Recoveries have ended or the loss is declared final; the days to file it begin."""
    final = FinalLoss(sent.fixed_on, sent.ground, sent.words)

    def act(session: Session, desk: Desk) -> BaseModel:
        fix_final_loss(session, claim_id, final, desk=desk)
        return _filings(session, claim_id)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/filings",
    operation_id="file_with_pool",
    summary="File the final loss with a party",
    status_code=201,
    response_model=Listing[FilingAnswer],
)
def file(office: At, key: Key, claim_id: PathId, sent: Sent[FilingRequest]) -> Response:
    """The party is called for its share by the same act."""

    def act(session: Session, desk: Desk) -> BaseModel:
        file_with_pool(session, claim_id, sent.party, sent.late_words or "", desk=desk)
        return _filings(session, claim_id)

    return office.once(key, sent, act)


@router.post(
    "/v1/claims/{claim_id}/recomputation",
    operation_id="recompute_claim",
    summary="Share a loss again",
    status_code=201,
    response_model=SettlementAnswer,
)
def share_again(
    office: At, key: Key, claim_id: PathId, sent: Sent[RecomputationRequest]
) -> Response:
    """A fact has changed: the whole is shared anew, the difference is called or paid back."""

    def act(session: Session, desk: Desk) -> BaseModel:
        row = recompute(session, claim_id, sent.reason, known_on=sent.known_on, desk=desk)
        return settled(session, row)

    return office.once(key, sent, act)


def _filings(session: Session, claim_id: str) -> BaseModel:
    rows = store.filings(session, claim_id)
    return Listing(items=tuple(filing_answer(row) for row in rows), next=None)
