"""The terms of a year on the sum of independent covers.

The lattice spans what the year can pay and no more.

Error. Matching means replaces a payment X by X + e with E[e | X] = 0 and |e| <= step, so that
E|e| <= step / 2. The sum of N such e has E|sum| <= step / 2 x E sqrt(N), and a limited value
moves by at most half of that:

    error <= step / 4 x min(m, sqrt(m)),  m = expected number of payments a year
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, sqrt

import numpy as np

from underwriting.pricing.aggregate.cover import Cover, PolicyYear
from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.aggregate.grid import Grid
from underwriting.pricing.aggregate.kinds import Kind, Year
from underwriting.pricing.aggregate.payment import Payment
from underwriting.pricing.aggregate.reach import reach
from underwriting.pricing.aggregate.split import split_of
from underwriting.pricing.aggregate.terms import CoverTerms

_WHOLE = 1e-9


def year_of(covers: Sequence[Cover], terms: CoverTerms, points: int) -> PolicyYear:
    """Apply the terms of the year, which are those of `terms`, to the sum of all covers.

    Each cover is under the event terms of its own; it has no aggregate and no share.
    """
    year = _laid_out(covers, terms, points)
    total, lost = _total(year, covers)
    law = _after(total, terms)
    if terms.agg_deductible > 0:
        law = _sharpened(law, total, terms, _below(covers, terms.agg_deductible, points))
    if len(covers) == 1:
        return PolicyYear(law, {covers[0].code: law.mean()})
    parts = split_of(year, terms, lost)
    whole = sum(parts)
    scale = law.mean() / whole if whole > 0 else 0.0
    codes = [cover.code for cover in covers]
    return PolicyYear(law, dict(zip(codes, (scale * part for part in parts), strict=True)))


def _laid_out(covers: Sequence[Cover], terms: CoverTerms, points: int) -> Year:
    """Lay a grid from nought to what fills the year, or can be reached, and the covers on it."""
    full = terms.agg_deductible + terms.agg_limit
    payments = [Payment(cover.severity, cover.terms) for cover in covers]
    tops = [payment.ceiling(full) for payment in payments]
    means = [float(payment.lev(most)) for payment, most in zip(payments, tops, strict=True)]
    numbers = [cover.frequency for cover in covers]
    top = min(full, reach(list(zip(numbers, means, tops, strict=True))))
    grid = Grid.over(top, min(max(tops), top), points)
    masses = [
        payment.masses(grid.step, min(most, top))
        for payment, most in zip(payments, tops, strict=True)
    ]
    kinds = [Kind.of(grid, number, mass) for number, mass in zip(numbers, masses, strict=True)]
    return Year(grid, kinds)


def _total(year: Year, covers: Sequence[Cover]) -> tuple[Distribution, float]:
    """Law of the sum before the terms of the year, and the chance that lies above the grid."""
    mass, lost = year.mass()
    mass[-1] += lost
    number = sum(kind.frequency.mean for kind in year.kinds)
    error = year.grid.step / 4 * min(number, sqrt(number))
    error += sum(_own_error(cover) for cover in covers)
    return Distribution(year.grid.step, mass / mass.sum(), error), lost


def _own_error(cover: Cover) -> float:
    """What a severity that is itself a lattice may be wrong by, over a year."""
    of_one = cover.severity.error if isinstance(cover.severity, Distribution) else 0.0
    return 2.0 * cover.frequency.mean * of_one


def _after(total: Distribution, terms: CoverTerms) -> Distribution:
    """Deductible, limit and share of the year, on a lattice that ends at the limit."""
    top, start = float(total.points[-1]), terms.agg_deductible
    width = min(terms.agg_limit, top - start)
    if start == 0 and terms.agg_limit > top:
        return total.scaled(terms.share)
    if width <= 0:
        step = min(total.step, terms.agg_limit) * terms.share
        return Distribution(step, np.array([1.0, 0.0]), total.error)
    count = max(1, ceil(width / total.step - _WHOLE))
    step = width / count
    levs = total.lev(start + step * np.arange(count + 1)) - total.lev(start)
    return Distribution.of_levs(levs, step, total.error).scaled(terms.share)


def _below(covers: Sequence[Cover], deductible: float, points: int) -> Distribution:
    """What the deductible of the year takes, on a lattice of its own that ends at it."""
    taken = replace(CoverTerms.none(), agg_limit=deductible)
    return year_of(covers, taken, points).distribution


def _sharpened(
    law: Distribution, total: Distribution, terms: CoverTerms, below: Distribution
) -> Distribution:
    """Bring the mean to E[min(S, deductible + limit)] - E[min(S, deductible)].

    A deductible may be less than a step of the lattice that the limit needs.
    """
    whole = float(total.lev(terms.agg_deductible + terms.agg_limit))
    mean = terms.share * max(0.0, whole - below.mean())
    rough = law.mean()
    factor = min(1.0, mean / rough) if rough > 0 else 1.0
    mass = law.mass * factor
    mass[0] += 1.0 - factor
    return Distribution(law.step, mass, 2.0 * law.error + terms.share * below.error)
