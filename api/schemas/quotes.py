"""Quotes on the wire."""

import json
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from api.schemas.common import Answer, Finding, money
from kernel.wire import Identifier, MoneyWire, Wire
from underwriting.product import Risk
from underwriting.products import products
from underwriting.store import QuoteRow


class _OfAnyProduct:
    """Reads the form of whichever product the field `product` names."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Choose among the forms of all products that are there."""
        del source
        forms = [line.risk for line in products().values()]
        if len(forms) == 1:  # a choice of one needs no tag
            return handler.generate_schema(forms[0])
        union: Any = forms[0]
        for form in forms[1:]:
            union |= form
        return handler.generate_schema(Annotated[union, Field(discriminator="product")])


class QuoteRequest(Wire):
    """A proposal to be priced."""

    bank_id: Identifier | None = Field(
        None, description="The bank that lends; left out by a bank itself"
    )
    risk: Annotated[Risk, _OfAnyProduct]


class QuoteSummary(Answer):
    """A quote in a list."""

    id: str
    number: str
    state: str = Field(description="accepted, referred, declined, approved or bound")
    product: str
    bank_id: str
    borrower_register_id: str
    scheme: str
    loan: MoneyWire
    sum_insured: MoneyWire
    premium: MoneyWire
    quoted_on: date
    valid_until: date
    receipt_sha256: str
    created_at: datetime


class QuoteAnswer(QuoteSummary):
    """A quote with every finding on it."""

    findings: tuple[Finding, ...]
    policy_id: str | None = Field(description="The policy it was bound into")


class Receipt(Answer):
    """A price line by line, with all that it was made from; its replay gives the same bytes."""

    receipt_version: int
    decision: str
    findings: tuple[Finding, ...]
    contract: dict[str, Any]
    premium: dict[str, Any]
    loss: dict[str, Any]
    scheme: dict[str, Any]
    tariff: str
    fit_ids: tuple[str, ...]
    fits: dict[str, Any] = Field(description="Who serves each purpose: champion, challenger")
    figures: tuple[dict[str, Any], ...] = Field(description="Published figures, each with grade")
    inputs: dict[str, Any]


class ReplayAnswer(Answer):
    """What came of pricing a quote again from its frozen inputs."""

    same: bool
    sha256_stored: str
    sha256_now: str


def summary(row: QuoteRow) -> QuoteSummary:
    """Return a quote as a list shows it."""
    return QuoteSummary(**_fields(row))


def quote_answer(row: QuoteRow, policy_id: str | None) -> QuoteAnswer:
    """Return a quote with its findings."""
    findings = json.loads(row.receipt)["findings"]
    return QuoteAnswer(**_fields(row), findings=findings, policy_id=policy_id)


def _fields(row: QuoteRow) -> dict[str, Any]:
    plain = (
        "id", "number", "state", "product", "bank_id", "borrower_register_id", "quoted_on",
        "valid_until", "receipt_sha256", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "scheme": row.scheme_code,
        "loan": money(row.loan_minor, row.currency),
        "sum_insured": money(row.sum_insured_minor, row.currency),
        "premium": money(row.premium_minor, row.currency),
    }
