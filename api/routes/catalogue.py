"""What can be bought, and who shares a loss."""

from fastapi import APIRouter, Response

from api.answers import content_of, respond
from api.deps import At
from api.route import HouseRoute
from api.schemas.catalogue import (
    ProductAnswer,
    ProductSummary,
    SchemeAnswer,
    SchemeSummary,
    product_answer,
    product_summary,
    scheme_answer,
    scheme_summary,
)
from api.schemas.common import Listing, PathCode
from underwriting.products import product, products
from underwriting.schemes import load_schemes

router = APIRouter(route_class=HouseRoute, tags=["catalogue"])


@router.get(
    "/v1/products",
    operation_id="list_products",
    summary="List the lines of business",
    response_model=Listing[ProductSummary],
)
def list_products() -> Response:
    """Every line of business that can be quoted."""
    lines = tuple(product_summary(line) for line in products().values())
    return respond(content_of(Listing(items=lines, next=None)))


@router.get(
    "/v1/products/{code}",
    operation_id="read_product",
    summary="Read one line of business",
    response_model=ProductAnswer,
)
def read_product(code: PathCode) -> Response:
    """Its proposal form as JSON Schema, its tariff and its wording."""
    return respond(content_of(product_answer(product(code))))


@router.get(
    "/v1/schemes",
    operation_id="list_schemes",
    summary="List the loss-sharing schemes",
    response_model=Listing[SchemeSummary],
)
def list_schemes(office: At) -> Response:
    """Every scheme that a loss can be shared under, by code."""
    stated = load_schemes(office.house.schemes_folder)
    items = tuple(scheme_summary(stated[code]) for code in sorted(stated))
    return respond(content_of(Listing(items=items, next=None)))


@router.get(
    "/v1/schemes/{code}",
    operation_id="read_scheme",
    summary="Read one loss-sharing scheme",
    response_model=SchemeAnswer,
)
def read_scheme(office: At, code: PathCode) -> Response:
    """Every term, what of it is not certain, and the text that a policy would freeze."""
    return respond(content_of(scheme_answer(office.house.scheme_read(code))))
