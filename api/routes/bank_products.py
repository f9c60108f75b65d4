"""Loan products of banks, what suits a firm, and the score of its innovation capacity."""

from fastapi import APIRouter, Response

from api.answers import content_of, respond
from api.deps import At
from api.route import HouseRoute
from api.schemas.bank_products import (
    BankProductAnswer,
    BankProductSummary,
    EligibilityAnswer,
    FitRequest,
    SuitedAnswer,
    bank_product_answer,
    bank_product_summary,
    eligibility_answer,
)
from api.schemas.common import Listing, PathCode
from api.schemas.innovation import InnovationAnswer, innovation_answer
from api.schemas.sent import Sent
from underwriting.bank_products import (
    BankProduct,
    Fit,
    bank_product,
    bank_products,
    suited,
    support,
)
from underwriting.innovation import Innovation, indicators, innovation_score

router = APIRouter(route_class=HouseRoute, tags=["bank products"])


@router.get(
    "/v1/bank-products",
    operation_id="list_bank_products",
    summary="List the loan products of banks",
    response_model=Listing[BankProductSummary],
)
def list_bank_products() -> Response:
    """Every product that is kept as a file, by code."""
    items = tuple(bank_product_summary(stated) for stated in bank_products().values())
    return respond(content_of(Listing(items=items, next=None)))


@router.get(
    "/v1/bank-products/{code}",
    operation_id="read_bank_product",
    summary="Read one loan product",
    response_model=BankProductAnswer,
)
def read_bank_product(code: PathCode) -> Response:
    """Every term, what of it is not certain, and what nobody published."""
    return respond(content_of(bank_product_answer(bank_product(code))))


@router.post(
    "/v1/bank-products/{code}/eligibility",
    operation_id="check_eligibility",
    summary="Test a firm and a loan against a product",
    response_model=EligibilityAnswer,
)
def check_eligibility(office: At, code: PathCode, sent: Sent[FitRequest]) -> Response:
    """Every reason at once, each with its clause and its cure; nothing is written."""
    product, on = bank_product(code).product, office.desk().on
    (fit,) = suited(sent.firm, sent.loan, on, [product])
    return respond(content_of(_answer(fit, sent)))


@router.post(
    "/v1/bank-products/suited",
    operation_id="find_bank_products",
    summary="Find the products that suit a firm and a loan",
    response_model=SuitedAnswer,
)
def find_bank_products(office: At, sent: Sent[FitRequest]) -> Response:
    """Those that fit first; for the others, what stands in the way; nothing is written."""
    fits = suited(sent.firm, sent.loan, office.desk().on)
    return respond(content_of(SuitedAnswer(items=tuple(_answer(fit, sent) for fit in fits))))


@router.post(
    "/v1/innovation-scores",
    operation_id="score_innovation",
    summary="Score a firm's innovation capacity",
    response_model=InnovationAnswer,
)
def score_innovation(sent: Sent[Innovation]) -> Response:
    """From its rights and its R&D; what is missing widens the band; nothing is written."""
    score = innovation_score(sent.figures(), indicators())
    return respond(content_of(innovation_answer(score)))


def _answer(fit: Fit, sent: FitRequest) -> EligibilityAnswer:
    paid = support(fit.product, sent.loan) if _same_currency(fit.product, sent) else ()
    return eligibility_answer(fit, paid)


def _same_currency(product: BankProduct, sent: FitRequest) -> bool:
    return sent.loan.amount.currency == product.currency
