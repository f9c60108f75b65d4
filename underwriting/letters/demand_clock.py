"""The clock of a demand: examined and refused at once and whole, or paid; or extended instead.

A guarantor who does not refuse by the last day of examination, in one notice with every ground,
can refuse no more (URDG 758 art. 24, taken as practice by art. 7 of the rules on independent
guarantees).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from kernel.errors import invalid
from kernel.period import Period, add_days
from kernel.working_days import Calendar
from underwriting.letters.clocks import clocks, must
from underwriting.letters.terms import Demands


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandClock:
    """The days of one demand.

    Attributes:
        received: by the guarantor; counting starts the day after.
        refuse_by: last day of the one notice of refusal.
        pay_by: last day of payment.
        suspended_until: last day on which an extension may be agreed in place of payment; None
            where nothing is suspended.
    """

    received: date
    refuse_by: date
    pay_by: date
    suspended_until: date | None = None

    @classmethod
    def of(
        cls,
        received: date,
        demands: Demands,
        calendar: Calendar,
        *,
        closed: Period | None = None,
    ) -> Self:
        """Return the days of a demand; days on which force majeure closed the place count not.

        Raises:
            Unavailable: the table of working days ends before.
        """
        refuse_by = _worked(received, demands.examination_days, calendar, closed)
        if demands.day_kind == "working":
            pay_by = _worked(received, demands.days, calendar, closed)
        else:
            pay_by = calendar.next_working(add_days(received, demands.days))
        return cls(received=received, refuse_by=refuse_by, pay_by=max(pay_by, refuse_by))

    def suspended(self, days: int, calendar: Calendar) -> Self:
        """Suspend payment for so many calendar days from receipt, to weigh an extension.

        Raises:
            Invalid: not one day, or more than the rules allow.
        """
        most = clocks()["extend_or_pay"].value
        if not 0 < days <= most:
            raise invalid("days", f"{days} is not from 1 to {most}", f"suspend {most} at most")
        until = add_days(self.received, days)
        last = calendar.next_working(until)
        return replace(self, suspended_until=until, pay_by=max(self.pay_by, last))

    def check_extension(self, on: date) -> None:
        """Let an extension pass that is agreed while payment is suspended; the rest is paid.

        Raises:
            Conflict: `not-suspended` or `extension-too-late`.
        """
        until = self.suspended_until
        cure = f"pay by {self.pay_by}: without an extension in time, a demand is paid"
        if until is None:
            must(condition=False, code="not-suspended", problem="nothing is suspended", cure=cure)
        else:
            words = f"{on} is after {until}"
            must(on <= until, "extension-too-late", words, cure)

    def check_refusal(self, on: date, *, notices: int, grounds: int, payable: bool = True) -> None:
        """Let a refusal pass that is in time, the first, and states its grounds.

        Args:
            on: day of the notice.
            notices: notices of refusal that were given before for the same demand.
            grounds: discrepancies that the notice names.
            payable: is any of it open? What cannot be paid at all is refused, late as it is.

        Raises:
            Conflict: `refusal-precluded`, `refused-already` or `refusal-without-ground`.
        """
        cure = f"pay by {self.pay_by}"
        words = f"{on} is after {self.refuse_by}, the last day of examination"
        must(on <= self.refuse_by or not payable, "refusal-precluded", words, cure)
        words = "a demand is refused in one notice with every ground"
        must(notices == 0, "refused-already", words, cure)
        must(grounds > 0, "refusal-without-ground", words, "name every discrepancy at once")


def _worked(start: date, days: int, calendar: Calendar, closed: Period | None) -> date:
    """Count working days on which the place was open."""
    if closed is None:
        return calendar.add_working_days(start, days)
    day = start
    while days:
        day += timedelta(days=1)
        days -= calendar.is_working(day) and not closed.covers(day)
    return day
