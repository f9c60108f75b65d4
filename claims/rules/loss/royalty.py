"""A reasonable multiple of what a licence would have cost.

Patent Law art. 71: where neither the holder's loss nor the infringer's gain can be established. The
multiple is reasonable, not below one: a licence that was agreed on freely is the least. The
provisions of 2001 held it to one to three times; the law in force names no upper end.
"""

from fractions import Fraction
from typing import Final

from claims.rules.loss.worked import Step, Worked, not_negative
from kernel.errors import invalid

EVIDENCE: Final = {
    "licence": "许可合同及备案证明 licence contract and its record",
    "fees_paid": "许可费支付凭证及完税证明 proof that its fees were paid and taxed",
    "comparable": "可比性说明：性质、范围、时间 why it is comparable: nature, scope, time",
    "use": "侵权使用的数量或期间 quantity or time of the infringing use",
}


def royalty(
    rate: Fraction, base: Fraction, *, multiple: Fraction = Fraction(1), of_sales: bool = False
) -> Worked:
    """Return the royalty, R = f b m.

    f fee for one unit of the base, b units of the base, m multiple. The base is pieces or years
    with a fee in minor units each; or, `of_sales`, sales in minor units with a fee per 1 of them.

    Raises:
        Invalid: a figure is below nought, or the multiple is below one.

    >>> royalty(Fraction(5, 100), Fraction(2_000_000_00), multiple=Fraction(2),
    ...     of_sales=True).minor
    20000000
    """
    not_negative(rate=rate, base=base)
    if multiple < 1:
        raise invalid("multiple", f"{multiple} is below 1", "a licence itself is the least")
    fee = rate * base
    steps = (
        Step("rate", "许可费率", "fee of one unit", rate, money=not of_sales),
        Step("base", "计费基数", "units of the base", base, money=of_sales),
        Step("fee", "许可使用费", "what a licence would have cost", fee),
        Step("multiple", "倍数", "multiple", multiple, money=False),
        Step("royalty", "许可费的合理倍数", "reasonable multiple of it", fee * multiple),
    )
    return Worked("royalty", steps, EVIDENCE)
