"""Gauss nodes and weights for a beta and a gamma law, from their orthogonal polynomials.

Golub and Welsch (1969): nodes are the eigenvalues of the tridiagonal Jacobi matrix, weights the
squared first components of its eigenvectors. With n nodes a polynomial up to degree 2n - 1 is
integrated exactly.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Nodes = tuple[tuple[float, float], ...]
"""Pairs (weight, place); the weights sum to 1."""

_HALVINGS = 200


@cache
def beta_nodes(a: float, b: float, count: int) -> Nodes:
    """Return Gauss-Jacobi nodes of Beta(a, b) on [0, 1].

    >>> [round(place, 4) for _, place in beta_nodes(1.0, 1.0, 2)]  # Legendre: 1/2 -+ 1/sqrt(12)
    [0.2113, 0.7887]
    """
    first, second = b - 1.0, a - 1.0  # exponents of (1 - x) and (1 + x) on [-1, 1]
    n = np.arange(count, dtype=float)
    total = 2.0 * n + first + second
    centre = np.empty(count)
    centre[0] = (second - first) / (first + second + 2.0)
    centre[1:] = (second**2 - first**2) / (total[1:] * (total[1:] + 2.0))
    beside = np.empty(count)
    beside[1:] = (4.0 * n[1:] * (n[1:] + first) * (n[1:] + second) * (n[1:] + first + second)) / (
        total[1:] ** 2 * np.where(n[1:] == 1, 1.0, (total[1:] + 1.0) * (total[1:] - 1.0))
    )
    if count > 1:  # at n = 1 the general term is 0/0 where a + b = 1
        beside[1] = 4.0 * a * b / ((a + b) ** 2 * (a + b + 1.0))
    weights, places = _golub_welsch(centre, beside)
    return tuple(zip(weights.tolist(), ((1.0 + places) / 2.0).tolist(), strict=True))


@cache
def gamma_nodes(shape: float, scale: float, count: int) -> Nodes:
    """Return Gauss-Laguerre nodes of a gamma law.

    >>> [round(place, 4) for _, place in gamma_nodes(1.0, 1.0, 2)]  # 2 -+ sqrt(2)
    [0.5858, 3.4142]
    """
    n = np.arange(count, dtype=float)
    weights, places = _golub_welsch(2.0 * n + shape, n * (n + shape - 1.0))
    return tuple(zip(weights.tolist(), (scale * places).tolist(), strict=True))


def increasing_root(
    rises: Callable[[float], float], target: float, low: float, high: float
) -> float:
    """Return x in [low, high] with rises(x) = target by halving, to the last bit."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if rises(middle) < target:
            low = middle
        else:
            high = middle
    return high


def _golub_welsch(
    centre: NDArray[np.float64], beside: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and places of the Jacobi matrix with these recurrence terms."""
    side = np.sqrt(beside[1:])
    places, vectors = np.linalg.eigh(np.diag(centre) + np.diag(side, 1) + np.diag(side, -1))
    weights = vectors[0] ** 2
    return weights / weights.sum(), places
