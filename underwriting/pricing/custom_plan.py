"""A plan that is stated month by month: checked, so that it falls and ends at nil."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from kernel.errors import invalid
from kernel.money import Money


class Stated(NamedTuple):
    """An amount of principal stated for a month of the loan.

    Attributes:
        month: counted from 1; the amount is that of its end.
        minor: minor units.
    """

    month: int
    minor: int


def by_instalments(
    stated: Sequence[Stated], drawn: Sequence[Money], field: str = "risk.loan.instalments"
) -> tuple[int, ...]:
    """Return the principal owed before each month's instalment.

    Args:
        stated: principal repaid at the end of some months.
        drawn: principal paid out in each month.
        field: where the instalments stand.

    Raises:
        Invalid: months out of order or beyond the term, more repaid than was drawn, or not all.
    """
    _in_order(stated, len(drawn), field)
    repaid = dict(stated)
    paid_in = [repaid.get(month, 0) for month in range(len(drawn))]
    steps = [out.minor - back for out, back in zip(drawn, paid_in, strict=True)]
    owed = tuple(accumulate(steps))
    low = next((month for month, left in enumerate(owed, 1) if left < 0), None)
    if low is not None:
        problem = f"repay more than was drawn by month {low - 1}"
        raise invalid(field, problem, "repay later, or less")
    last = repaid.get(len(drawn), 0)
    if owed[-1] != last:
        short = Money(abs(owed[-1] - last), drawn[0].currency)
        what = "leave" if owed[-1] > last else "repay too much, by"
        raise invalid(field, f"{what} {short}", "have them sum to the loan")
    return owed


def by_balances(
    stated: Sequence[Stated], drawn: Sequence[Money], field: str = "risk.loan.balances"
) -> tuple[int, ...]:
    """Return the same from the principal owed after the instalments of some months.

    A month that is left out keeps what was owed before; the last month ends at nil.

    Raises:
        Invalid: months out of order or beyond the term, a balance that rises without a drawdown,
            or one that does not end at nil.
    """
    _in_order(stated, len(drawn), field)
    after, owed, left = dict(stated), [], 0
    for month, out in enumerate(drawn, 1):
        left += out.minor
        owed.append(left)
        if after.get(month, left) > left:
            problem = f"rise at the end of month {month} without a drawdown"
            raise invalid(field, problem, "state balances that fall, or a further drawdown")
        left = after.get(month, left)
    if left:
        money = Money(left, drawn[0].currency)
        raise invalid(field, f"leave {money} after the last month", "end at nil")
    return tuple(owed)


def _in_order(stated: Sequence[Stated], months: int, field: str) -> None:
    named = [one.month for one in stated]
    if named != sorted(set(named)) or (named and named[-1] > months):
        problem = f"are not of rising months from 1 to {months}"
        raise invalid(field, problem, "state each month once, in order, within the term")
