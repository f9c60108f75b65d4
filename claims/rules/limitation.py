"""Limitation of the insured's claim, and what begins it anew."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from kernel.period import add_months

LIMITATION_MONTHS: Final = 24
"""Insurance Law art. 26: two years from the day the insured knew, or should have known."""


def barred_after(known_on: date, acknowledged: Iterable[date] = ()) -> date:
    """Return the last day of limitation.

    An acknowledgement by the insurer, such as an agreement on the amount or a payment on account,
    interrupts it: two years begin anew that day (Civil Code art. 195). One that comes after the
    last day interrupts nothing; what it does then is another rule's (art. 192).

    >>> barred_after(date(2026, 3, 11), [date(2027, 6, 1), date(2030, 1, 1)])
    datetime.date(2029, 6, 1)
    """
    last = add_months(known_on, LIMITATION_MONTHS)
    for day in sorted(acknowledged):
        if known_on <= day <= last:
            last = add_months(day, LIMITATION_MONTHS)
    return last
