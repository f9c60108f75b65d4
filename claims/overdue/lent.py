"""The loan of a policy as its account is worked out from it."""

from datetime import date

from claims.rules.interest import BY_DAY
from claims.rules.transcript.form import Lent
from kernel.money import Money
from underwriting.pricing.day_count import DayCount
from underwriting.rules.contract import Contract
from underwriting.watch.schedule import Due, schedule


def lent_of(contract: Contract) -> Lent:
    """Return tranches, plan and rate as agreed; the day count where it counts by the day."""
    loan, unit = contract.lent, contract.lent.amount.currency
    tranches = contract.agreed.get("drawdowns") or [[loan.drawdown.isoformat(), loan.amount.text]]
    count = contract.agreed.get("day_count")
    by_day = DayCount(count) if count else None
    return Lent(
        currency=unit,
        drawdowns=tuple(
            Due(date.fromisoformat(day), Money.of(text, unit).minor) for day, text in tranches
        ),
        plan=schedule(contract),
        annual_rate=loan.annual_rate,
        day_count=by_day if by_day in BY_DAY else None,
    )
