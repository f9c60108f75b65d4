"""Rights of one law as kinds of event that the aggregate adds up.

Without an aggregate of their own, the matters of all rights of one law are one Poisson. With one,
a right costs min(aggregate, its matters) in a period, which it has or has not: n rights of one law
and one number of filings are a binomial of n such amounts.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Final, Literal

import numpy as np

from underwriting.pricing.aggregate import (
    Binomial,
    Cover,
    CoverTerms,
    Distribution,
    Poisson,
    aggregate,
)
from underwriting.products.infringement_loss.severity import Matter, Points

LATTICE: Final = 4096
"""Points of the lattice: enough that its width moves a price by a part in 10,000 at most."""

Which = Literal["gross", "net"]

_ALMOST_SURE = 1.0 - 1e-12


def covers_of(
    numbers: Sequence[float], matters: Sequence[Matter], *, which: Which, per_right: float
) -> list[Cover]:
    """Return the kinds of event of a period; the code of each is the place of its first right.

    Args:
        numbers: filings of each right.
        matters: of each right, one object for each law.
        which: payments, or payments less repayments.
        per_right: most for one right, `inf` for none.
    """
    alike: dict[tuple[int, float], list[int]] = defaultdict(list)
    for place, (number, one) in enumerate(zip(numbers, matters, strict=True)):
        alike[id(one), number if per_right < inf else 0.0].append(place)
    covers = []
    for places in alike.values():
        code, paid = str(places[0]), getattr(matters[places[0]], which)
        if per_right < inf:
            covers.append(_held(code, numbers[places[0]], paid, per_right, rights=len(places)))
        else:
            filings = sum(numbers[place] for place in places)
            covers.append(Cover(code, Poisson(filings), paid, _terms(paid, inf)))
    return covers


def _terms(paid: Points, per_right: float) -> CoverTerms:
    """Tell the greatest payment, so that the lattice has it as a point."""
    return replace(CoverTerms.none(), limit=paid.largest, agg_limit=per_right)


def _held(code: str, number: float, paid: Points, per_right: float, *, rights: int) -> Cover:
    """Rights that each cost up to their own aggregate, those that cost something counted."""
    own = aggregate(Poisson(number), paid, _terms(paid, per_right), points=LATTICE)
    costs = float(own.above[0])
    if costs == 0.0:
        return Cover(code, Binomial(rights, 0.0), own, CoverTerms.none())
    given = Distribution(own.step, np.append(0.0, own.mass[1:] / costs), own.error / costs)
    return Cover(code, Binomial(rights, min(costs, _ALMOST_SURE)), given, CoverTerms.none())
