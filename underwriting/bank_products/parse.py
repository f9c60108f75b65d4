"""From the text of a bank product's file to the checked product, or to every fault with line."""

import re
import tomllib
from datetime import date
from typing import Any, Final

from kernel.errors import Fault, Invalid
from kernel.money import MINOR_DIGITS
from underwriting.bank_products import parts, values
from underwriting.bank_products.terms import BankProduct
from underwriting.pricing.plan import Plan
from underwriting.schemes.reader import Faults, Table

TERMS: Final = (
    "eligible", "loan.least", "loan.most", "loan.months", "loan.ip_share", "price", "plans",
    "scheme", "subsidies", "papers", "valuation",
)  # fmt: skip
"""What a file states, or names under `not_published`: nothing is assumed in its place."""

_TOP: Final = (
    "code", "title", "bank", "area", "source", "grade", "valid_from", "valid_to", "currency",
    "eligible", "loan", "limits", "price", "plans", "scheme", "subsidies", "papers", "valuation",
    "not_published", "unverified",
)  # fmt: skip
_PARTS: Final = ("subsidies.cap", "price.band")
"""Parts of a stated term that may be unpublished."""

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}", re.ASCII)
_GRADES: Final = ("A", "B", "C", "K")


def parse_bank_product(text: str, name: str = "product.toml") -> BankProduct:
    """Read one file.

    Raises:
        Invalid: it is not TOML or breaks the format; all faults at once, each with the file, the
            line, the key and the cure.
    """
    try:
        read = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        fault = Fault(f"{name}: file", f"is not TOML: {str(error)[:200]}", "mend that line")
        raise Invalid("bank-product-invalid", fault) from None
    faults = Faults(name, text)
    currency = read.get("currency")
    table = Table(read, faults, currency=currency if isinstance(currency, str) else None)
    product = _product(table)
    if faults.found:
        raise Invalid("bank-product-invalid", *faults.found)
    return product


def _product(top: Table) -> BankProduct:
    top.only(*_TOP)
    unstated = values.texts(top, "not_published")
    _check_stated(top, unstated)
    loan = parts.read_loan(top)
    return BankProduct(
        **_head(top),
        eligible=parts.read_eligible(top),
        least=loan.least,
        most=loan.most,
        limits=parts.read_limits(top),
        ip_share=values.share(top.table("loan"), "ip_share"),
        months=loan.months,
        price=parts.read_price(top, unstated),
        plans=values.some_of(top, "plans", Plan),
        scheme=top.text("scheme", required=False) or None,
        subsidies=parts.read_subsidies(top, unstated),
        papers={key: top.table("papers").text(key) for key in top.table("papers").values},
        valuation=parts.read_valuation(top),
        not_published=unstated,
        unverified=_unverified(top),
    )


def _head(top: Table) -> dict[str, Any]:
    code, grade, currency = top.text("code"), top.text("grade"), top.text("currency")
    if code and not _CODE.fullmatch(code):
        top.fault("code", f"{code!r} is not a code", "use small letters, digits and - . _")
    if grade and grade not in _GRADES:
        top.fault("grade", f"{grade!r} is not known", f"use one of {', '.join(_GRADES)}")
    if currency and currency not in MINOR_DIGITS:
        top.fault("currency", f"{currency!r} is not known", f"use one of {', '.join(MINOR_DIGITS)}")
    start, end = top.day("valid_from"), top.day("valid_to", required=False)
    if start and end and end < start:
        top.fault("valid_to", "is before valid_from", "end it later, or leave it out")
    words = {key: top.text(key) for key in ("title", "bank", "area", "source")}
    valid = {"valid_from": start or date.min, "valid_to": end}
    return {"code": code, "grade": grade, "currency": currency, **words, **valid}


def _check_stated(top: Table, unstated: tuple[str, ...]) -> None:
    """Fault a term that is neither stated nor named as not published, or is both."""
    loan = top.table("loan")
    stated = {
        "loan.least": loan.has("least"),
        "loan.most": loan.has("most") or top.has("limits"),
        "loan.months": loan.has("months_least") or loan.has("months_most"),
        "loan.ip_share": loan.has("ip_share"),
    }
    for term in TERMS:
        here = stated.get(term, top.has(term))
        if here == (term in unstated):
            problem = "is stated, and named not_published too" if here else "is missing"
            cure = "keep one of the two" if here else f"state it, or name {term} not_published"
            top.fault("not_published" if here else term.partition(".")[0], problem, cure)
    for term in unstated:
        if term not in (*TERMS, *_PARTS):
            top.fault("not_published", f"{term!r} is no term", f"use some of {', '.join(TERMS)}")


def _unverified(top: Table) -> dict[str, str]:
    table = top.table("unverified")
    for key in table.values:
        if key not in _TOP:
            table.fault(key, "is no term of a product", f"use one of {', '.join(_TOP)}")
    return {key: table.text(key) for key in table.values}
