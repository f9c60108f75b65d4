"""Bank products, the fit of firm and loan, and the innovation score on the wire."""

from datetime import date
from typing import Any

from pydantic import Field

from api.schemas.common import Answer, Finding
from kernel.finding import Effect
from kernel.money import Money
from kernel.wire import MoneyWire, Wire
from underwriting.bank_products import (
    BankProduct,
    FirmFacts,
    Fit,
    LoanAsked,
    ProductText,
    Support,
)


class FitRequest(Wire):
    """A firm and the loan that it wants."""

    firm: FirmFacts
    loan: LoanAsked


class BankProductSummary(Answer):
    """A bank product in a list."""

    code: str
    title: str
    bank: str
    area: str
    source: str
    grade: str = Field(description="Of the source: A official, B study, C judgement, K memory")
    valid_from: date
    valid_to: date | None
    scheme: str | None
    not_published: tuple[str, ...] = Field(description="Terms that no source states")
    unverified: dict[str, str]


class BankProductAnswer(BankProductSummary):
    """A bank product with every term."""

    currency: str
    eligible: dict[str, Any] | None
    least: MoneyWire | None
    most: MoneyWire | None
    limits: tuple[dict[str, Any], ...]
    ip_share: str | None
    months: tuple[int, int] | None
    price: dict[str, Any] | None
    plans: tuple[str, ...]
    subsidies: tuple[dict[str, Any], ...]
    papers: dict[str, str]
    valuation: dict[str, Any] | None
    text: str = Field(description="The whole file")
    sha256: str


class SupportAnswer(Answer):
    """What a public payer bears in the loan's first year."""

    of: str
    payer: str
    cost: MoneyWire | None
    amount: MoneyWire | None = Field(description="Null where the cost is not stated")
    cap: MoneyWire | None


class EligibilityAnswer(Answer):
    """Whether firm and loan fit a product, with every reason."""

    product: str
    suits: str = Field(description="fits, asks (a fact is missing), or no")
    findings: tuple[Finding, ...]
    support: tuple[SupportAnswer, ...]


class SuitedAnswer(Answer):
    """Every product beside a firm and a loan, those that fit first."""

    items: tuple[EligibilityAnswer, ...]


def bank_product_summary(stated: ProductText) -> BankProductSummary:
    """Return a product as a list shows it."""
    return BankProductSummary(**_head(stated.product))


def bank_product_answer(stated: ProductText) -> BankProductAnswer:
    """Return a product with every term and its text."""
    product = stated.product
    return BankProductAnswer(
        **_head(product),
        currency=product.currency,
        eligible=_plain(product.eligible),
        least=_money(product.least),
        most=_money(product.most),
        limits=tuple(_plain(row) for row in product.limits),
        ip_share=None if product.ip_share is None else str(product.ip_share),
        months=product.months,
        price=_plain(product.price),
        plans=tuple(plan.value for plan in product.plans),
        subsidies=tuple(_plain(one) for one in product.subsidies),
        papers=dict(product.papers),
        valuation=_plain(product.valuation),
        text=stated.text,
        sha256=stated.sha256,
    )


def eligibility_answer(fit: Fit, support: tuple[Support, ...]) -> EligibilityAnswer:
    """Return how a product suits; what stands in the way comes first."""
    order = list(Effect)
    ranked = sorted(fit.findings, key=lambda one: -order.index(one.effect))
    return EligibilityAnswer(
        product=fit.product.code,
        suits=fit.suits.value,
        findings=tuple(one.json() for one in ranked),
        support=tuple(
            SupportAnswer(
                of=one.of.value, payer=one.payer,
                cost=_money(one.cost), amount=_money(one.amount), cap=_money(one.cap),
            )
            for one in support
        ),
    )  # fmt: skip


def _head(product: BankProduct) -> dict[str, Any]:
    plain = (
        "code", "title", "bank", "area", "source", "grade", "valid_from", "valid_to", "scheme",
        "not_published",
    )  # fmt: skip
    fields = {name: getattr(product, name) for name in plain}
    return {**fields, "unverified": dict(product.unverified)}


def _money(money: Money | None) -> MoneyWire | None:
    return None if money is None else MoneyWire.of(money)


def _plain(terms: Any) -> Any:
    """Return a frozen value of terms as plain JSON; money in its wire form, fractions as text."""
    if isinstance(terms, Money):
        return {"amount": terms.text, "currency": terms.currency}
    if isinstance(terms, tuple):
        return [_plain(one) for one in terms]
    if hasattr(terms, "__slots__") and hasattr(terms, "__dataclass_fields__"):
        return {name: _plain(getattr(terms, name)) for name in terms.__dataclass_fields__}
    return terms if terms is None or isinstance(terms, int | str) else str(terms)
