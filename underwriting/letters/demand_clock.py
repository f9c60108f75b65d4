"""The clock of a demand: examined and refused at once and whole, or paid; or extended instead.

A guarantor who does not refuse by the last day of examination, in one notice with every ground,
can refuse no more (URDG 758 art. 24, taken as practice by art. 7 of the rules on independent
guarantees).

Where the days pass the end of the table of working days they are the earliest that any later table
can make of them, and provisional: who must answer in time is never told a day that is too late.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from kernel.errors import Fault, Unavailable, invalid
from kernel.finding import Effect, Finding
from kernel.period import add_days
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
        known_until: last day of the table that they were counted by.
    """

    received: date
    refuse_by: date
    pay_by: date
    suspended_until: date | None = None
    known_until: date = date.max

    @classmethod
    def of(cls, received: date, demands: Demands, calendar: Calendar) -> Self:
        """Return the days of a demand; beyond the table of working days the earliest they can be.

        Raises:
            Unavailable: it was received before the first day of the table.
        """
        refuse_by = calendar.earliest(received, demands.examination_days)
        if demands.day_kind == "working":
            pay_by = calendar.earliest(received, demands.days)
        else:
            pay_by = calendar.earliest_worked(add_days(received, demands.days))
        return cls(
            received=received,
            refuse_by=refuse_by,
            pay_by=max(pay_by, refuse_by),
            known_until=calendar.known_until,
        )

    @property
    def provisional(self) -> bool:
        """Can a later table of working days still move any of them?"""
        return max(self.refuse_by, self.pay_by) > self.known_until

    def suspended(self, days: int, calendar: Calendar) -> Self:
        """Suspend payment for so many calendar days from receipt, to weigh an extension.

        Raises:
            Invalid: not one day, or more than the rules allow.
        """
        most = clocks()["extend_or_pay"].value
        if not 0 < days <= most:
            raise invalid("days", f"{days} is not from 1 to {most}", f"suspend {most} at most")
        until = add_days(self.received, days)
        last = calendar.earliest_worked(until)
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
            Unavailable: `calendar-ended`: whether it is too late only the next table says.
        """
        if payable and on > self.refuse_by > self.known_until:
            raise _unknown(self.refuse_by)
        cure = f"pay by {self.pay_by}"
        words = f"{on} is after {self.refuse_by}, the last day of examination"
        must(on <= self.refuse_by or not payable, "refusal-precluded", words, cure)
        words = "a demand is refused in one notice with every ground"
        must(notices == 0, "refused-already", words, cure)
        must(grounds > 0, "refusal-without-ground", words, "name every discrepancy at once")


def provisional_days(clock: DemandClock) -> tuple[Finding, ...]:
    """Return what is said of days that the table of working days does not reach yet."""
    if not clock.provisional:
        return ()
    return (
        Finding(
            "days-provisional", Effect.INFORM,
            f"the table of working days ends on {clock.known_until}: refusal by {clock.refuse_by} "
            f"and payment by {clock.pay_by} are the earliest days that they can be",
            f"工作日表截至 {clock.known_until}：拒付截止日 {clock.refuse_by}、付款截止日 "
            f"{clock.pay_by} 为可能的最早日期，属暂定",
            "letter: demand", "add the year's official table: setting ZHIBAO_HOLIDAYS",
        ),
    )  # fmt: skip


def _unknown(refuse_by: date) -> Unavailable:
    words = f"whether a day after {refuse_by} is in time, the next table of working days says"
    cure = "add the year's official table: setting ZHIBAO_HOLIDAYS; or pay the demand"
    return Unavailable("calendar-ended", Fault("on", words, cure))
