"""What a guaranteed loan's own record leaves owing: principal by day, and interest not yet paid.

The record is the fold of loan events that `underwriting.watch.account` makes, the same that the
loan of a policy and its readiness are read from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kernel.period import DAYS_PER_YEAR, add_days
from underwriting.rules.contract import Contract
from underwriting.watch.account import Account, account
from underwriting.watch.loan_event import LoanEvent, LoanEventKind

_PAYS = (LoanEventKind.REPAID, LoanEventKind.PREPAID)

Step = tuple[date, int]
"""From a day on, principal in minor units."""


@dataclass(frozen=True, slots=True)
class LoanRecord:
    """What the events of a loan say of a default; amounts in minor units.

    Attributes:
        default_on: the day of default.
        events: that count, in order of their days.
    """

    default_on: date
    events: tuple[LoanEvent, ...]

    @property
    def at_default(self) -> int:
        """Principal owed at the end of the day of default."""
        return account([one for one in self.events if one.happened_on <= self.default_on]).owed

    @property
    def since(self) -> tuple[LoanEvent, ...]:
        """Repayments of principal after that day; what is drawn after it is no part of the loss."""
        return tuple(one for one in self.repayments if one.happened_on > self.default_on)

    @property
    def owed(self) -> int:
        """Principal owed on the day of default less what was repaid since; never below nought."""
        return max(0, self.at_default - sum(one.principal for one in self.since))

    @property
    def interest_paid(self) -> int:
        """All interest received."""
        return account(self.events).interest_paid

    @property
    def repayments(self) -> tuple[LoanEvent, ...]:
        """Events that paid principal back."""
        return tuple(one for one in self.events if one.kind in _PAYS and one.principal)

    @property
    def payments(self) -> tuple[LoanEvent, ...]:
        """Events that paid interest."""
        return tuple(one for one in self.events if one.kind in _PAYS and one.interest)

    def course(self) -> list[Step]:
        """Return the principal owed from each day on: as it moved, then as it was repaid."""
        steps: list[Step] = []
        now = Account()
        for one in self.events:
            if one.happened_on <= self.default_on:
                now = now.after(one)
                steps.append((one.happened_on, now.owed))
        return [*steps, *self.after(now.owed)]

    def after(self, principal: int) -> list[Step]:
        """Return what is left of a principal from each repayment since the default on."""
        steps = []
        for one in self.since:
            principal = max(0, principal - one.principal)
            steps.append((one.happened_on, principal))
        return steps


def loan_record(events: Iterable[LoanEvent], default_on: date) -> LoanRecord | None:
    """Return the record of a loan; None where it says nowhere that the loan was paid out."""
    known = tuple(events)
    return LoanRecord(default_on, known) if account(known).disbursed else None


def interest_by_plan(
    contract: Contract, record: LoanRecord | None, default_on: date, principal: int
) -> Fraction:
    """Return ordinary interest on what was owed at the default, minor units, never below nought.

    It runs at the contract rate from the agreed drawdown to the end of the waiting period, on
    `principal`; what the record says was repaid since the default bears none from that day on.
    """
    steps = [(contract.lent.drawdown, principal)]
    if record is not None:
        steps += [(on, min(principal, left)) for on, left in record.after(record.at_default)]
    return _borne(contract, steps, default_on)


def interest_unpaid(contract: Contract, record: LoanRecord) -> Fraction:
    """Return ordinary interest by the record that it does not say was paid, minor units.

    It runs at the contract rate on the principal of each day, from the day on which it was paid
    out to the end of the waiting period; never below nought.
    """
    accrued = _borne(contract, record.course(), record.default_on)
    return max(Fraction(0), accrued - record.interest_paid)


def _borne(contract: Contract, steps: Sequence[Step], default_on: date) -> Fraction:
    """Return interest of principal by day up to the end of the waiting period, exact."""
    ends = add_days(default_on, contract.waiting_days)
    whole = sum(
        principal * max(0, (min(until, ends) - since).days)
        for (since, principal), (until, _) in pairwise([*steps, (ends, 0)])
    )
    return Fraction(contract.lent.annual_rate) * whole / DAYS_PER_YEAR


def shown(events: Sequence[LoanEvent]) -> str:
    """Name the events that show something: the last, and how many there are.

    >>> shown(())
    ''
    """
    if not events:
        return ""
    last = f"{events[-1].key} of {events[-1].happened_on}"
    many = f"{len(events)} loan events, the last {last}"
    return f"loan event {last}" if len(events) == 1 else many
