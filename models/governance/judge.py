"""All figures of a probability at once, under the names that acceptance levels and cards use."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from models.governance.arrays import foreseen
from models.governance.brier import brier, brier_skill
from models.governance.calibration import ece, hosmer_lemeshow
from models.governance.deciles import Decile, deciles
from models.governance.ranking import auc, ks, lift
from models.governance.slope import calibration_slope


def judge(outcome: ArrayLike, p: ArrayLike, weights: ArrayLike | None = None) -> dict[str, Any]:
    """Return the figures of predicted probabilities against outcomes, and the ten bins.

    `rows`, `events`, `base_rate`, `mean_p`, `auc`, `gini`, `ks`, `lift_top_decile`, `brier`,
    `brier_skill`, `calibration_intercept`, `calibration_slope` (None where all p are equal),
    `ece`, `hosmer_lemeshow_p`, `deciles_outside`, `deciles` (list of rows).
    """
    happened, chance, mass = foreseen(outcome, p, weights)
    bins = deciles(happened, chance, weights=mass)
    return {
        "rows": int(happened.size),
        "events": int(happened.sum()),
        "base_rate": float(np.average(happened, weights=mass)),
        "mean_p": float(np.average(chance, weights=mass)),
        **_order(happened, chance, mass),
        **_level(happened, chance, mass),
        **outside(bins),
    }


def _order(outcome: ArrayLike, p: ArrayLike, weights: ArrayLike) -> dict[str, float]:
    area = auc(outcome, p, weights)
    return {
        "auc": area,
        "gini": 2 * area - 1,
        "ks": ks(outcome, p, weights),
        "lift_top_decile": lift(outcome, p, weights, top=0.1),
    }


def _level(outcome: ArrayLike, p: ArrayLike, weights: ArrayLike) -> dict[str, float | None]:
    told_apart = np.unique(np.asarray(p)).size > 1
    intercept, slope = calibration_slope(outcome, p, weights) if told_apart else (None, None)
    return {
        "brier": brier(outcome, p, weights),
        "brier_skill": brier_skill(outcome, p, weights),
        "calibration_intercept": intercept,
        "calibration_slope": slope,
        "ece": ece(outcome, p, weights=weights),
        "hosmer_lemeshow_p": hosmer_lemeshow(outcome, p, weights=weights)[1],
    }


def outside(bins: Sequence[Decile]) -> dict[str, Any]:
    """Return the bins as rows, and how many have left their band."""
    left = sum(not one.inside for one in bins)
    return {"deciles_outside": left, "deciles": [one.json() for one in bins]}
