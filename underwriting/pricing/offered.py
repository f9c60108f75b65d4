"""The offered price beside the technical one: the same lines, and one for the deviation."""

from dataclasses import replace
from fractions import Fraction

from kernel.errors import invalid
from kernel.money import Money, round_half_up
from underwriting.pricing.premium import Line, Premium, payers_of

Subsidy = tuple[str, Fraction, Money | None] | None


def offered(technical: Premium, total: Money, tax: float, *, subsidy: Subsidy) -> Premium:
    """Return the premium as it is offered at `total`, tax included.

    The net premium is total / (1 + tax), to the minor unit; the deviation is what it lies above
    or below the net technical premium, and tax is the rest.

    Raises:
        Invalid: the total is in another currency, or not above nothing.
    """
    if total.currency != technical.total.currency or total.minor <= 0:
        cure = f"give an amount above 0 in {technical.total.currency}"
        raise invalid("premium", f"{total} cannot be offered", cure)
    if total == technical.total:
        return technical
    net = round_half_up(total.minor / (1 + Fraction(str(tax))))
    before = technical.total - technical.line("tax")
    lines = [line for line in technical.lines if line.code != "tax"]
    (taxed,) = (line for line in technical.lines if line.code == "tax")
    moved = Money(net, total.currency) - before
    basis = f"offered {total} instead of {technical.total}"
    lines.append(
        Line("deviation", "偏离技术价格", "deviation from the technical price", basis, moved)
    )
    lines.append(replace(taxed, amount=Money(total.minor - net, total.currency)))
    policyholder = technical.payers[-1].payer
    return Premium(total, tuple(lines), payers_of(total, policyholder, subsidy))


def deviation(technical: Money, total: Money) -> Fraction:
    """Return (offered - technical) / technical, exact.

    >>> deviation(Money(20000, "CNY"), Money(19000, "CNY"))
    Fraction(-1, 20)
    """
    assert technical.minor > 0, "a technical price is above nothing"
    return Fraction(total.minor - technical.minor, technical.minor)
