"""How a fit did on rows it never saw."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kernel.errors import Invalid
from models.governance.metrics import brier_at, c_index, integrated_brier, kaplan_meier
from models.training.survival.lives import Array, Lives

Hazard = Callable[[Array], Array]
"""From ages `[k]` or `[n, 1]` to H(t | x) of the test rows, `[n, k]`."""

_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def ages_of(lives: Lives) -> Array:
    """Return the ages at which fits are judged: from the 10 % to the 80 % point of the events."""
    return np.unique(np.quantile(lives.exit[lives.event == 1.0], _SHARES).round(4))


def score(hazard: Hazard, lives: Lives, ages: Array) -> dict[str, float]:
    """Return the figures of a fit on test rows.

    `c_index` of H at the middle age; `integrated_brier` of S(t) / S(entry), censoring made up
    for by weight; `brier_middle` at the middle age; `calibration`, the greatest gap between the
    mean S(t) and Kaplan-Meier with delayed entry over the ages, with its sign.
    """
    middle = ages[len(ages) // 2]
    curve = hazard(ages)
    from_entry = np.exp(-np.maximum(curve - hazard(lives.entry[:, None]), 0.0))
    risk = curve[:, len(ages) // 2]
    observed = kaplan_meier(lives.entry, lives.exit, lives.event, ages)
    gaps = np.exp(-curve).mean(axis=0) - observed
    place = (lives.entry, lives.exit, lives.event)
    try:
        whole = integrated_brier(ages, *place, from_entry)
        at_middle = brier_at(float(middle), *place, from_entry[:, len(ages) // 2])
    except Invalid:  # the test rows are not followed that far
        whole = at_middle = float("nan")
    return {
        "c_index": c_index(*place, risk),
        "integrated_brier": whole,
        "brier_middle": at_middle,
        "calibration": float(gaps[np.argmax(np.abs(gaps))]),
    }


def mean_scores(each: Sequence[Mapping[str, float]], rows: Sequence[int]) -> dict[str, float]:
    """Average figures over folds by test rows; `calibration` by size, whatever its sign."""
    weights = np.array(rows, float)
    found = {}
    for key in each[0]:
        figures = np.array([one[key] for one in each])
        figures = np.abs(figures) if key == "calibration" else figures
        known = np.isfinite(figures)
        found[key] = (
            float(np.average(figures[known], weights=weights[known])) if known.any() else 9.0
        )
    return found
