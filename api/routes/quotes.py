"""Quotes: ask, read, replay, approve, bind."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.answers import content_of, respond
from api.deps import At, Key, Office
from api.route import HouseRoute
from api.schemas.common import After, Limit, Listing, PathId, ReasonRequest, listing
from api.schemas.policies import PolicyAnswer, policy_answer
from api.schemas.quotes import (
    QuoteAnswer,
    QuoteRequest,
    QuoteSummary,
    Receipt,
    ReplayAnswer,
    quote_answer,
    summary,
)
from api.schemas.sent import Sent
from api.sight import client_named, quote_seen
from kernel.db.engine import read
from kernel.desk import Desk
from underwriting import store
from underwriting.approve import approve
from underwriting.audit import replay
from underwriting.bind import bind
from underwriting.quote import Draft, kept
from underwriting.store import QuoteRow

router = APIRouter(route_class=HouseRoute, tags=["quotes"])

Commit = Annotated[bool, Query(description="False prices without keeping anything")]


@router.post(
    "/v1/quotes",
    operation_id="create_quote",
    summary="Ask for a quote",
    status_code=201,
    response_model=QuoteAnswer,
)
def create_quote(
    office: At, key: Key, sent: Sent[QuoteRequest], *, commit: Commit = True
) -> Response:
    """Price a proposal and keep the quote with its receipt.

    A declined proposal is kept as well, with every reason. With `commit=false` the same body
    gets the same answer, and nothing is kept.
    """
    if not commit:
        return _drafted(office, sent)

    def make(desk: Desk) -> Draft:
        return _draft(office, sent, desk)

    def keep(session: Session, desk: Desk, made: Draft) -> BaseModel:
        return quote_answer(kept(session, made, desk=desk), findings=made.findings)

    return office.once_made(key, sent, make, keep)


@router.post(
    "/v1/quotes/preview",
    operation_id="preview_quote",
    summary="Price a proposal without keeping it",
    response_model=Receipt,
)
def preview_quote(office: At, sent: Sent[QuoteRequest]) -> Response:
    """The receipt that a quote would have today; nothing is written."""
    return respond(_draft(office, sent, office.desk()).columns["receipt"].encode())


@router.get(
    "/v1/quotes",
    operation_id="list_quotes",
    summary="List quotes",
    response_model=Listing[QuoteSummary],
)
def list_quotes(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Quotes, newest first; a bank sees its own."""

    def act(session: Session) -> BaseModel:
        bank = office.actor.only_client
        rows = store.quotes(session, client_id=bank, after=after, limit=limit + 1)
        return listing(rows, limit, summary)

    return office.read(act)


@router.get(
    "/v1/quotes/{quote_id}",
    operation_id="read_quote",
    summary="Read one quote",
    response_model=QuoteAnswer,
)
def read_quote(office: At, quote_id: PathId) -> Response:
    """A quote with every finding on it."""
    return office.read(lambda session: _answer(session, _seen(session, office, quote_id)))


@router.get(
    "/v1/quotes/{quote_id}/receipt",
    operation_id="read_quote_receipt",
    summary="Read the receipt of a quote",
    response_model=Receipt,
)
def read_quote_receipt(office: At, quote_id: PathId) -> Response:
    """The price line by line, with all that it was made from, byte for byte as stored."""
    row = read(office.house.engine, lambda session: _seen(session, office, quote_id))
    return respond(row.receipt.encode(), headers={"ETag": f'"{row.receipt_sha256}"'})


@router.get(
    "/v1/quotes/{quote_id}/replay",
    operation_id="replay_quote",
    summary="Price a quote again from its frozen inputs",
    response_model=ReplayAnswer,
)
def replay_quote(office: At, quote_id: PathId) -> Response:
    """Whether the same receipt comes out today, to the byte."""

    def act(session: Session) -> BaseModel:
        row = _seen(session, office, quote_id)
        again = replay(row)
        return ReplayAnswer(
            same=again == row.receipt,
            sha256_stored=row.receipt_sha256,
            sha256_now=sha256(again.encode()).hexdigest(),
        )

    return office.read(act)


@router.post(
    "/v1/quotes/{quote_id}/approval",
    operation_id="approve_quote",
    summary="Clear a referred quote",
    response_model=QuoteAnswer,
)
def approve_quote(office: At, key: Key, quote_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """An underwriter takes what the rules referred; the reason stays on record."""

    def act(session: Session, desk: Desk) -> BaseModel:
        return _answer(session, approve(session, quote_id, sent.reason, desk=desk))

    return office.once(key, sent, act)


@router.post(
    "/v1/quotes/{quote_id}/binding",
    operation_id="bind_quote",
    summary="Bind a quote into a policy",
    status_code=201,
    response_model=PolicyAnswer,
)
def bind_quote(office: At, key: Key, quote_id: PathId) -> Response:
    """Freeze terms and scheme, book the premium, and file the policy schedule."""

    def act(session: Session, desk: Desk) -> BaseModel:
        return policy_answer(bind(session, quote_id, desk=desk))

    return office.once(key, None, act)


def _drafted(office: Office, sent: QuoteRequest) -> Response:
    """Answer as a quote would be answered, and keep nothing."""
    made = _draft(office, sent, office.desk())
    return respond(content_of(quote_answer(made.row(), committed=False, findings=made.findings)))


def _draft(office: Office, sent: QuoteRequest, desk: Desk) -> Draft:
    """Draft a quote for the client that a proposal is for."""
    client = client_named(office.actor, sent.client_id)
    return office.house.draft(client, sent.risk, desk=desk)


def _seen(session: Session, office: Office, quote_id: str) -> QuoteRow:
    return quote_seen(session, office.actor, quote_id)


def _answer(session: Session, row: QuoteRow) -> QuoteAnswer:
    policy = store.policy_of_quote(session, row.id)
    return quote_answer(row, policy.id if policy else None)
