"""An instalment: which of what was asked it pays, oldest first, and by when each part was due.

Insurance Law art. 25: what can be ascertained is paid within sixty days of the claim and its
papers. A bill that comes later has its own sixty days; what one payment recognises lies between
what was recognised before it and after it, along the bills in the order of their days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernel.money import allocate


@dataclass(frozen=True, slots=True)
class Owed:
    """A part of a payment with its own last day.

    Attributes:
        minor: minor units.
        due: last day; None where no clock runs.
    """

    minor: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Bill:
    """Something that was asked: the day it was stated, its line, minor units."""

    on: date
    line: str
    minor: int


def recognised(
    bills: Sequence[Bill], before: Mapping[str, int], after: Mapping[str, int]
) -> dict[date, int]:
    """Return day of a bill -> minor units of the bills of that day that one payment recognises.

    >>> bills = [Bill(date(2026, 3, 1), "litigation", 70), Bill(date(2026, 5, 1), "litigation", 50)]
    >>> [*recognised(bills, {"litigation": 40}, {"litigation": 100}).values()]
    [30, 30]
    """
    found: dict[date, int] = {}
    for line, minor in after.items():
        own = sorted((one for one in bills if one.line == line), key=lambda one: one.on)
        for on, part in _within(own, before.get(line, 0), minor):
            found[on] = found.get(on, 0) + part
    return dict(sorted(found.items()))


def _within(bills: Iterable[Bill], low: int, high: int) -> Iterator[tuple[date, int]]:
    """Yield the part of each bill between `low` and `high` of their running total."""
    total = 0
    for one in bills:
        part = min(high, total + one.minor) - max(low, total)
        total += one.minor
        if part > 0:
            yield one.on, part


def instalments(
    minor: int, parts: Mapping[date, int], due: Mapping[date, date | None]
) -> list[Owed]:
    """Share a payment over the days of the bills that it recognises, each with its last day.

    The terms of the policy leave less than is recognised: what is paid is shared in proportion,
    by largest remainder, and sums to the payment. Parts of one last day are one.

    Args:
        minor: paid, minor units.
        parts: day of the bills -> minor units recognised of them.
        due: the same day -> last day to pay them.
    """
    assert sum(parts.values()) > 0, "a payment recognises something"
    by_day: dict[date | None, int] = {}
    for on, paid in zip(parts, allocate(minor, list(parts.values())), strict=True):
        by_day[due[on]] = by_day.get(due[on], 0) + paid
    return [Owed(paid, day) for day, paid in by_day.items() if paid]
