"""Operations over HTTP, by what they are about. Each asks the office for one act."""

from fastapi import APIRouter

from api.routes import (
    catalogue,
    claim_acts,
    claims,
    documents,
    parties,
    policies,
    pools,
    quotes,
    settlements,
    split,
)

ROUTERS: tuple[APIRouter, ...] = (
    catalogue.router,
    quotes.router,
    policies.router,
    claims.router,
    claim_acts.router,
    settlements.router,
    split.router,
    pools.router,
    parties.router,
    documents.router,
)
"""In the order in which the documentation shows them."""
