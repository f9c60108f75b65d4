"""A loan account worked out again from its terms and its payments, day by day.

On each day, in this order: what accrued up to it, interest charged, principal paid out, costs
and damages as stated, payments. What is due on a day and paid on it is paid in time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.rules.transcript.lending import Lending
from claims.rules.transcript.line import STATED, LineKind, StatementLine
from claims.rules.transcript.running import (
    Running,
    accrue,
    charge,
    opened,
    overdue_principal,
    pay,
)


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment, and what it met.

    Attributes:
        on: value date.
        minor: minor units.
        met: name -> minor units; together no more than `minor`.
    """

    on: date
    minor: int
    met: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Worked:
    """An account worked out.

    Attributes:
        course: the account at the end of each day on which something happened.
        charged: day -> what was charged on it, by name, minor units.
        payments: each with what it met.
    """

    course: tuple[Running, ...]
    charged: Mapping[date, Mapping[str, int]]
    payments: tuple[Paid, ...]

    @property
    def last(self) -> Running:
        """The account on its last day."""
        return self.course[-1]

    def on(self, day: date, lending: Lending) -> Running:
        """The account on any day from its opening to its last, with what has accrued by then."""
        before = [one for one in self.course if one.on <= day]
        return accrue(before[-1], lending, day) if before else opened(day)


def worked(
    lending: Lending,
    lines: Sequence[StatementLine],
    until: date,
    *,
    closes_on: date | None = None,
) -> Worked:
    """Work an account out to the end of a day.

    Args:
        lending: the terms.
        lines: of the bank's statement; only payments, costs and damages are taken from it.
        until: the last day; what has accrued by then stands beside what was charged.
        closes_on: a day on which the bank closed its statement and charged what had accrued.
    """
    charges = {*lending.charge_days, *(() if closes_on is None else (closes_on,))}
    moved = _by_day(line for line in lines if line.kind in (*STATED, LineKind.REPAYMENT))
    drawn: Counter[date] = Counter()
    for one in lending.drawdowns:
        drawn[one.on] += one.principal
    days = {*charges, *moved, *drawn, *(one.on for one in lending.plan), until}
    if lending.accelerated_on is not None:
        days.add(lending.accelerated_on)
    now = opened(lending.opens_on)
    course: list[Running] = []
    charged: dict[date, Mapping[str, int]] = {}
    payments: list[Paid] = []
    for day in sorted(one for one in days if lending.opens_on <= one <= until):
        now = accrue(now, lending, day)
        if day in charges:
            now, parts = charge(now)
            charged |= {day: parts} if parts else {}
        now = replace(now, drawn=now.drawn + drawn[day])
        now, paid = _moved(now, lending, moved.get(day, ()))
        payments += paid
        now = replace(now, overdue_since=_since(now, lending))
        course.append(now)
    return Worked(tuple(course), charged, tuple(payments))


def _moved(
    now: Running, lending: Lending, lines: Iterable[StatementLine]
) -> tuple[Running, list[Paid]]:
    """Add costs and damages as stated, and let payments meet what is owed."""
    paid = []
    for line in lines:
        if line.kind is LineKind.REPAYMENT:
            now, met = pay(now, lending, line.credit)
            paid.append(Paid(line.on, line.credit, met))
        else:
            name = line.kind.value
            now = replace(now, owed={**now.owed, name: now.owed[name] + line.debit - line.credit})
    return now, paid


def _since(now: Running, lending: Lending) -> date | None:
    """Return since when something due is unpaid: as before, from today, or not at all."""
    unpaid = overdue_principal(now, lending) or now.owed["interest"]
    return (now.overdue_since or now.on) if unpaid else None


def _by_day(lines: Iterable[StatementLine]) -> dict[date, list[StatementLine]]:
    found: defaultdict[date, list[StatementLine]] = defaultdict(list)
    for line in lines:
        found[line.on].append(line)
    return dict(found)
