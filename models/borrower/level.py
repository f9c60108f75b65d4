"""The factor of the odds that makes predicted equal observed: what an overlay should have been."""

from dataclasses import asdict, dataclass
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.borrower.jeffreys import Rate
from models.borrower.odds import Floats, root, shifted
from models.borrower.rows import Rows, effective_rows, rows_of

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class FittedLevel:
    """What the outcomes of one period say of the level.

    Attributes:
        period: its name.
        rows: borrowers.
        defaults: weighted.
        expected: weighted sum of the PDs.
        multiplier: of the odds; None where no borrower or every borrower defaulted.
        low: lower end of its 95 % interval; None where it is open.
        high: upper end; None where it is open.
    """

    period: str
    rows: int
    defaults: float
    expected: float
    multiplier: float | None
    low: float | None
    high: float | None

    def json(self) -> dict[str, Any]:
        """The line as it stands on a card."""
        return asdict(self)


def fit_overlay(
    pd: Floats, outcome: Floats, period: NDArray[Any], weights: Floats | None = None
) -> tuple[FittedLevel, ...]:
    """Fit the odds multiplier of each period, for validation, in order of period.

    m solves sum w m p / (1 - p + m p) = sum w d, whose left side rises with m. The interval solves
    it for the ends of the Jeffreys interval of the rate (effective rows).

    Args:
        pd: predicted, `[n]`.
        outcome: 0 or 1, `[n]`.
        period: a label for each row, such as the year of approval, `[n]`.
        weights: above nought; None is 1 each, `[n]`.
    """
    p, d, when = np.asarray(pd, float), np.asarray(outcome, float), np.asarray(period)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, float)
    if not len(when) == len(p) == len(d) == len(w):
        lengths = f"{len(when)} periods for {len(p)} rows"
        raise invalid("period", lengths, "give one for each row")
    found = []
    for label in np.unique(when):
        here = when == label
        rows = rows_of(p[here], d[here], w[here], both=False)
        found.append(_fitted(str(label), rows))
    return tuple(found)


def swing(levels: tuple[FittedLevel, ...]) -> float:
    """Standard deviation of the log-odds level between periods, over those that have one.

    What `Intervals.fit` takes as `drift`. Sampling error is in it, so it errs on the wide side.

    Raises:
        Invalid: fewer than two periods have a level.
    """
    logs = [np.log(level.multiplier) for level in levels if level.multiplier]
    if len(logs) < 2:  # noqa: PLR2004 - a spread needs two
        raise invalid("period", f"{len(logs)} have a level", "give two periods with defaults")
    return float(np.std(logs, ddof=1))


def _fitted(period: str, rows: Rows) -> FittedLevel:
    """Return the level of one period."""
    total, defaults = float(rows.weights.sum()), float(rows.weights @ rows.outcome)
    effective = effective_rows(rows.outcome, rows.weights)
    low, high = Rate(min(defaults / total, 1.0) * effective, effective).interval(LEVEL)
    return FittedLevel(
        period,
        len(rows.score),
        defaults,
        float(rows.weights @ rows.score),
        *(_multiplier(rows, rate) for rate in (defaults / total, low, high)),
    )


def _multiplier(rows: Rows, rate: float) -> float | None:
    """Solve for the multiplier that predicts `rate`; None at 0 and 1."""
    if not 0.0 < rate < 1.0:
        return None
    total = float(rows.weights.sum())
    wanted = rate * total
    return exp(root(lambda x: float(rows.weights @ shifted(rows.score, x)), wanted))
