"""Days as messages write them: YYMMDD. Years 00 to 79 are of this century, 80 to 99 of the last."""

import re
from datetime import date
from typing import Final

from kernel.errors import invalid

PIVOT: Final = 80
"""From this two-digit year on, a year is of the last century."""

_FIRST: Final = 1900 + PIVOT
_LAST: Final = 1999 + PIVOT
_DAY: Final = re.compile(r"(\d\d)(\d\d)(\d\d)", re.ASCII)


def day_text(day: date, field: str) -> str:
    """Write a day; a year that two digits cannot give back is refused.

    >>> day_text(date(2027, 8, 31), "31E")
    '270831'
    """
    if not _FIRST <= day.year <= _LAST:
        raise invalid(field, f"{day} is beyond two-digit years", f"stay in {_FIRST} to {_LAST}")
    return f"{day.year % 100:02d}{day.month:02d}{day.day:02d}"


def read_day(text: str, field: str) -> date:
    """Read a day.

    >>> read_day("270831", "31E"), read_day("991231", "30")
    (datetime.date(2027, 8, 31), datetime.date(1999, 12, 31))
    """
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 - both ways of being no day end in one refusal
        year, month, day = (int(one) for one in found.groups())
        return date((1900 if year >= PIVOT else 2000) + year, month, day)
    except ValueError:
        raise invalid(field, f"{text!r} is not a day", "write it as YYMMDD") from None
