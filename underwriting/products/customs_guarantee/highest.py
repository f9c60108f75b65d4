"""The highest tax that could fall due, which a letter must not exceed (security rules art. 14)."""

from collections.abc import Iterable, Mapping
from typing import Any

from underwriting.products.customs_guarantee.clock import open_at_once
from underwriting.products.customs_guarantee.goods import GoodsLine
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.use import Mode


def tax_of_a_declaration(goods: Iterable[GoodsLine]) -> int:
    """Return the highest tax of one declaration, minor units: each line at its dearest reading."""
    return sum(line.highest.total for line in goods)


def highest_tax(risk: CustomsGuaranteeRisk, terms: Mapping[str, Any]) -> int:
    """Return the highest tax that could be open at once under the letter, in minor units.

    A single letter: of its declaration. A revolving one: of as many declarations as may be open
    together, since what is paid restores the limit.
    """
    tax = tax_of_a_declaration(risk.goods)
    if risk.use.mode is Mode.SINGLE:
        return tax
    return tax * open_at_once(risk.use, terms)
