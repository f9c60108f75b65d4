"""Draws of the figures from their own laws: what is not known about a rate."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np

from models.priors import Prior
from models.right.states import FloatArray

SHAPE: Final = {"A": 44.44, "B": 8.16, "C": 1.78, "K": 1.78}
"""Shape of a gamma by grade: a coefficient of variation of 15, 35 or 75 %."""
WEIGHT: Final = {"A": 200.0, "B": 40.0, "C": 10.0, "K": 10.0}
"""Weight of a beta by grade, in observations."""


def draws_of(figures: Sequence[tuple[str, Prior]], count: int, seed: int) -> dict[str, FloatArray]:
    """Return `count` draws of each figure, shape [count].

    A rate is drawn from its gamma, a chance from its beta, a level is not drawn. A figure that
    stands as a point in the table has the width of its grade all the same. Each figure has its
    own stream, named by its key: another figure beside it does not change its draws.
    """
    return {name: _draw(prior, count, seed) for name, prior in figures}


def _draw(prior: Prior, count: int, seed: int) -> FloatArray:
    stream = np.random.default_rng([seed, crc32(prior.key.encode())])
    if prior.kind == "rate_per_year":
        shape = prior.a if prior.law == "gamma" else SHAPE[prior.grade]
        return stream.gamma(shape, prior.value / shape, count)
    if prior.kind == "probability":
        weight = prior.a + prior.b if prior.law == "beta" else WEIGHT[prior.grade]
        return stream.beta(weight * prior.value, weight * (1.0 - prior.value), count)
    return np.full(count, prior.value)
