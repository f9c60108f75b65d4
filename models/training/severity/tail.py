"""Where the tail begins and how heavy it is: mean excess, Hill, threshold stability."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray
from models.training.severity.families import generalised_pareto_from, spliced_from
from models.training.severity.likelihood import Fitted, fit_law
from models.training.severity.losses import Losses

FEWEST = 30
"""Losses above a threshold below which its fit is not used to judge others."""

_BAND = 1.96


@dataclass(frozen=True, slots=True)
class Excess:
    """Mean excess over one threshold.

    Attributes:
        threshold: major units.
        count: losses above it.
        mean: mean of loss less threshold; rises in a straight line where the tail is Pareto,
            with slope shape / (1 - shape).
        error: its standard error.
    """

    threshold: float
    count: int
    mean: float
    error: float


def mean_excess(losses: Losses, thresholds: Sequence[float]) -> list[Excess]:
    """Mean excess by threshold, over uncensored losses only.

    Raises:
        Invalid: a loss is censored: its excess is not known.
    """
    if losses.censored.any():
        cure = "leave them out, or compare fitted tails (`stability`), which know of limits"
        raise invalid("losses", "are censored, and the mean excess needs whole losses", cure)
    found = []
    for threshold in thresholds:
        over = losses.amount[losses.amount > threshold] - threshold
        error = float(over.std(ddof=1)) / len(over) ** 0.5 if len(over) > 1 else nan
        found.append(Excess(threshold, len(over), float(over.mean()) if len(over) else nan, error))
    return found


def pareto_alpha(losses: Losses, threshold: float) -> tuple[float, float]:
    """Return the alpha of a Pareto above the threshold and its standard error (Hill).

    Uncensored count / sum of ln(loss / greater of threshold and deductible), where censored
    losses add to the sum only; the error is alpha / sqrt(uncensored count).

    Raises:
        Invalid: no whole loss lies above the threshold.
    """
    above = losses.above(threshold)
    seen = float(above.weight @ ~above.censored)
    if not seen:
        raise invalid("threshold", f"no whole loss lies above {threshold}", "lower it")
    alpha = seen / float(above.weight @ np.log(above.amount / above.unseen_below))
    return alpha, alpha / seen**0.5


@dataclass(frozen=True, slots=True)
class TailFit:
    """Generalised Pareto above one threshold.

    Attributes:
        threshold: major units.
        count: losses above it.
        fit: shape and scale with their errors.
    """

    threshold: float
    count: int
    fit: Fitted

    @property
    def band(self) -> tuple[float, float]:
        """95 % band of the shape."""
        shape, error = self.fit.values["shape"], self.fit.errors["shape"]
        return shape - _BAND * error, shape + _BAND * error


def stability(losses: Losses, thresholds: Sequence[float]) -> list[TailFit]:
    """Fit the tail above each threshold, with limits and deductibles."""
    fits = []
    for threshold in thresholds:
        above = losses.above(threshold)
        fit = fit_law(generalised_pareto_from(threshold), above)
        fits.append(TailFit(threshold, len(above.amount), fit))
    return fits


def choose_threshold(fits: Sequence[TailFit]) -> TailFit:
    """Return the lowest threshold whose shape lies in the band of every higher one.

    Only thresholds with at least `FEWEST` losses above them are asked: from there on the tail
    looks the same, whichever of them is taken.

    Raises:
        Invalid: none has enough losses above it.
    """
    asked = sorted((fit for fit in fits if fit.count >= FEWEST), key=lambda fit: fit.threshold)
    if not asked:
        raise invalid("thresholds", f"none has {FEWEST} losses above it", "lower them")
    for place, fit in enumerate(asked):
        shape = fit.fit.values["shape"]
        if all(low <= shape <= high for low, high in (one.band for one in asked[place + 1 :])):
            return fit
    raise AssertionError("the highest threshold has no higher one")


def fit_spliced(losses: Losses, thresholds: Sequence[float]) -> Fitted:
    """Fit body and tail at each threshold and return the likeliest.

    The threshold is chosen, not estimated: the standard errors take it as known.
    """
    enough = [one for one in thresholds if len(losses.above(one).amount) >= FEWEST]
    if not enough:
        raise invalid("thresholds", f"none has {FEWEST} losses above it", "lower them")
    fits = [fit_law(spliced_from(threshold), losses) for threshold in enough]
    return max(fits, key=lambda fit: fit.log_likelihood)


def candidates(losses: Losses, levels: FloatArray | None = None) -> list[float]:
    """Thresholds at quantiles of the losses, 50 % to 98 % unless told."""
    asked = np.linspace(0.5, 0.98, 13) if levels is None else levels
    return sorted({float(value) for value in np.quantile(losses.amount, asked)})
