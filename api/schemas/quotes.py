"""Quotes on the wire."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from api.schemas.common import Answer, Finding, money
from api.schemas.portfolio import LimitAnswer
from kernel.finding import Finding as Seen
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


AnyRisk = Annotated[Risk, _OfAnyProduct]
"""The proposal form of any product."""


class QuoteRequest(Wire):
    """A proposal to be priced."""

    client_id: Identifier | None = Field(
        None, description="The bank that lends, or the firm or broker; left out by itself"
    )
    risk: AnyRisk


class QuoteSummary(Answer):
    """A quote in a list."""

    id: str | None = Field(description="None where nothing was kept")
    number: str | None
    state: str = Field(description="accepted, referred, declined, approved, bound or withdrawn")
    product: str
    client_id: str
    borrower_register_id: str
    scheme: str
    loan: MoneyWire | None = Field(description="None where the product has no loan")
    sum_insured: MoneyWire
    premium: MoneyWire = Field(description="As offered, all payers together")
    technical: MoneyWire = Field(description="As the receipt builds it up")
    challenger: MoneyWire | None = Field(description="By the fits that challenge; None if none do")
    quoted_on: date
    valid_until: date
    receipt_sha256: str
    created_at: datetime


class QuoteAnswer(QuoteSummary):
    """A quote with every finding on it."""

    committed: bool = Field(description="False for a preview: nothing was kept")
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
    headroom: tuple[LimitAnswer, ...] = Field(description="What each limit leaves after it")
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


def quote_answer(
    row: QuoteRow,
    policy_id: str | None = None,
    *,
    committed: bool = True,
    findings: Sequence[Seen] | None = None,
) -> QuoteAnswer:
    """Return a quote with its findings; one that is not kept has neither id nor number.

    The findings are read from the receipt where they are not at hand.
    """
    if findings is None:
        seen = json.loads(row.receipt)["findings"]
    else:
        seen = [finding.json() for finding in findings]
    fields = _fields(row) | ({} if committed else {"id": None, "number": None})
    return QuoteAnswer(**fields, findings=seen, policy_id=policy_id, committed=committed)


def _fields(row: QuoteRow) -> dict[str, Any]:
    plain = (
        "id", "number", "state", "product", "client_id", "borrower_register_id", "quoted_on",
        "valid_until", "receipt_sha256", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "scheme": row.scheme_code,
        "loan": money(row.loan_minor, row.currency) if row.loan_minor else None,
        "sum_insured": money(row.sum_insured_minor, row.currency),
        "premium": money(row.premium_minor, row.currency),
        "technical": money(row.technical_minor, row.currency),
        "challenger": None
        if row.challenger_minor is None
        else money(row.challenger_minor, row.currency),
    }
