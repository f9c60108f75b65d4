"""Actual loss of the holder: sales that it lost to the infringer, and prices that it had to cut.

Patent Law art. 71; Supreme People's Court, Provisions on patent disputes, art. 14: the sales lost
times the reasonable profit on each; where the sales lost cannot be established, those of the
infringer stand for them.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from claims.rules.loss.worked import Step, Worked, a_part, not_negative
from kernel.errors import invalid

EVIDENCE: Final = {
    "sales_before_after": "侵权前后销售明细及审计报告 sales before and after, audited",
    "infringer_sales": "侵权产品销量证据 evidence of the infringer's sales",
    "unit_cost": "产品成本核算表 cost sheet of the product",
    "price_lists": "降价前后价目表及合同 price lists and contracts before and after a cut",
    "contribution": "专利贡献率的说明或评估 statement or valuation of what the right adds",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LostSales:
    """What was lost; money in minor units.

    Attributes:
        units: sales lost, or the infringer's where they stand for them.
        price: net price of one, before it was cut.
        unit_cost: what each sale that was lost would have cost: variable cost only.
        contribution: part of the profit that the right brings, [0, 1].
        units_sold: sold at the price that was cut.
        price_cut: of each of those.
    """

    units: Fraction
    price: Fraction
    unit_cost: Fraction
    contribution: Fraction = Fraction(1)
    units_sold: Fraction = Fraction(0)
    price_cut: Fraction = Fraction(0)


def lost_profit(lost: LostSales) -> Worked:
    """Return the profit lost, L = n (p - c) k + m d.

    n units lost, p price, c unit cost, k contribution of the right, m units sold at a price that
    was cut by d. A product sold at a loss loses no profit: p - c below nought counts as nought.

    Raises:
        Invalid: a figure is below nought, the contribution is no part of 1, or a price was cut by
            more than it was.

    >>> lost_profit(LostSales(units=Fraction(1000), price=Fraction(50_00),
    ...     unit_cost=Fraction(30_00), contribution=Fraction(1, 2))).minor
    1000000
    """
    not_negative(
        units=lost.units,
        price=lost.price,
        unit_cost=lost.unit_cost,
        units_sold=lost.units_sold,
        price_cut=lost.price_cut,
    )
    a_part(contribution=lost.contribution)
    if lost.price_cut > lost.price:
        cure = "give what the price was lowered by, and the price before"
        raise invalid("price_cut", "is more than the price was", cure)
    profit = max(Fraction(0), lost.price - lost.unit_cost)
    gross = lost.units * profit
    owed = gross * lost.contribution
    eroded = lost.units_sold * lost.price_cut
    steps = (
        Step("units", "损失销量", "sales lost", lost.units, money=False),
        Step("unit_profit", "单位合理利润", "profit of one", profit),
        Step("gross", "损失利润总额", "profit of all of them", gross),
        Step("attributed", "归因于该权利", "of which the right brings", owed),
        Step("erosion", "降价损失", "prices that were cut", eroded),
        Step("loss", "实际损失", "actual loss", owed + eroded),
    )
    return Worked("lost_profit", steps, EVIDENCE)
