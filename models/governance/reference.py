"""What a fit keeps of its training: histograms that later batches are held against."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from models.features import Feature, Kind
from models.governance.arrays import FloatArray
from models.governance.histograms import histogram, quantile_edges

SCORE, OTHER, MISSING = "score", "(other)", "(missing)"
_BINS = 10


def reference(
    features: Sequence[Feature], columns: Mapping[str, Sequence[Any]], score: ArrayLike
) -> dict[str, Any]:
    """Return the histograms of training that later batches are held against.

    Stored as `metrics["reference"]` of a fit: no row can be read from it.

    Args:
        features: of the fit.
        columns: name -> column of the training rows; a missing number is NaN or None, a
            missing level None or `""`.
        score: predictions on the same rows, `[n]`.
    """
    shown = {
        feature.name: _histogram_of(feature, columns[feature.name])
        for feature in features
        if feature.name in columns
    }
    return {"features": shown, SCORE: _number_histogram(floats(score))}


def _histogram_of(feature: Feature, column: Sequence[Any]) -> dict[str, Any]:
    if feature.kind is Kind.NUMBER:
        return _number_histogram(floats(column))
    names = [*feature.levels, OTHER, MISSING]
    return {"levels": names, "counts": level_counts(column, names).tolist()}


def _number_histogram(values: FloatArray) -> dict[str, Any]:
    edges = quantile_edges(values, _BINS)
    return {"edges": edges.tolist(), "counts": histogram(values, edges).tolist()}


def level_counts(column: Sequence[Any], names: Sequence[str]) -> FloatArray:
    """Rows of each level; the last two names are OTHER and MISSING."""
    place = {name: number for number, name in enumerate(names)}
    found = [
        MISSING if value is None or value == "" else value if value in place else OTHER
        for value in column
    ]
    return np.bincount([place[name] for name in found], minlength=len(names)).astype(float)


def floats(values: Any) -> FloatArray:
    """Return numbers with NaN for None."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
