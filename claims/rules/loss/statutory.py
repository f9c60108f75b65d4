"""Statutory damages: an amount within the bounds of the law, by the right and what was done to it.

Patent Law art. 71 para. 2: where loss, gain and royalty can none of them be established.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from claims.rules.loss.bounds import bounds_of
from claims.rules.loss.worked import Step, Worked, not_negative
from kernel.errors import invalid
from kernel.money import Money

EVIDENCE: Final = {
    "kind_of_right": "权利类型及创新程度 kind of the right and what it adds",
    "nature": "侵权性质、规模、持续时间 nature, scale and time of the infringement",
    "market": "产品价格及市场情况 price of the product and its market",
    "similar_awards": "类案判赔数额 awards in like cases",
}


def statutory(
    right: str, on: date, *, middle: int, weights: Mapping[str, Fraction] | None = None
) -> Worked:
    """Return the statutory damages, S = min(most, max(least, a w1 w2 ...)).

    a is the middle of awards in like cases, w the weight of each circumstance of this one (1 is as
    usual); the bounds of the law hold whatever the weights say.

    Args:
        right: kind of the right.
        on: day of the infringement.
        middle: awards in like cases, minor units of CNY.
        weights: circumstance -> factor.

    Raises:
        Invalid: no law gives statutory damages for the right, or a figure is below nought.

    >>> statutory("design", date(2025, 5, 1), middle=10_000_00).minor
    3000000
    """
    law = bounds_of(right, on)
    not_negative(middle=Fraction(middle))
    not_negative(**(weights or {}))
    steps = [Step("middle", "类案判赔中位", "awards in like cases", Fraction(middle))]
    reached = Fraction(middle)
    for name, weight in (weights or {}).items():
        reached *= weight
        steps.append(Step(f"weight:{name}", "情节系数", f"weight of {name}", weight, money=False))
    steps += [
        Step("weighed", "按情节调整", "as circumstances weigh it", reached),
        Step("least", "法定下限", f"least by {law.law}", Fraction(law.least)),
        Step("most", "法定上限", f"most by {law.law}", Fraction(law.most)),
        Step("statutory", "法定赔偿", "within the bounds of the law",
             min(Fraction(law.most), max(Fraction(law.least), reached))),
    ]  # fmt: skip
    return Worked("statutory", tuple(steps), EVIDENCE)


def check_within(right: str, on: date, minor: int) -> None:
    """Refuse statutory damages that no court could set.

    Raises:
        Invalid: outside the bounds, which are named with the article.
    """
    law = bounds_of(right, on)
    if not law.least <= minor <= law.most:
        least, most = Money(law.least, "CNY"), Money(law.most, "CNY")
        problem = f"{Money(minor, 'CNY')} is not from {least} to {most} ({law.law})"
        raise invalid("statutory", problem, "give an amount within the bounds")
