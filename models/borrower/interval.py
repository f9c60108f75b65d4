"""How sure a PD is: the interval that the outcomes of the calibration period leave around it.

At knots along the score, rows near a knot are weighted by a bell of log-odds; their effective
number and their defaults give a Jeffreys interval of the local rate. It is kept as two distances
in log-odds from the local mean PD, so that a band in which the PD rises is not taken for a miss.
It holds sampling error and local miscalibration, and, where `drift` is stated, the swing of the
level between periods. It does not hold what the fit never saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any, Self

import numpy as np

from kernel.errors import invalid
from models.borrower.jeffreys import Rate
from models.borrower.odds import Floats, expit, inside, logit
from models.borrower.rows import Rows, effective_rows, rows_of

KNOTS = 25
LEAST_NEAR, PART_NEAR = 400.0, 0.25
"""Effective rows that a bell gathers: a quarter of the sample, at least 400 if it has them."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """The table kept in a fit.

    Attributes:
        pd: knots, rising, `[k]`.
        low: lower end at each knot, never falling, at most `pd`, `[k]`.
        high: upper end, never falling, at least `pd`, `[k]`.
        rows: effective rows near each knot, `[k]`.
        level: chance that an interval holds the true PD.
    """

    pd: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rows: tuple[float, ...]
    level: float

    @classmethod
    def fit(
        cls,
        pd: Floats,
        outcome: Floats,
        weights: Floats | None = None,
        *,
        level: float = 0.9,
        near: float | None = None,
        drift: float = 0.0,
    ) -> Self:
        """Build the table from calibrated `pd[n]` and outcomes `[n]` that they were not fitted on.

        Args:
            pd: calibrated probabilities.
            outcome: 0 or 1.
            weights: above nought; None is 1 each.
            level: in (0, 1).
            near: effective rows to gather at a knot, at least 10; None: a quarter, at least 400.
            drift: standard deviation of the log-odds of the level between periods, nought or more.

        Raises:
            Invalid: rows that cannot be, or a level or drift out of range.
        """
        if not 0.0 < level < 1.0 or drift < 0.0 or (near or 10.0) < 10.0:  # noqa: PLR2004 - stated above
            cure = "use a level in (0, 1), drift of 0 or more, near of 10 or more"
            raise invalid("interval", f"level {level}, drift {drift}, near {near}", cure)
        rows = rows_of(pd, outcome, weights, both=False)
        score = logit(rows.score)
        effective = float(rows.weights.sum() ** 2 / (rows.weights @ rows.weights))
        near = max(LEAST_NEAR, PART_NEAR * effective) if near is None else near
        knots = np.unique(np.quantile(score, np.linspace(0.0, 1.0, KNOTS)))
        bells = [_bell(score, rows.weights, knot, near) for knot in knots]
        swing = drift * NormalDist().inv_cdf((1.0 + level) / 2.0)
        ends = [_ends(rows, bell, level, swing) for bell in bells]
        low, high, near_rows = (np.array(part) for part in zip(*ends, strict=True))
        # an end that would fall with the PD is widened, never narrowed
        lows = np.minimum.accumulate((knots + np.minimum(low, 0.0))[::-1])[::-1]
        highs = np.maximum.accumulate(knots + np.maximum(high, 0.0))
        pds, least, most = (tuple(expit(part).tolist()) for part in (knots, lows, highs))
        return cls(pds, least, most, tuple(near_rows.tolist()), level)

    def interval(self, pd: float) -> tuple[float, float]:
        """Return the lowest and highest PD around `pd`; both never fall as `pd` rises."""
        low, high = self.ends(np.array([pd]))
        return float(low[0]), float(high[0])

    def ends(self, pd: Floats) -> tuple[Floats, Floats]:
        """Return lowest and highest PDs `[n]` around `pd[n]`.

        Between knots log-odds are joined linearly; beyond them the end knot's distance is kept.
        """
        asked = logit(pd)
        knots = logit(np.array(self.pd))
        held = np.clip(asked, knots[0], knots[-1])
        low, high = (
            expit(np.interp(held, knots, logit(np.array(end))) + asked - held)
            for end in (self.low, self.high)
        )
        return np.minimum(low, pd), np.maximum(high, pd)

    def cohort(self, pd: float) -> float:
        """Return the effective rows near `pd`: the cohort behind it."""
        knots = logit(np.array(self.pd))
        return float(np.interp(logit(np.array([pd]))[0], knots, self.rows))

    def json(self) -> dict[str, Any]:
        """The table as it is frozen into a fit."""
        table = {name: list(getattr(self, name)) for name in ("pd", "low", "high", "rows")}
        return {**table, "level": self.level}

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        pd, low, high, rows = (
            tuple(float(x) for x in json[name]) for name in ("pd", "low", "high", "rows")
        )
        return cls(pd, low, high, rows, float(json["level"]))


def _bell(score: Floats, weights: Floats, knot: float, near: float) -> Floats:
    """Weights times a tricube bell around the knot that gathers `near` effective rows."""
    away = np.abs(score - knot)
    order = np.argsort(away)
    w = weights[order]
    gathered = np.cumsum(w) ** 2 / np.cumsum(w**2)
    reach = away[order][min(int(np.searchsorted(gathered, _TRICUBE * near)), len(w) - 1)]
    bell = np.clip(1.0 - (away / (reach * (1.0 + 1e-9) + 1e-9)) ** 3, 0.0, None) ** 3
    return np.asarray(weights * bell)


_TRICUBE = 1.5
"""Rows within reach per effective row under a tricube bell, about."""


def _ends(rows: Rows, bell: Floats, level: float, swing: float) -> tuple[float, float, float]:
    """Return the distances of the ends from the local mean PD in log-odds, and effective rows."""
    kept = bell > 0.0
    bell, outcome = bell[kept], rows.outcome[kept]
    effective = effective_rows(outcome, bell)
    rate = float(bell @ outcome / bell.sum())
    mean = logit(np.array([bell @ rows.score[kept] / bell.sum()]))[0]
    ends = Rate(min(rate, 1.0) * effective, effective).interval(level)
    low, high = logit(inside(np.array(ends))) - mean
    middle = logit(np.array([(rate * effective + 0.5) / (effective + 1.0)]))[0] - mean
    down, up = sqrt((middle - low) ** 2 + swing**2), sqrt((high - middle) ** 2 + swing**2)
    return float(middle - down), float(middle + up), effective
