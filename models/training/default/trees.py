"""Boosted trees under a recipe: how deep, how long, and how fast the past is forgotten."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from xgboost import Booster, DMatrix, train

from models.borrower.encoding import Codes, Floats, Step
from models.governance.metrics import auc
from models.training.default.grid import Matrix

_ETA = 0.05
_PATIENCE = 40
_KEPT = 0.85
_WIDE = 100
_SMALL = 100_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that is chosen by the splits.

    Attributes:
        half_life: time in which the weight of a row halves; None forgets nothing.
        depth: of a tree.
        child: least sum of p (1 - p) in a leaf, in rows of average weight.
        rounds: trees.
        early: whether the number of trees is found by early stopping.
        steady: whether columns that changed sign are left out.
    """

    half_life: float | None = None
    depth: int = 3
    child: float = 5.0
    rounds: int = 300
    early: bool = False
    steady: bool = False

    def words(self) -> str:
        """The recipe in words."""
        past = "all years alike" if self.half_life is None else f"half-life {self.half_life:.3g}"
        stop = "early stopping" if self.early else f"{self.rounds} trees"
        steady = ", steady columns alone" if self.steady else ""
        return f"{past}, depth {self.depth}, leaf {self.child:g}, {stop}{steady}"


def faded(weights: Floats, time: Floats | None, rows: Codes, half_life: float | None) -> Floats:
    """Return weights `[n]` that halve with each half-life before the latest of `rows`."""
    if half_life is None or time is None:
        return weights
    past: Floats = np.asarray(0.5 ** ((time[rows].max() - time) / half_life))
    return weights * past


def grow(
    matrix: Matrix, outcome: Floats, weights: Floats, recipe: Recipe, *, signs: tuple[int, ...],
    seed: int,
) -> Booster:  # fmt: skip
    """Grow the trees on `matrix[n, k]`; `signs[k]` are kept by every tree."""
    rows = DMatrix(matrix, outcome, weight=weights / weights.mean())
    settings = _settings(recipe, signs, seed) | {"nthread": threads(len(matrix))}
    return train(settings, rows, recipe.rounds, verbose_eval=False)


def threads(rows: int) -> int:
    """Return 1 for a small tape: threads that wait for each other cost more than they bring."""
    return 1 if rows < _SMALL else 0


def stopped(
    matrix: Matrix, outcome: Floats, weights: Floats, recipe: Recipe, *, signs: tuple[int, ...],
    seed: int, order: Floats,
) -> int:  # fmt: skip
    """Return the number of trees at which the last 15 % of rows in `order[n]` are best met."""
    late = order > np.quantile(order, _KEPT)
    if not 0 < outcome[late].sum() < late.sum():
        return recipe.rounds
    scaled = weights / weights.mean()
    early, last = (
        DMatrix(matrix[side], outcome[side], weight=scaled[side]) for side in (~late, late)
    )
    booster = train(
        {
            **_settings(recipe, signs, seed),
            "eval_metric": "logloss",
            "nthread": threads(len(matrix)),
        },
        early,
        4 * recipe.rounds,
        evals=[(last, "late")],
        early_stopping_rounds=_PATIENCE,
        verbose_eval=False,
    )
    return int(booster.best_iteration) + 1


def signs_of(steps: tuple[Step, ...], monotone: dict[str, int]) -> tuple[int, ...]:
    """Return the declared sign of each step `[k]`: that of its column, for a plain number."""
    return tuple(monotone.get(s.of[0], 0) if s.do == "number" else 0 for s in steps)


_ERAS, _SURE = 3, 2.0


def turning(matrix: Matrix, outcome: Floats, time: Floats) -> Codes:
    """Return the columns whose relation to default is surely up in one era and down in another.

    Three eras of like size; sure is an AUC two standard errors from 0.5 (Hanley and McNeil 1982,
    at 0.5: sqrt((n + m + 1) / (12 n m))).
    """
    cuts = np.quantile(time, np.linspace(0, 1, _ERAS + 1)[1:-1])
    era = np.searchsorted(cuts, time, side="left")
    turned = []
    for at in range(matrix.shape[1]):
        sides = set()
        for k in np.unique(era):
            here = (era == k) & ~np.isnan(matrix[:, at])
            bad = outcome[here].sum()
            good = here.sum() - bad
            if not min(bad, good):
                continue
            away = auc(outcome[here], matrix[here, at]) - 0.5
            if abs(away) > _SURE * np.sqrt((bad + good + 1) / (12 * bad * good)):
                sides.add(away > 0)
        if len(sides) > 1:
            turned.append(at)
    return np.array(turned, np.intp)


def _settings(recipe: Recipe, signs: tuple[int, ...], seed: int) -> dict[str, Any]:
    return {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "eta": _ETA,
        "max_depth": recipe.depth,
        "min_child_weight": recipe.child,
        "subsample": 0.7,
        "colsample_bytree": 0.3 if len(signs) > _WIDE else 0.5,
        "reg_lambda": 1.0,
        "monotone_constraints": signs,
        "seed": seed,
        "base_score": 0.5,
    }
