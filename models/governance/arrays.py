"""The arrays that measures of a fit take, checked once: shapes, finiteness, ranges."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kernel.errors import invalid

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def numbers(field: str, values: ArrayLike) -> FloatArray:
    """Return a finite float array `[n]`, n at least 1."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        raise invalid(field, f"has shape {array.shape}", "give one number for each row, 1 or more")
    if not np.isfinite(array).all():
        row = int(np.flatnonzero(~np.isfinite(array))[0])
        raise invalid(field, f"row {row} is missing or infinite", "leave the row out or mend it")
    return array


def flags(field: str, values: ArrayLike) -> FloatArray:
    """Return a float array `[n]` of 0 and 1."""
    array = numbers(field, values)
    if not ((array == 0) | (array == 1)).all():
        raise invalid(field, "holds values besides 0 and 1", "code an event as 1, the rest as 0")
    return array


def chances(field: str, values: ArrayLike) -> FloatArray:
    """Return a float array `[n]` within 0 and 1."""
    array = numbers(field, values)
    if array.min() < 0 or array.max() > 1:
        raise invalid(
            field, "leaves the range of 0 to 1", "give probabilities, not scores or percent"
        )
    return array


def masses(weights: ArrayLike | None, like: FloatArray) -> FloatArray:
    """Return weights `[n]`, 0 or more; one each where none are given."""
    if weights is None:
        return np.ones_like(like)
    array = numbers("weights", weights)
    same_length("weights", array, like)
    if array.min() < 0 or array.sum() <= 0:
        raise invalid("weights", "are negative or all nought", "give weights above nought")
    return array


def summed(place: IntArray, parts: FloatArray, bins: int) -> FloatArray:
    """Sum the parts that fall on each place, `[bins]`."""
    return np.bincount(place, parts, minlength=bins).astype(np.float64)


def same_length(field: str, array: FloatArray, other: FloatArray) -> None:
    """Refuse arrays that do not stand row by row."""
    if array.shape[0] != other.shape[0]:
        problem = f"has {array.shape[0]} rows where {other.shape[0]} are expected"
        raise invalid(field, problem, "give one value for each row")


def judged(
    outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Check outcome (0, 1), score (any order) and weights, all `[n]`."""
    happened, ranked = flags("outcome", outcome), numbers("score", score)
    same_length("score", ranked, happened)
    return happened, ranked, masses(weights, happened)


def foreseen(
    outcome: ArrayLike, p: ArrayLike, weights: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Check outcome (0, 1), probability and weights, all `[n]`."""
    happened, chance = flags("outcome", outcome), chances("p", p)
    same_length("p", chance, happened)
    return happened, chance, masses(weights, happened)


def both_outcomes(outcome: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Return the weight with and without the event; refuse where one is nought."""
    with_event = float(weights @ outcome)
    without = float(weights @ (1 - outcome))
    if with_event <= 0 or without <= 0:
        raise invalid("outcome", "is the same in every row", "judge on rows with both outcomes")
    return with_event, without
