"""The life of a policy: change, renew, cancel, reinstate, reverse.

Every act has a preview under `/preview`: the same body, the same answer, nothing written.
"""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key, Office
from api.life import act_on
from api.route import HouseRoute
from api.schemas.common import PathId, ReasonRequest
from api.schemas.policy_acts import (
    CancellationRequest,
    ChangeRequest,
    ReinstatementRequest,
    RenewalRequest,
)
from api.schemas.policy_life import PolicyActAnswer, act_answer
from api.schemas.sent import Sent
from api.sight import policy_seen
from kernel.desk import Desk
from underwriting.reverse import Reversal
from underwriting.rules.history import Kind

router = APIRouter(route_class=HouseRoute, tags=["policies"])


@router.post(
    "/v1/policies/{policy_id}/changes",
    operation_id="change_policy",
    summary="Change a policy from a day on",
    response_model=PolicyActAnswer,
)
def change_policy(office: At, key: Key, policy_id: PathId, sent: Sent[ChangeRequest]) -> Response:
    """Charge or return what the rest of the period costs more or less.

    Where a rule refers the new terms, nothing is done and they are kept as a quote: when a
    second person has approved it, send the change again with `quote_id` in the place of `risk`.
    """
    return _done(office, key, sent, policy_id, kind=Kind.CHANGE, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/changes/preview",
    operation_id="preview_policy_change",
    summary="See what a change would do",
    response_model=PolicyActAnswer,
)
def preview_policy_change(office: At, policy_id: PathId, sent: Sent[ChangeRequest]) -> Response:
    """The answer to the same change; nothing is written."""
    return _foreseen(office, policy_id, kind=Kind.CHANGE, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/renewals",
    operation_id="renew_policy",
    summary="Renew a policy",
    response_model=PolicyActAnswer,
)
def renew_policy(office: At, key: Key, policy_id: PathId, sent: Sent[RenewalRequest]) -> Response:
    """Let another period follow, under terms that are priced anew.

    A guaranteed loan is said to be repaid, or still owed: renewed without repayment of
    principal, with no more than is owed. What is referred goes on as with a change.
    """
    return _done(office, key, sent, policy_id, kind=Kind.RENEWAL, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/renewals/preview",
    operation_id="preview_policy_renewal",
    summary="See what a renewal would do",
    response_model=PolicyActAnswer,
)
def preview_policy_renewal(office: At, policy_id: PathId, sent: Sent[RenewalRequest]) -> Response:
    """The answer to the same renewal; nothing is written."""
    return _foreseen(office, policy_id, kind=Kind.RENEWAL, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/cancellation",
    operation_id="cancel_policy",
    summary="Cancel a policy",
    response_model=PolicyActAnswer,
)
def cancel_policy(
    office: At, key: Key, policy_id: PathId, sent: Sent[CancellationRequest]
) -> Response:
    """End cover on a day; the unearned premium goes back as the policy's own terms have it."""
    return _done(office, key, sent, policy_id, kind=Kind.CANCELLATION, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/cancellation/preview",
    operation_id="preview_policy_cancellation",
    summary="See what a cancellation would do",
    response_model=PolicyActAnswer,
)
def preview_policy_cancellation(
    office: At, policy_id: PathId, sent: Sent[CancellationRequest]
) -> Response:
    """The answer to the same cancellation; nothing is written."""
    return _foreseen(office, policy_id, kind=Kind.CANCELLATION, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/reinstatement",
    operation_id="reinstate_policy",
    summary="Reinstate a cancelled policy",
    response_model=PolicyActAnswer,
)
def reinstate_policy(
    office: At, key: Key, policy_id: PathId, sent: Sent[ReinstatementRequest]
) -> Response:
    """Put it in force again without a gap, within its window and on a declaration of no loss."""
    return _done(office, key, sent, policy_id, kind=Kind.REINSTATEMENT, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/reinstatement/preview",
    operation_id="preview_policy_reinstatement",
    summary="See what a reinstatement would do",
    response_model=PolicyActAnswer,
)
def preview_policy_reinstatement(
    office: At, policy_id: PathId, sent: Sent[ReinstatementRequest]
) -> Response:
    """The answer to the same reinstatement; nothing is written."""
    return _foreseen(office, policy_id, kind=Kind.REINSTATEMENT, asked=sent.asked())


@router.post(
    "/v1/policies/{policy_id}/transactions/{transaction_id}/reversal",
    operation_id="reverse_transaction",
    summary="Undo one transaction",
    response_model=PolicyActAnswer,
)
def reverse_transaction(
    office: At, key: Key, policy_id: PathId, transaction_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """Undo it until its `reversible_until`; both stay on record, what followed is re-applied."""
    return _done(
        office,
        key,
        sent,
        policy_id,
        kind=Kind.REVERSAL,
        asked=Reversal(transaction_id, sent.reason),
    )


@router.post(
    "/v1/policies/{policy_id}/transactions/{transaction_id}/reversal/preview",
    operation_id="preview_transaction_reversal",
    summary="See what a reversal would do",
    response_model=PolicyActAnswer,
)
def preview_transaction_reversal(
    office: At, policy_id: PathId, transaction_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """The answer to the same reversal; nothing is written."""
    return _foreseen(
        office, policy_id, kind=Kind.REVERSAL, asked=Reversal(transaction_id, sent.reason)
    )


def _done(
    office: Office, key: str, sent: BaseModel, policy_id: str, *, kind: Kind, asked: Any
) -> Response:  # fmt: skip
    """Do it once for its key."""
    counts = office.house.settings.own_counts

    def act(session: Session, desk: Desk) -> BaseModel:
        return act_answer(
            act_on(session, policy_id, kind, asked, desk=desk, keep=True, counts=counts)
        )

    return office.once(key, sent, act)


def _foreseen(office: Office, policy_id: str, *, kind: Kind, asked: Any) -> Response:
    """Say what would come of it, to whom the policy may be shown."""
    counts, desk = office.house.settings.own_counts, office.desk()

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, policy_id)
        return act_answer(
            act_on(session, policy_id, kind, asked, desk=desk, keep=False, counts=counts)
        )

    return office.read(act)
