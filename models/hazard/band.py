"""How sure a curve is: the standard error of ln H(t | x) from what was kept of the training."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np

from models.hazard.laws import Array

LogHazard = Callable[[Array], Array]
"""From the scores of one row `[r]` to ln H at some ages `[k]`."""


class Band(Protocol):
    """What every band answers."""

    def spread(self, x: Array, ages: Array, log_hazard: LogHazard) -> Array:
        """Standard error of ln H at `ages` `[k]` for one row of terms `[p]`."""


@dataclass(frozen=True, slots=True)
class TableBand:
    """Of a baseline and hazard ratios: Var ln H = noise(t) + (z - m(t))' V (z - m(t)).

    Tsiatis, "A large sample study of Cox's regression model", Annals of Statistics 9 (1981):
    z are the standardised terms, noise(t) is the sum of d / S0^2 over the events up to t, over
    H0(t)^2, and m(t) the mean row at risk, weighted by the steps of the baseline. Where effects
    drift, z is followed by z times the mean drift of the periods, weighted by the row's H in
    each.

    Attributes:
        centre: of the terms `[p]`.
        scale: of the terms `[p]`.
        ages: of the table, rising `[k]`.
        noise: squared, at those ages `[k]`.
        mean: m at those ages `[k, p]`, or `[k, 2p]` with drift.
        covariance: V of the coefficients `[p, p]` or `[2p, 2p]`.
        drift: of each score's period; empty where effects are constant.
    """

    centre: Array
    scale: Array
    ages: Array
    noise: Array
    mean: Array
    covariance: Array
    drift: Array

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read the band from a fit."""
        centre, scale, covariance, drift = (
            np.array(fields[key], float) for key in ("centre", "scale", "covariance", "drift")
        )
        ages, noise, mean = (
            np.array(fields["table"][key], float) for key in ("ages", "noise", "mean")
        )
        return cls(centre, scale, ages, noise, mean, covariance, drift)

    def spread(self, x: Array, ages: Array, log_hazard: LogHazard) -> Array:
        """See `Band`."""
        noise = np.interp(ages, self.ages, self.noise)
        mean = np.array([np.interp(ages, self.ages, one) for one in self.mean.T]).T
        z = np.tile((x - self.centre) / self.scale, (len(ages), 1))
        if len(self.drift):
            moved = slopes(log_hazard, len(self.drift)).T @ self.drift
            z = np.hstack([z, z * moved[:, None]])
        away = z - mean
        found: Array = np.sqrt(noise + np.einsum("kp,pq,kq->k", away, self.covariance, away))
        return found


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """Of a law in its scores, by the delta method on the parameters behind them.

    Attributes:
        scores: which score each parameter adds to `[m]`.
        terms: which term it multiplies, -1 for the offset `[m]`.
        covariance: of the parameters `[m, m]`.
    """

    scores: tuple[int, ...]
    terms: tuple[int, ...]
    covariance: Array

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read the band from a fit."""
        scores, terms = tuple(fields["scores"]), tuple(fields["of_terms"])
        return cls(scores, terms, np.array(fields["covariance"], float))

    def spread(self, x: Array, ages: Array, log_hazard: LogHazard) -> Array:  # noqa: ARG002 - log_hazard knows them
        """See `Band`."""
        of_scores = slopes(log_hazard, max(self.scores) + 1)
        values = np.append(x, 1.0)
        gradient = of_scores[list(self.scores)].T * values[list(self.terms)]
        found: Array = np.sqrt(np.einsum("km,mn,kn->k", gradient, self.covariance, gradient))
        return found


def slopes(log_hazard: LogHazard, scores: int) -> Array:
    """Derivatives of ln H by each score `[scores, k]`, by central differences."""
    steps = np.eye(scores) * _STEP
    return np.array([(log_hazard(step) - log_hazard(-step)) / (2 * _STEP) for step in steps])


_STEP = 1e-5
"""Change of a score for a derivative."""


def read_band(fields: Mapping[str, Any] | None) -> TableBand | ScoreBand | None:
    """Read what a fit kept for its bands; None where it kept nothing."""
    if not fields:
        return None
    return TableBand.of(fields) if "table" in fields else ScoreBand.of(fields)
