"""Candidates for the expected loss of a new loan, each learned from the losses known so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import polars as pl
import xgboost
from numpy.typing import NDArray

from models.features import Feature, Kind, Missing
from models.recovery.fitted import encode
from models.training.lgd.ask import Losses

Floats = NDArray[np.float64]

RECENT_YEARS = 3
_RIDGE = 20.0
_STEPS = 25
_LEAST_LEVEL = 50
_SKEWED = 50.0
_TREES = 150
_SHRUNK = {
    "objective": "reg:logistic",
    "max_depth": 3,
    "eta": 0.03,
    "min_child_weight": 20,
    "subsample": 0.8,
    "lambda": 50.0,
    "nthread": 1,
    "seed": 7,
    "verbosity": 0,
}


class Candidate(Protocol):
    """One way to forecast the loss."""

    @property
    def name(self) -> str:
        """What it is called in the card."""

    def learn(self, losses: Losses) -> "Learned":
        """Learn from losses that are known."""


@dataclass(frozen=True)
class Learned:
    """What a candidate learned.

    Attributes:
        form: of the fit it would be.
        parameters: of its score; `plan` where it reads features.
        features: that it reads.
        booster: its trees.
    """

    form: str
    parameters: dict[str, Any]
    features: tuple[Feature, ...] = ()
    booster: bytes | None = None
    trees: Any = field(default=None, repr=False)

    def forecast(self, losses: Losses) -> Floats:
        """Return the expected loss of each row, `[n]`."""
        if not self.features:
            return np.full(len(losses.lgd), self.parameters["mean"])
        matrix = encode(columns_of(losses.frame), self.parameters["plan"])
        if self.trees is not None:
            return np.asarray(self.trees.inplace_predict(matrix), dtype=float)
        score = self.parameters["intercept"] + matrix @ np.array(self.parameters["beta"])
        return np.asarray(1.0 / (1.0 + np.exp(-score)))


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of every loss known so far: what all others must beat."""

    name: str = "mean"

    def learn(self, losses: Losses) -> Learned:
        """Learn the mean."""
        return Learned("recovery.lgd.mean", {"mean": losses.mean})


@dataclass(frozen=True, slots=True)
class RecentMean:
    """The mean of the losses that became known in the last years."""

    name: str = "recent_mean"

    def learn(self, losses: Losses) -> Learned:
        """Learn the mean of the last `RECENT_YEARS` before the latest loss."""
        since = losses.known.max() - np.timedelta64(365 * RECENT_YEARS, "D")
        recent = losses.at(losses.known > since)
        return Learned("recovery.lgd.mean", {"mean": recent.mean})


@dataclass(frozen=True, slots=True)
class FractionalLogit:
    """Papke and Wooldridge's fractional logit, with a ridge: E[loss] = 1 / (1 + exp(-x beta))."""

    name: str = "fractional_logit"

    def learn(self, losses: Losses) -> Learned:
        """Fit by Newton's method; the intercept is not shrunk."""
        features, plan = planned(losses.frame)
        x = np.column_stack([np.ones(len(losses.lgd)), encode(columns_of(losses.frame), plan)])
        pull = np.full(x.shape[1], _RIDGE)
        pull[0] = 0.0
        beta = np.zeros(x.shape[1])
        beta[0] = np.log(losses.mean / (1.0 - losses.mean))
        for _ in range(_STEPS):
            p = 1.0 / (1.0 + np.exp(-x @ beta))
            slope = x.T @ (losses.weight * (losses.lgd - p)) - pull * beta
            curve = (x * (losses.weight * p * (1.0 - p))[:, None]).T @ x + np.diag(pull)
            step = np.linalg.solve(curve, slope)
            beta = beta + step
            if np.abs(step).max() < 1e-10:  # noqa: PLR2004 - converged to the last digits
                break
        parameters = {
            "mean": losses.mean,
            "intercept": float(beta[0]),
            "beta": beta[1:].tolist(),
            "plan": plan,
        }
        return Learned("recovery.lgd.logit", parameters, features)


@dataclass(frozen=True, slots=True)
class Boosted:
    """Shallow trees with strong shrinkage, on the same columns."""

    name: str = "boosted"

    def learn(self, losses: Losses) -> Learned:
        """Grow a fixed number of trees from the mean."""
        features, plan = planned(losses.frame)
        x = encode(columns_of(losses.frame), plan)
        rows = xgboost.DMatrix(x, losses.lgd, weight=losses.weight)
        trees = xgboost.train({**_SHRUNK, "base_score": losses.mean}, rows, _TREES)
        raw = bytes(trees.save_raw("ubj"))
        parameters = {"mean": losses.mean, "plan": plan}
        return Learned("recovery.lgd.boosted", parameters, features, raw, trees)


CANDIDATES: tuple[Candidate, ...] = (Mean(), RecentMean(), FractionalLogit(), Boosted())


def columns_of(frame: pl.DataFrame) -> Mapping[str, Sequence[float | str]]:
    """Return the columns as `encode` reads them: floats with NaN, or text with `""`."""
    columns: dict[str, Sequence[float | str]] = {}
    for name in frame.columns:
        column = frame[name]
        if column.dtype == pl.String:
            columns[name] = column.fill_null("").to_list()
        else:
            columns[name] = column.cast(pl.Float64).fill_null(float("nan")).to_list()
    return columns


def planned(frame: pl.DataFrame) -> tuple[tuple[Feature, ...], list[dict[str, Any]]]:
    """Return what a fit would read of these columns, learned from these rows alone."""
    features, plan = [], []
    for name in frame.columns:
        column = frame[name]
        if column.dtype == pl.String:
            feature, terms = _category(name, column)
        else:
            feature, terms = _number(name, column.cast(pl.Float64).fill_nan(None))
        features.append(feature)
        plan.extend(terms)
    return tuple(features), plan


def _category(name: str, column: pl.Series) -> tuple[Feature, list[dict[str, Any]]]:
    counted = column.fill_null("").value_counts(sort=True)
    levels = [level for level, count in counted.iter_rows() if count >= _LEAST_LEVEL]
    feature = Feature(
        name,
        Kind.CATEGORY,
        levels=tuple(level for level in levels if level),
        typical=levels[0] if levels else "",
        missing=Missing.LEARNED,
    )
    return feature, [{"name": name, "level": level} for level in levels[1:]]


def _number(name: str, column: pl.Series) -> tuple[Feature, list[dict[str, Any]]]:
    given = column.drop_nulls().to_numpy()
    given = given if len(given) else np.zeros(1)
    low, high, middle = float(given.min()), float(given.max()), float(np.median(given))
    logged = low >= 0 and high > _SKEWED * max(middle, 1.0)
    scaled = np.log1p(given) if logged else given
    term = {
        "name": name,
        "log": bool(logged),
        "fill": middle,
        "mean": float(scaled.mean()),
        "sd": float(scaled.std()) or 1.0,
    }
    feature = Feature(
        name, seen_low=low, seen_high=high, typical=middle, missing=Missing.FILL, fill=middle
    )
    return feature, [term]
