"""Cox fits for serving: baselines with delayed entry, effects that drift, and bands.

lifelines counts everyone who has not left as at risk from birth when it makes the baseline of a
`CoxPHFitter`, also where `entry_col` is given (version 0.30); with late entries its S(t) is then
too high. The baseline here counts a row only from its entry on.
"""

from typing import Any

import numpy as np

from models.training.survival.at_risk import sets_at_risk
from models.training.survival.cox import CoxFit, fit_cox
from models.training.survival.design import Design
from models.training.survival.frozen import Frozen
from models.training.survival.lives import Array, Lives

_PERIODS = 4
"""Periods over which effects drift."""
_BAND_AGES = 24
"""Ages at which the uncertainty of a baseline is kept."""


def train_drifting(design: Design, x: Array, lives: Lives, *, penalizer: float) -> Frozen:
    """Fit a Cox regression whose effects drift with age: one baseline, a straight drift.

    Ages are cut into four periods at the quartiles of the events; the log hazard ratio of a row
    in period k is z'beta + s_k z'gamma with s from -1 to 1, and one ridge draws beta and gamma to
    nought alike. A term that is the shadow of another thus does not have to be chosen.

    Args:
        design: that `x` was made by.
        x: standardised terms `[n, p]`.
        lives: of the rows.
        penalizer: ridge per row.
    """
    ended = lives.exit[lives.event == 1.0]
    cuts = np.unique(np.quantile(ended, np.arange(1, _PERIODS) / _PERIODS))
    drift = np.linspace(-1.0, 1.0, len(cuts) + 1)
    wide, seen = _by_period(x, lives, cuts, drift)
    fit = fit_cox(wide, seen, penalizer=penalizer * len(x) / len(wide))
    table = baseline_table(fit, wide, seen)
    beta, gamma = np.split(fit.beta, 2)
    matrix, offset = design.served(beta + drift[:, None] * gamma, np.zeros(len(drift)))
    return Frozen(
        "hazard.cox",
        design,
        offset,
        matrix,
        {"ages": table["ages"], "hazard": table["hazard"], "cuts": cuts.tolist()},
        table_band(design, fit.covariance, table["band"], drift),
        float(np.median(ended)),
        float(lives.exit.max()),
    )


def _by_period(x: Array, lives: Lives, cuts: Array, drift: Array) -> tuple[Array, Lives]:
    """Cut lives at the cuts; terms of an episode are z and z times the drift of its period."""
    ends = [*cuts, float(lives.exit.max())]
    wide, seen = [], []
    for place, (start, end) in enumerate(zip([0.0, *cuts], ends, strict=True)):
        part = lives.between(float(start), float(end))
        lived = part.exit > part.entry
        wide.append(np.hstack([x[lived], x[lived] * drift[place]]))
        seen.append(part.take(lived))
    joined = [
        np.concatenate([getattr(part, key) for part in seen])
        for key in ("entry", "exit", "event", "weights")
    ]
    return np.concatenate(wide), Lives(*joined)


def train_cox(design: Design, x: Array, lives: Lives, *, penalizer: float) -> Frozen:
    """Fit a Cox regression.

    Args:
        design: that `x` was made by.
        x: standardised terms `[n, p]`.
        lives: of the rows.
        penalizer: ridge per row on the standardised terms.
    """
    fit = fit_cox(x, lives, penalizer=penalizer)
    table = baseline_table(fit, x, lives)
    matrix, offset = design.served(fit.beta[None, :], np.zeros(1))
    return Frozen(
        "hazard.cox",
        design,
        offset,
        matrix,
        {"ages": table["ages"], "hazard": table["hazard"]},
        table_band(design, fit.covariance, table["band"]),
        float(np.median(lives.exit[lives.event == 1.0])),
        float(lives.exit.max()),
    )


def baseline_table(fit: CoxFit, x: Array, lives: Lives) -> dict[str, Any]:
    """Ages and H0 from nought on, and what the band needs.

    The band is kept at some of the event ages: `noise`, the sum of steps over S0, over H0^2,
    and `mean`, the mean row at risk weighted by the steps.
    """
    steps = np.diff(fit.hazard, prepend=0.0)
    risk = sets_at_risk(lives)
    rate = lives.weights * np.exp(x @ fit.beta)
    below = risk.at_risk(rate)
    among = risk.at_risk(rate[:, None] * x) / below[:, None]
    noise = np.cumsum(steps / below) / fit.hazard**2
    mean = np.cumsum(among * steps[:, None], axis=0) / fit.hazard[:, None]
    some = np.unique(np.linspace(0, len(steps) - 1, _BAND_AGES).round().astype(np.intp))
    return {
        "ages": [0.0, *fit.times.tolist()],
        "hazard": [0.0, *fit.hazard.tolist()],
        "band": {"ages": fit.times[some].tolist(), "noise": noise[some], "mean": mean[some]},
    }


def table_band(
    design: Design, covariance: Array, table: dict[str, Any], drift: Array | None = None
) -> dict[str, Any]:
    """Fields of a `models.hazard.band.TableBand`; five digits are enough."""
    noise, mean = short(table["noise"]), short(table["mean"])
    return {
        "table": {"ages": table["ages"], "noise": noise, "mean": mean},
        "covariance": short(covariance),
        "centre": design.centre.tolist(),
        "scale": design.scale.tolist(),
        "drift": [] if drift is None else drift.tolist(),
    }


def short(figures: Array, digits: int = 5) -> Any:
    """Round figures to a number of significant digits, as nested lists."""
    if figures.ndim > 1:
        return [short(row, digits) for row in figures]
    return [float(f"{figure:.{digits}g}") for figure in figures]
