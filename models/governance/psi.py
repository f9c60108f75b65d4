"""Population stability: has the mix of rows moved by more than chance explains?"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray
from models.governance.histograms import edge_names, histogram, quantile_edges
from models.governance.laws import chi_square_quantile

LITTLE, MUCH = 0.10, 0.25
"""Conventional bands (Lewis 1994): conventions and no tests; 0.10 to 0.25 is moderate."""

_HALF = 0.5
"""Rows added to each bin where one side is empty, so that the logarithm is finite."""


@dataclass(frozen=True, slots=True)
class Psi:
    """A stability index with the bounds that chance alone stays under.

    Attributes:
        value: sum of (actual - expected) log(actual / expected) over bins, 0 or more.
        bound: 95 % of values stay under it where nothing has moved.
        bound_99: the same for 99 %.
        dof: bins used less one.
        expected_rows: size of the reference.
        actual_rows: size of what is judged.
        bins: of each bin its name, the reference's share, the judged share and its part.
    """

    value: float
    bound: float
    bound_99: float
    dof: int
    expected_rows: float
    actual_rows: float
    bins: tuple[tuple[str, float, float, float], ...]

    @property
    def moved(self) -> bool:
        """Whether the move is larger than chance gives in 99 of 100 samples of this size."""
        return self.value > self.bound_99

    @property
    def band(self) -> str:
        """Conventional words: `little`, `moderate` or `much`."""
        if self.value < LITTLE:
            return "little"
        return "moderate" if self.value <= MUCH else "much"

    def json(self) -> dict[str, Any]:
        """The index as it is stored in a report."""
        return asdict(self) | {"moved": self.moved, "band": self.band}


def psi(expected: ArrayLike, actual: ArrayLike, bins: int = 10) -> Psi:
    """Compare two samples of a number, binned at the quantiles of `expected`.

    A missing value (NaN) is a bin of its own. Under no move the index times n m / (n + m)
    is near a chi-square with bins - 1 degrees, so that the bound is its quantile times
    1/n + 1/m (Yurdakul and Naranjo 2020).

    Args:
        expected: reference sample, `[n]`.
        actual: sample that is judged, `[m]`.
        bins: of equal weight in the reference; fewer where values repeat.
    """
    reference, judged = _sample("expected", expected), _sample("actual", actual)
    edges = quantile_edges(reference, bins)
    names = [*edge_names(edges), "missing"]
    return psi_of_counts(histogram(reference, edges), histogram(judged, edges), names)


def psi_of_levels(expected: Sequence[str | None], actual: Sequence[str | None]) -> Psi:
    """Compare two samples of a category; None is a bin of its own.

    >>> psi_of_levels(["a", "b"] * 50, ["a", "b"] * 50).value
    0.0
    """
    levels = sorted({level for level in (*expected, *actual) if level is not None})
    names: list[str | None] = [*levels, None]
    counts = [
        np.array([sum(one == name for one in side) for name in names], dtype=float)
        for side in (expected, actual)
    ]
    return psi_of_counts(counts[0], counts[1], [*levels, "missing"])


def psi_of_counts(expected: ArrayLike, actual: ArrayLike, names: Sequence[str]) -> Psi:
    """Compare two histograms over the same bins, as rows, `[b]`.

    Bins that are empty on both sides are left out; where one side alone is empty, half a row
    is added to every bin of both.
    """
    both = np.array([expected, actual], dtype=float)
    if both.shape != (2, len(names)) or (both < 0).any() or not np.isfinite(both).all():
        raise invalid("counts", "are no two histograms", "give rows per bin for the same bins")
    n, m = float(both[0].sum()), float(both[1].sum())
    if min(n, m) <= 0:
        raise invalid("counts", "hold no rows", "give one row or more on each side")
    used = both.sum(axis=0) > 0
    kept = both[:, used] + (_HALF if (both[:, used] == 0).any() else 0.0)
    old, new = kept / kept.sum(axis=1, keepdims=True)
    parts = (new - old) * np.log(new / old)
    dof, scale = max(int(used.sum()) - 1, 1), 1 / n + 1 / m
    return Psi(
        value=float(parts.sum()),
        bound=chi_square_quantile(0.95, dof) * scale,
        bound_99=chi_square_quantile(0.99, dof) * scale,
        dof=dof,
        expected_rows=n,
        actual_rows=m,
        bins=tuple(
            zip(
                [name for name, there in zip(names, used, strict=True) if there],
                map(float, old),
                map(float, new),
                map(float, parts),
                strict=True,
            )
        ),
    )


def _sample(field: str, values: ArrayLike) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        raise invalid(
            field, f"has shape {array.shape}", "give one value for each of 1 or more rows"
        )
    return array
