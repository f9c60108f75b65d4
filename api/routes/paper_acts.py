"""Papers issued when they are asked for, from the records as they stand."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.access import Actor
from api.deps import At, Key, Office
from api.route import HouseRoute
from api.schemas.common import Listing, PathCode, PathId
from api.schemas.paper_acts import (
    BordereauRequest,
    ClaimPaperRequest,
    PolicyPaperRequest,
    QuotePaperRequest,
)
from api.schemas.sent import Sent
from api.schemas.trail import DocumentAnswer, document_answer, document_answers
from api.sealing import Papers, signed_papers
from api.sight import claim_seen, policy_seen, quote_seen
from claims.issue_bordereau import bordereau_sheets, issue_bordereau
from claims.issue_claim_paper import issue_claim_paper
from claims.reports.account import Account
from kernel.db import books
from kernel.db.tables import DocumentRow
from kernel.desk import Desk
from underwriting.issue_policy_paper import issue_policy_paper
from underwriting.issue_quote_paper import issue_quote_paper

router = APIRouter(route_class=HouseRoute, tags=["documents"])

_Request = QuotePaperRequest | PolicyPaperRequest | ClaimPaperRequest
_Seen = Callable[[Session, Actor, str], object]
_Act = Callable[..., DocumentRow]
_QUOTE: Final[tuple[_Seen, _Act]] = (quote_seen, issue_quote_paper)
_POLICY: Final[tuple[_Seen, _Act]] = (policy_seen, issue_policy_paper)
_CLAIM: Final[tuple[_Seen, _Act]] = (claim_seen, issue_claim_paper)


@router.post(
    "/v1/quotes/{quote_id}/papers",
    operation_id="issue_quote_paper",
    summary="Issue a paper of a quote",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_quote_paper_(
    office: At, key: Key, quote_id: PathId, sent: Sent[QuotePaperRequest]
) -> Response:
    """Its proposal form or its letter; the same content returns the same paper."""
    return _issue(office, key, quote_id, sent, _QUOTE)


@router.post(
    "/v1/policies/{policy_id}/papers",
    operation_id="issue_policy_paper",
    summary="Issue a paper of a policy",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_policy_paper_(
    office: At, key: Key, policy_id: PathId, sent: Sent[PolicyPaperRequest]
) -> Response:
    """Its cover note or its premium note; the same content returns the same paper."""
    return _issue(office, key, policy_id, sent, _POLICY)


@router.post(
    "/v1/claims/{claim_id}/papers",
    operation_id="issue_claim_paper",
    summary="Issue a paper of a claim",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_claim_paper_(
    office: At, key: Key, claim_id: PathId, sent: Sent[ClaimPaperRequest]
) -> Response:
    """The request for papers, the decision, or the assignment of rights after payment."""
    return _issue(office, key, claim_id, sent, _CLAIM)


@router.post(
    "/v1/schemes/{code}/bordereaux",
    operation_id="issue_bordereau",
    summary="Issue the account of a party of a scheme",
    status_code=201,
    response_model=DocumentAnswer,
)
def issue_bordereau_(
    office: At, key: Key, code: PathCode, sent: Sent[BordereauRequest]
) -> Response:
    """Policies, losses, calls, recoveries and balance of one party in a period. Signed.

    A correction stands in the period in which it was booked; the same content is the same paper.
    """
    of = Account(
        scheme=code,
        party=sent.party,
        currency=sent.currency,
        opens_on=sent.opens_on,
        closes_on=sent.closes_on,
    )
    scheme = office.house.scheme_read(code).scheme

    def make(desk: Desk) -> Papers:
        house = office.house
        return signed_papers(house, lambda s, by: bordereau_sheets(s, of, scheme, desk=by), desk)

    def keep(session: Session, desk: Desk, papers: Papers) -> BaseModel:
        return document_answer(session, issue_bordereau(session, of, scheme, papers, desk=desk))

    return office.once_made(key, sent, make, keep)


@router.get(
    "/v1/schemes/{code}/bordereaux",
    operation_id="list_bordereaux",
    summary="List the accounts of a scheme",
    response_model=Listing[DocumentAnswer],
)
def list_bordereaux(office: At, code: PathCode) -> Response:
    """Every account that was issued under a scheme, oldest first."""
    office.house.scheme_read(code)

    def act(session: Session) -> BaseModel:
        papers = books.documents(session, books.Subject("scheme", code))
        return Listing(items=document_answers(session, papers), next=None)

    return office.read(act)


def _issue(office: Office, key: str, id_: str, sent: _Request, of: tuple[_Seen, _Act]) -> Response:
    """Issue a paper of what the caller may see."""
    seen, issue = of

    def act(session: Session, desk: Desk) -> BaseModel:
        seen(session, office.actor, id_)
        return document_answer(session, issue(session, id_, sent.kind.value, desk=desk))

    return office.once(key, sent, act)
