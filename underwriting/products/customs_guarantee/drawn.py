"""How much tax is open when the importer defaults: an exact law by month.

A revolving letter: declarations come as a Poisson stream on each usable day, each owes the tax X
of a declaration, and is paid after d days, which restores the limit. On day j those of the last d
days are open, N ~ Poisson(rate x days), and the letter stands for min(A, X N). A default falls on
each day of a month alike, so a month's law is the mean of its days'.

A single letter: its tax is taken as open from the first usable day to the last day on which it
can fall due, for nobody knows when it is paid.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.period import DAYS_PER_YEAR, add_months
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR
from underwriting.products.customs_guarantee.clock import last_due, open_days
from underwriting.products.customs_guarantee.highest import tax_of_a_declaration
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.use import Mode

Grid = NDArray[np.float64]

_LEVELS = 33
"""More levels of open tax than these are laid on an even grid that keeps their mean."""
_TAIL = 12.0
"""Standard deviations above a Poisson mean, beyond which no chance is left."""
_NEXT_TO_NOTHING = 1e-300


class Drawn(NamedTuple):
    """The law of what is open, at most the amount, given a default in a month.

    Attributes:
        levels: minor units, rising from 0, `[n_levels]`.
        chances: of each level, `[n_months, n_levels]`; each row sums to 1.
        asked: mean open tax before the amount limits it, minor units, `[n_months]`.
    """

    levels: Grid
    chances: Grid
    asked: Grid


def drawn(risk: CustomsGuaranteeRisk, terms: Any) -> Drawn:
    """Return the law of what is open in each month from the first usable day."""
    tax, amount = tax_of_a_declaration(risk.goods), risk.amount.minor
    if risk.use.mode is Mode.SINGLE:
        ends = (last_due(risk.use, terms) - risk.use.usable_from).days + 1
        counts, rate = np.ones(ends), 1.0
        levels, chances = np.array([0.0, float(min(tax, amount))]), np.eye(2)
    else:
        counts = open_declaring_days(risk.use.days, open_days(risk.use, terms))
        rate = risk.use.turnover * MONTHS_PER_YEAR / DAYS_PER_YEAR
        most = _most(rate * counts.max(), tax, amount)
        levels = np.minimum(float(amount), tax * np.arange(most + 1.0))
        chances = poisson(rate * np.arange(counts.max() + 1.0), most)
    months = by_month(risk, counts)
    asked = months @ np.arange(months.shape[1]) * rate * tax
    return Drawn(*_thinned(levels, months @ chances), asked)


def open_declaring_days(usable: int, wait: int) -> Grid:
    """Return for each day from the first on how many declaring days are still open, `[n_days]`.

    >>> open_declaring_days(4, 2).tolist()
    [1.0, 2.0, 2.0, 2.0, 1.0]
    """
    day = np.arange(usable + wait - 1)
    return np.asarray(np.minimum(day, usable - 1) - np.maximum(0, day - wait + 1) + 1.0)


def by_month(risk: CustomsGuaranteeRisk, counts: Grid) -> Grid:
    """Return the part of a month's days with so many open declaring days, `[n_months, n]`."""
    months: list[Grid] = []
    start, begun = risk.use.usable_from, 0
    while begun < len(counts):
        ends = (add_months(start, len(months) + 1) - start).days
        within = counts[begun:ends].astype(int)
        row = np.bincount(within, minlength=int(counts.max()) + 1).astype(float)
        row[0] += ends - begun - len(within)
        months.append(row / (ends - begun))
        begun = ends
    return np.array(months)


def poisson(means: Grid, most: int) -> Grid:
    """Return P(N = k) for k below `most` and P(N >= most) last, `[n_means, most + 1]`.

    >>> poisson(np.array([0.0, 1.0]), 2).round(4).tolist()
    [[1.0, 0.0, 0.0], [0.3679, 0.3679, 0.2642]]
    """
    counts = np.arange(most + 1.0)
    factorials = np.concatenate(([0.0], np.cumsum(np.log(counts[1:]))))
    logs = np.log(np.maximum(means, _NEXT_TO_NOTHING))
    chances = np.exp(counts * logs[:, None] - factorials - means[:, None])
    chances[:, -1] = np.maximum(0.0, 1.0 - chances[:, :-1].sum(axis=1))
    return np.asarray(chances)


def _most(mean: float, tax: int, amount: int) -> int:
    """Return the count of declarations from which the amount, or all chance, is used up."""
    likely = int(mean + _TAIL * np.sqrt(mean)) + int(_TAIL)
    return min(likely, -(-amount // tax)) if tax else 1


def _thinned(levels: Grid, chances: Grid) -> tuple[Grid, Grid]:
    """Lay many levels on an even grid: each goes to its two neighbours, its mean kept."""
    if len(levels) <= _LEVELS:
        return levels, chances
    grid = np.linspace(0.0, levels[-1], _LEVELS)
    place = levels / grid[1]
    hat = np.maximum(0.0, 1.0 - np.abs(place[:, None] - np.arange(_LEVELS)))
    return grid, np.asarray(chances @ hat)
