"""Whether interest and premium stand in the band of the product."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.finding import Finding
from underwriting.bank_products.asked import LoanAsked
from underwriting.bank_products.kinds import Basis
from underwriting.bank_products.terms import BankProduct, Price
from underwriting.bank_products.words import asked_for, refused


def price_tests(product: BankProduct, loan: LoanAsked) -> Iterator[Finding]:
    """Yield what speaks against interest, premium and the two together, per year."""
    price = product.price
    if price is None:
        return
    interest, premium = (
        None if text is None else Fraction(text) for text in (loan.annual_rate, loan.premium_rate)
    )
    banded = price.low is not None or price.high is not None
    if interest is not None:
        yield from _band(product, price, loan, interest)
    elif banded or price.all_in is not None:
        yield asked_for(product, "price", ("the interest per year", "年利率"))
    if price.premium is None and price.all_in is None:
        return
    if premium is None:
        yield asked_for(product, "price.premium", ("the premium per year", "年保费率"))
    elif price.premium is not None and premium > price.premium:
        yield _above(product, "premium", ("premium", "保费率"), premium, price.premium)
    if price.all_in is not None and interest is not None and premium is not None:
        whole = interest + premium
        if whole > price.all_in:
            yield _above(
                product, "all_in", ("interest and premium", "综合费率"), whole, price.all_in
            )


def _band(
    product: BankProduct, price: Price, loan: LoanAsked, interest: Fraction
) -> Iterator[Finding]:
    unit = Fraction(1)
    if price.low is None and price.high is None:
        return
    if price.basis is Basis.REFERENCE:
        if loan.reference_rate is None:
            words = (f"the {price.reference} of the day", f"当日 {price.reference}")
            yield asked_for(product, "price.reference", words)
            return
        unit = Fraction(loan.reference_rate)
    if price.high is not None and interest > price.high * unit:
        yield _above(product, "high", ("interest", "利率"), interest, price.high * unit)
    if price.low is not None and interest < price.low * unit:
        low = price.low * unit
        yield refused(
            product, "price-low", "price.low",
            (f"interest of {_percent(interest)} is below {_percent(low)}",
             f"利率 {_percent(interest)} 低于 {_percent(low)}"),
            f"look at the rate: the band begins at {_percent(low)}",
        )  # fmt: skip


def _above(
    product: BankProduct, term: str, name: tuple[str, str], stated: Fraction, most: Fraction
) -> Finding:
    en, zh = name
    return refused(
        product, "price-high", f"price.{term}",
        (f"{en} of {_percent(stated)} a year is above {_percent(most)}",
         f"{zh} {_percent(stated)} 高于 {_percent(most)}"),
        f"agree on {_percent(most)} or less",
    )  # fmt: skip


def _percent(rate: Fraction) -> str:
    return f"{float(100 * rate):.4g} %"
