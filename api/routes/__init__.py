"""Operations over HTTP, by what they are about. Each asks the office for one act."""

from fastapi import APIRouter

from api.routes import (
    bank_products,
    catalogue,
    claim_acts,
    claims,
    collateral,
    documents,
    evidence,
    explain,
    explanations,
    indications,
    letter_ends,
    letter_uses,
    letters,
    loan_desk,
    paper_acts,
    parties,
    policies,
    policy_life,
    policy_state,
    pools,
    portfolio,
    quote_acts,
    quotes,
    registers,
    settlements,
    split,
    verify,
)

ROUTERS: tuple[APIRouter, ...] = (
    catalogue.router,
    bank_products.router,
    indications.router,
    quotes.router,
    quote_acts.router,
    explanations.router,
    explain.router,
    policies.router,
    policy_life.router,
    policy_state.router,
    loan_desk.router,
    collateral.router,
    evidence.router,
    claims.router,
    claim_acts.router,
    settlements.router,
    letters.router,
    letter_uses.router,
    letter_ends.router,
    split.router,
    pools.router,
    portfolio.router,
    parties.router,
    registers.router,
    documents.router,
    paper_acts.router,
)
"""In the order in which the documentation shows them."""

PUBLIC: tuple[APIRouter, ...] = (verify.router,)
"""Open to everybody: see `api.policy.OPEN`."""
