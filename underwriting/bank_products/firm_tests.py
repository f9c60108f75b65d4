"""Whether a firm is one that the product is for: every reason at once."""

from collections.abc import Iterator
from datetime import date

from kernel.finding import Finding
from kernel.money import Money
from kernel.period import add_months
from kernel.wire import MoneyWire
from underwriting.bank_products.asked import FirmFacts
from underwriting.bank_products.terms import BankProduct, Eligible
from underwriting.bank_products.words import asked_for, refused


def firm_tests(product: BankProduct, firm: FirmFacts, on: date) -> Iterator[Finding]:
    """Yield every reason why the firm does not fit, and every fact that is missing."""
    terms = product.eligible
    if terms is None:
        return
    yield from _is_one_of(product, terms, firm)
    yield from _region(product, terms, firm)
    yield from _age(product, terms, firm, on)
    yield from _bounds(product, terms, firm)


def _is_one_of(product: BankProduct, terms: Eligible, firm: FirmFacts) -> Iterator[Finding]:
    if terms.kinds and firm.kinds is None:
        yield asked_for(product, "eligible.kinds", ("what the firm is recognised as", "企业资质"))
    elif terms.kinds and firm.kinds is not None and not set(terms.kinds) & set(firm.kinds):
        wanted = ", ".join(terms.kinds)
        yield refused(
            product, "firm-kind", "eligible.kinds",
            (f"the firm is none of: {wanted}", f"企业不属于：{wanted}"),
            "have it recognised as one of them, or choose another product",
        )  # fmt: skip
    if terms.sizes and firm.size is None:
        yield asked_for(product, "eligible.sizes", ("the size class", "企业规模"))
    elif terms.sizes and firm.size not in terms.sizes:
        wanted = ", ".join(terms.sizes)
        yield refused(
            product, "firm-size", "eligible.sizes",
            (f"the firm is {firm.size}; it is for: {wanted}", f"企业规模不在：{wanted}"),
            "choose a product for its size",
        )  # fmt: skip


def _region(product: BankProduct, terms: Eligible, firm: FirmFacts) -> Iterator[Finding]:
    if not terms.regions:
        return
    if firm.region is None:
        yield asked_for(product, "eligible.regions", ("the division code", "所在地行政区划代码"))
    elif not firm.region.startswith(terms.regions):
        yield refused(
            product, "region", "eligible.regions",
            (f"division {firm.region} is outside {product.area}",
             f"所在地 {firm.region} 不在 {product.area}"),
            "choose a product of the firm's own region",
        )  # fmt: skip


def _age(product: BankProduct, terms: Eligible, firm: FirmFacts, on: date) -> Iterator[Finding]:
    if terms.age_months is None:
        return
    if firm.founded is None:
        yield asked_for(product, "eligible.age_months", ("the day of registration", "成立日期"))
    elif (ripe := add_months(firm.founded, terms.age_months)) > on:
        yield refused(
            product, "firm-young", "eligible.age_months",
            (f"the firm is younger than {terms.age_months} months",
             f"企业成立不足 {terms.age_months} 个月"),
            f"ask again from {ripe} on",
        )  # fmt: skip


def _bounds(product: BankProduct, terms: Eligible, firm: FirmFacts) -> Iterator[Finding]:
    """Test staff, revenue, assets and debt ratio against their upper bounds."""
    ratio = None if terms.debt_ratio is None else float(terms.debt_ratio)
    revenue, assets = _minor(firm.revenue, product), _minor(firm.assets, product)
    for name, zh, most, shown, has in (
        ("staff", "职工人数", terms.staff, str(terms.staff), firm.staff),
        ("revenue", "营业收入", _most(terms.revenue), str(terms.revenue), revenue),
        ("assets", "资产总额", _most(terms.assets), str(terms.assets), assets),
        ("debt_ratio", "资产负债率", ratio, str(terms.debt_ratio), firm.debt_ratio),
    ):
        if most is None:
            continue
        if has is None:
            yield asked_for(product, f"eligible.{name}", (f"{name} of the firm", zh))
        elif has > most:
            yield refused(
                product, "firm-bound", f"eligible.{name}",
                (f"{name} of the firm is above {shown}", f"{zh}超过 {shown}"),
                "choose a product for larger or more indebted firms",
            )  # fmt: skip


def _most(bound: Money | None) -> int | None:
    return None if bound is None else bound.minor


def _minor(stated: MoneyWire | None, product: BankProduct) -> int | None:
    """Return the amount in the product's currency; in another it is as good as not stated."""
    if stated is None or stated.currency != product.currency:
        return None
    return stated.money().minor
