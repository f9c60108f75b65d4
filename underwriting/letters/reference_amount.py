"""How much a comprehensive guarantee towards customs of the European Union is for.

The debt that may be incurred counts with 100, 50, 30 or 0 %, a debt that was incurred with 100
or 30 %, as customs authorised. Amounts are minor units of the euro, rounded up.
"""

from fractions import Fraction
from math import ceil

from kernel.errors import invalid
from underwriting.letters.regimes import regime


def reference_amount(
    may_arise: int, arose: int, *, level: Fraction, arose_level: Fraction = Fraction(1)
) -> int:
    """Return the amount to be guaranteed, minor units.

    Args:
        may_arise: debt that may be incurred, minor units.
        arose: debt that was incurred and is open, minor units.
        level: part of the first that customs authorised: 1, 1/2, 3/10 or 0.
        arose_level: part of the second: 1 or 3/10.

    Raises:
        Invalid: a level that there is not, or a debt below nothing.

    >>> reference_amount(1_000_00, 200_00, level=Fraction(3, 10), arose_level=Fraction(3, 10))
    36000
    """
    if min(may_arise, arose) < 0:
        raise invalid("debt", "is below nothing", "give 0 or more")
    figures = regime("EU").amount.figures
    _known(level, figures["rates"], "level")
    _known(arose_level, figures["existing_rates"], "arose_level")
    return ceil(may_arise * level) + ceil(arose * arose_level)


def _known(level: Fraction, rates: list[str], field: str) -> None:
    if level not in {Fraction(rate) for rate in rates}:
        raise invalid(field, f"{level} is no level of customs", f"use one of {', '.join(rates)}")
