"""What of a loan account is claimed: principal, ordinary interest, costs; the rest is stripped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.rules.transcript.account import worked
from claims.rules.transcript.lending import Lending, Overdue
from claims.rules.transcript.line import StatementLine
from kernel.period import add_days


@dataclass(frozen=True, slots=True)
class Claimed:
    """A loan account as it is claimed; amounts in minor units.

    Attributes:
        default_on: the first day overdue.
        until: the day up to which interest runs: the end of the waiting period, or the day on
            which a bankruptcy stopped it.
        lines: line of a claim -> what is unpaid of it.
        interest_to_default: of the interest, what had accrued by the default.
        interest_in_waiting: of it, what accrued since.
        overdue_since: first day unpaid, as worked out; None where nothing was on the last day.
        surplus: paid beyond all that was owed.
    """

    default_on: date
    until: date
    lines: dict[str, int]
    interest_to_default: int
    interest_in_waiting: int
    overdue_since: date | None
    surplus: int


def claimed(
    lending: Lending,
    lines: Sequence[StatementLine],
    default_on: date,
    waiting_days: int,
    *,
    closes_on: date | None = None,
) -> Claimed:
    """Return what is claimed at the end of the waiting period.

    Ordinary interest runs at the contract rate on all principal until the waiting period ends, as
    `claims.rules.indemnity` allows it, whatever the bank calls the interest of overdue principal;
    only what the bank charges beyond it is penalty.
    """
    ends = add_days(default_on, waiting_days)
    plain = replace(lending, overdue=Overdue.SURCHARGE)
    account = worked(plain, lines, ends, closes_on=closes_on)
    now, then = account.last, account.on(default_on, plain)
    owed = {name: now.standing(name) for name in (*now.owed, "principal")}
    interest = owed["interest"]
    before = min(interest, then.standing("interest"))
    return Claimed(
        default_on=default_on,
        until=ends if lending.stops_on is None else min(ends, lending.stops_on),
        lines={
            "principal": owed["principal"],
            "interest": interest,
            "costs": owed["costs"],
            "penalty": owed["penalty"] + owed["damages"],
            "compound_interest": owed["compound_interest"],
        },
        interest_to_default=before,
        interest_in_waiting=interest - before,
        overdue_since=now.overdue_since,
        surplus=now.surplus,
    )
