"""The plan of a loan as the insurer agreed to it: what is to be repaid by which day."""

from collections.abc import Mapping
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from kernel.money import Money
from kernel.period import add_months
from underwriting.rules.contract import Contract
from underwriting.rules.loan_terms import LoanTerms


class Due(NamedTuple):
    """Principal that falls due.

    Attributes:
        on: the day.
        principal: minor units, above nothing.
    """

    on: date
    principal: int


def schedule(contract: Contract) -> tuple[Due, ...]:
    """Return the instalments of principal of the agreed loan, in order; they sum to the loan.

    Repaid before instalment k, in all: what is drawn before it less what is owed before it.
    Tranches are read from what the contract froze; without them the loan is drawn at once.
    """
    loan = contract.lent
    drawn = _drawn(loan, contract.agreed)
    repaid = [out - owed for out, owed in zip(drawn, loan.balances, strict=True)]
    return tuple(
        Due(add_months(loan.drawdown, month), part)
        for month, (before, by) in enumerate(pairwise([*repaid, drawn[-1]]), start=1)
        if (part := by - before) > 0
    )


def planned(plan: tuple[Due, ...], on: date) -> int:
    """Return the principal to be repaid by the end of a day, in minor units."""
    return sum(due.principal for due in plan if due.on <= on)


def _drawn(loan: LoanTerms, agreed: Mapping[str, Any]) -> list[int]:
    """Return what is drawn before each month's instalment, in all, minor units."""
    stated = agreed.get("drawdowns") or [[loan.drawdown.isoformat(), loan.amount.text]]
    unit, sums = loan.amount.currency, [0] * loan.term_months
    for day, text in stated:
        month = next(
            k for k in range(loan.term_months)
            if date.fromisoformat(day) < add_months(loan.drawdown, k + 1)
        )  # fmt: skip
        sums[month] += Money.of(text, unit).minor
    return list(accumulate(sums))
