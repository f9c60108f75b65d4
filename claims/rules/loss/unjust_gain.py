"""What the infringer gained: its sales, its margin, and the part that the right brought.

Patent Law art. 71; Supreme People's Court (2018)最高法民再111号: sales x profit rate x contribution
of the right. Provisions on patent disputes, art. 14: the operating margin as a rule, the margin of
sales where the infringer lives on infringing.
"""

from fractions import Fraction
from typing import Final

from claims.rules.loss.worked import Step, Worked, a_part, not_negative
from kernel.errors import invalid

EVIDENCE: Final = {
    "infringer_accounts": "侵权人账簿、纳税及平台数据 the infringer's books, tax, platform sales",
    "margin": "行业利润率或审计的利润率 margin of the trade, or as audited",
    "lives_on_it": "是否以侵权为业的证据 evidence that the infringer lives on infringing",
    "contribution": "专利贡献率的说明或评估 statement or valuation of what the right adds",
}


def unjust_gain(
    sales: Fraction,
    *,
    operating_margin: Fraction,
    sales_margin: Fraction | None = None,
    lives_on_it: bool = False,
    contribution: Fraction = Fraction(1),
) -> Worked:
    """Return the gain, G = s r k.

    s sales of the infringing product, r its margin (of sales where the infringer lives on
    infringing, else the operating margin), k contribution of the right.

    Args:
        sales: minor units.
        operating_margin: after selling, administration and finance, per 1.
        sales_margin: before administration and finance, per 1; needed where `lives_on_it`.
        lives_on_it: is infringing the infringer's whole business?
        contribution: part of the profit that the right brings, [0, 1].

    Raises:
        Invalid: a figure is below nought or no part of 1, or the margin of sales is missing.

    >>> unjust_gain(Fraction(100_000_00), operating_margin=Fraction(15, 100),
    ...     contribution=Fraction(1, 2)).minor
    750000
    """
    not_negative(sales=sales)
    margin = _margin(operating_margin, sales_margin, lives_on_it=lives_on_it)
    a_part(margin=margin, contribution=contribution)
    profit = sales * margin
    steps = (
        Step("sales", "侵权产品销售额", "sales of the infringing product", sales),
        Step("margin", "利润率", "margin", margin, money=False),
        Step("profit", "侵权产品利润", "profit on it", profit),
        Step("gain", "侵权获利", "of which the right brought", profit * contribution),
    )
    return Worked("unjust_gain", steps, EVIDENCE)


def _margin(operating: Fraction, of_sales: Fraction | None, *, lives_on_it: bool) -> Fraction:
    if not lives_on_it:
        return operating
    if of_sales is None:
        cure = "state the margin of sales, or show that it has another business"
        raise invalid("sales_margin", "is missing where the infringer lives on it", cure)
    return of_sales
