"""A reserve in one picture: what is known, what is to come, and how sure that is."""

import numpy as np

from models.training.plots import INK, LIGHT, figure, png
from models.training.reserving.values import Reserve

_Z80 = 1.2815515655446004
"""Two-sided 80 % of a normal law."""


def reserve_plot(found: Reserve, title: str = "", unit: str = "millions") -> bytes:
    """Draw latest amount and amount to come of each cohort; PNG bytes.

    Where Mack's standard error is known, the line is an 80 % interval of ultimate, lognormal
    with its mean and error.
    """
    words = title or f"Run-off of {found.of} by {found.method.replace('_', ' ')}"
    drawn, axes = figure(words, "cohort", f"amount, {unit}")
    scale = 1e-6 if unit == "millions" else 1.0
    place = [one.cohort for one in found.cohorts]
    latest = np.array([one.latest for one in found.cohorts]) * scale
    to_come = np.array([one.ibnr for one in found.cohorts]) * scale
    axes.bar(place, latest, color=INK, width=0.7, label=f"{found.of} to date")
    axes.bar(place, to_come, bottom=latest, color=LIGHT, width=0.7, label="to come")
    if found.mack_se is not None:
        low, high = np.array([_interval(one.ultimate, one.mack_se) for one in found.cohorts]).T
        axes.vlines(place, low * scale, high * scale, color="black", label="80 % interval")
    axes.set_xticks(place)
    axes.set_ylim(0, 1.15 * axes.get_ylim()[1])
    axes.legend(frameon=False, loc="upper left", ncols=3)
    return png(drawn)


def _interval(mean: float, error: float | None) -> tuple[float, float]:
    """10 % and 90 % quantiles of the lognormal law with this mean and standard error."""
    if not error or mean <= 0:
        return mean, mean
    sigma = float(np.sqrt(np.log1p((error / mean) ** 2)))
    middle = np.log(mean) - sigma**2 / 2
    return float(np.exp(middle - _Z80 * sigma)), float(np.exp(middle + _Z80 * sigma))
