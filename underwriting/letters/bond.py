"""How much a bond towards customs of the United States is for, in minor units of the dollar.

Continuous: a tenth of duties, taxes and fees of the last twelve months, rounded up to steps of
10,000, above a million of them to steps of 100,000; at least 50,000. Single: value and duties,
or three times the value where another agency is involved. Figures: `regimes.toml`.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any, Final

from kernel.errors import invalid
from underwriting.letters.regimes import regime

_CENTS: Final = 100


def continuous_bond(paid: int) -> int:
    """Return the amount of a continuous bond.

    Args:
        paid: duties, taxes and fees of the last twelve months, minor units.

    Raises:
        Invalid: less than nothing was paid.

    >>> [continuous_bond(dollars * 100) // 100 for dollars in (0, 500_001, 1_000_000, 4_500_000)]
    [50000, 60000, 100000, 500000]
    """
    _not_negative(paid, "paid")
    figures = _figures()
    step = figures["fine_step" if paid <= figures["fine_until"] * _CENTS else "coarse_step"]
    steps = ceil(paid * Fraction(figures["rate"]) / (step * _CENTS))
    return int(max(figures["minimum"], steps * step) * _CENTS)


def single_bond(value: int, duties: int, *, other_agency: bool) -> int:
    """Return the amount of a bond for one entry, minor units.

    Args:
        value: entered value of the goods, minor units.
        duties: duties, taxes and fees, minor units.
        other_agency: are the goods subject to another agency's requirements?

    >>> [single_bond(1_000_00, 50_00, other_agency=other) for other in (False, True)]
    [105000, 300000]
    """
    _not_negative(value, "value")
    _not_negative(duties, "duties")
    return int(value * _figures()["agency_factor"]) if other_agency else value + duties


def _figures() -> Mapping[str, Any]:
    return regime("US").amount.figures


def _not_negative(minor: int, field: str) -> None:
    if minor < 0:
        raise invalid(field, "is below nothing", "give 0 or more")
