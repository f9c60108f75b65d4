"""The effective annual cost of a loan with all that is paid for it: the internal rate of return."""

from collections.abc import Sequence
from datetime import date
from math import inf
from typing import Final, NamedTuple

from kernel.period import DAYS_PER_YEAR

_HALVINGS: Final = 200
_LOWEST, _HIGHEST = -0.999, 1e6
_GUESS, _STEPS, _CLOSE = 0.06, 12, 1e-14


class Flow(NamedTuple):
    """Money that moves.

    Attributes:
        on: the day.
        minor: to the borrower above nought, from it below; minor units.
        what: in words.
    """

    on: date
    minor: int
    what: str


def effective_rate(flows: Sequence[Flow]) -> float:
    """Return i with sum of flow / (1 + i)^(days / 365) = 0, days from the first flow.

    What is drawn comes before what is repaid, so the sum rises with the rate and has one root;
    Newton's steps come near it, and it is halved to the last bit. Infinite where more is paid on
    the first day than is drawn; below nought where less is repaid than was drawn.

    >>> year = [Flow(date(2025, 1, 1), 100, "drawn"), Flow(date(2026, 1, 1), -110, "repaid")]
    >>> round(effective_rate(year), 12)
    0.1
    """
    first = min(flow.on for flow in flows)
    timed = [((flow.on - first).days / DAYS_PER_YEAR, float(flow.minor)) for flow in flows]

    def present(rate: float) -> float:
        return float(sum(minor * (1.0 + rate) ** -years for years, minor in timed))

    if present(_HIGHEST) <= 0:
        return inf
    low, high = _around(_near(timed))
    if not present(low) < 0 <= present(high):
        low, high = _LOWEST, _HIGHEST
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if present(middle) < 0:
            low = middle
        else:
            high = middle
    return high


def _near(timed: Sequence[tuple[float, float]]) -> float:
    """Return where Newton's steps end; it may be nowhere near."""
    rate = _GUESS
    for _ in range(_STEPS):
        parts = [(years, minor * (1.0 + rate) ** -years) for years, minor in timed]
        rises = -sum(years * part for years, part in parts) / (1.0 + rate)
        if rises <= 0:
            break
        step = sum(part for _, part in parts) / rises
        rate = max(_LOWEST, rate - step)
        if abs(step) <= _CLOSE:
            break
    return rate


def _around(rate: float) -> tuple[float, float]:
    return max(_LOWEST, rate - _CLOSE), min(_HIGHEST, rate + _CLOSE)


def nominal_rate(effective: float) -> float:
    """Return the nominal yearly rate that is charged monthly: 12 ((1 + i)^(1/12) - 1).

    >>> round(nominal_rate(1.01**12 - 1), 12)
    0.12
    """
    return float(12.0 * ((1.0 + effective) ** (1.0 / 12.0) - 1.0))
