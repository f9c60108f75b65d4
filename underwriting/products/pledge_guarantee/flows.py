"""What a borrower gets and pays for a guaranteed loan, day by day, from its frozen contract."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from kernel.money import Money, part_of_part, round_half_up
from kernel.period import add_months
from underwriting.pricing.day_count import DayCount, year_part
from underwriting.pricing.drawn import Tranche
from underwriting.pricing.effective_cost import Flow
from underwriting.pricing.instalments import Instalment, PremiumBasis, premium_instalments
from underwriting.pricing.premium import payers_of
from underwriting.rules.contract import Contract


def instalments_of(contract: Contract, premium: Money) -> tuple[Instalment, ...]:
    """Return when which part of the premium falls due, as agreed; they sum to it."""
    basis = PremiumBasis(contract.agreed["premium_basis"])
    return premium_instalments(premium, contract.earning, contract.period.start, basis)


def flows_of(contract: Contract, premium: Money) -> tuple[Flow, ...]:
    """Return every flow: tranches in; fees, the borrower's premium, interest, principal out."""
    own = payers_of(premium, contract.policyholder, contract.subsidy)[-1].amount
    fees = fees_of(contract)
    return (
        *(Flow(one.on, one.money.minor, "tranche") for one in _tranches(contract)),
        *((Flow(contract.lent.drawdown, -fees, "fees"),) if fees else ()),
        *(Flow(one.on, -one.money.minor, "premium") for one in instalments_of(contract, own)),
        *_repayments(contract),
    )


def fees_of(contract: Contract) -> int:
    """Return the fees of the loan, minor units."""
    fees = contract.agreed["fees"]
    return Money.of(fees, contract.currency).minor if fees else 0


def _tranches(contract: Contract) -> list[Tranche]:
    stated = contract.agreed["drawdowns"]
    return [Tranche(date.fromisoformat(on), Money.of(a, contract.currency)) for on, a in stated]


def _repayments(contract: Contract) -> Iterator[Flow]:
    """Yield interest and principal of each month, at its end."""
    loan, count = contract.lent, DayCount(contract.agreed["day_count"])
    days = [add_months(loan.drawdown, month) for month in range(loan.term_months + 1)]
    owed, tranches = (*loan.balances, 0), _tranches(contract)
    elapsed = [year_part(count, loan.drawdown, day) for day in days]
    for month, (start, end) in enumerate(pairwise(days)):
        later = [one for one in tranches if start < one.on < end]
        new = [one for one in tranches if end <= one.on < days[min(month + 2, len(days) - 1)]]
        drawn = sum(one.money.minor for one in later)
        part = elapsed[month + 1] - elapsed[month]
        if later:
            interest = (owed[month] - drawn) * part
            interest += sum(one.money.minor * year_part(count, one.on, end) for one in later)
            due = round_half_up(interest * loan.annual_rate)
        else:
            due = part_of_part(owed[month], part, loan.annual_rate)
        yield Flow(end, -due, "interest")
        back = owed[month] + sum(one.money.minor for one in new) - owed[month + 1]
        if back:
            yield Flow(end, -back, "principal")
