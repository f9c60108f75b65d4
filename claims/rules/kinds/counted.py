"""Over which days the aggregates of a policy are counted."""

from datetime import date

from kernel.period import Period, add_days, add_months
from underwriting.rules.contract import Contract

_YEAR = 12


def counted_over(contract: Contract, event_on: date) -> Period:
    """Return the days whose events share one aggregate with an event of `event_on`.

    The whole period of cover; the policy year of the event where the policy counts by policy
    year. What earlier claims used is to be summed over the events of these days.
    """
    period = contract.period
    if contract.agreed.get("aggregate_basis") != "policy_year":
        return period
    months = _YEAR
    while add_months(period.start, months) <= min(event_on, period.end):
        months += _YEAR
    opens = add_months(period.start, months - _YEAR)
    return Period(opens, min(add_days(add_months(period.start, months), -1), period.end))
