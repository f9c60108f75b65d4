"""Who may end a letter by notice, and from which day, by regime.

Ending by notice stops new use only: what was used before stays guaranteed.
"""

from datetime import date

from kernel.errors import Conflict, Fault
from kernel.period import add_days
from kernel.working_days import Calendar
from underwriting.letters.regimes import DayKind, regime


def ends_on(code: str, who: str, noticed: date, calendar: Calendar) -> date:
    """Return the first day on which nothing new is guaranteed after a notice.

    Args:
        code: of the regime.
        who: `beneficiary`, `debtor` or `guarantor`.
        noticed: day on which customs, or the guarantor, has the notice.
        calendar: working days of the place of notice.

    Raises:
        Conflict: `irrevocable`: this party may not end it.
        Unavailable: the table of working days ends before.

    >>> from kernel.working_days import load_calendar
    >>> ends_on("US", "guarantor", date(2026, 3, 2), load_calendar())
    datetime.date(2026, 4, 1)
    """
    rules = regime(code)
    rule = rules.termination_by(who)
    if rule is None:
        able = ", ".join(one.who for one in rules.terminations)
        fault = Fault("who", f"the {who} may not end it under {rules.en}", f"ask the {able}")
        raise Conflict("irrevocable", fault)
    return _later(noticed, rule.days, rule.day_kind, calendar)


def _later(start: date, days: int, kind: DayKind, calendar: Calendar) -> date:
    return calendar.add_working_days(start, days) if kind == "working" else add_days(start, days)
