"""Cover falls with the principal that is repaid.

The rule: on a day the sum insured is the agreed one, and never more than the principal owed
when the day begins with the agreed sum's own part above the loan, in proportion:

    sum insured (day) = min(agreed, owed (day) x max(1, agreed / loan))

What is agreed above the loan is a year's interest on it: it falls as the principal falls. A sum
that was agreed below the loan stands until less than it is owed. Where repayments are recorded,
they decide what is owed, early or late; where none are kept, the plan of the loan does.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from kernel.money import Money, round_half_up
from kernel.period import add_months
from underwriting.rules.contract import Contract
from underwriting.rules.loan_terms import LoanTerms

Repaid = Mapping[date, int]
"""Day -> principal repaid on it, in minor units, as recorded."""


def owed(loan: LoanTerms, day: date, repaid: Repaid | None = None) -> int:
    """Return the principal owed when `day` begins, in minor units.

    Instalments that fall due on that day still stand. `repaid` is None where nobody records
    repayments; an empty record says that nothing was repaid.
    """
    if repaid is not None:
        paid = sum(minor for when, minor in repaid.items() if when < day)
        return max(0, loan.amount.minor - paid)
    for month, balance in enumerate(loan.balances, start=1):
        if day <= add_months(loan.drawdown, month):
            return balance
    return 0


def sum_insured_on(contract: Contract, day: date, repaid: Repaid | None = None) -> Money:
    """Return the sum insured on a day, as the rule above has it; without a loan, as agreed."""
    agreed, loan = contract.sum_insured, contract.loan
    if loan is None:
        return agreed
    above = max(Fraction(1), Fraction(agreed.minor, loan.amount.minor))
    left = round_half_up(owed(loan, day, repaid) * above)
    return Money(min(agreed.minor, left), agreed.currency)
