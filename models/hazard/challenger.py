"""Boosted trees on a piecewise constant hazard: scored beside the law that serves.

The hazard in piece k is exp(level_k + trees(terms, k)). Trained on lives cut at the edges with
the years lived as exposure, so delayed entry is exact; xgboost's own `survival:cox` knows none.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from models.fit_file import FitFile
from models.hazard.laws import Array, PiecewiseLaw


@dataclass(frozen=True, slots=True)
class Challenger:
    """A boosted hazard.

    Attributes:
        trees: an `xgboost.Booster` of terms and the number of the piece.
        law: edges and levels of the pieces.
    """

    trees: Any
    law: PiecewiseLaw

    @classmethod
    def of(cls, fit: FitFile) -> Self | None:
        """Return the challenger that a fit carries; None where it has none."""
        if fit.booster is None or "challenger" not in fit.parameters:
            return None
        import xgboost  # noqa: PLC0415 - only who asks for the trees pays for the library

        trees = xgboost.Booster()
        trees.load_model(bytearray(fit.booster))
        return cls(trees, PiecewiseLaw.of(fit.parameters["challenger"]))

    def cumulative_hazard(self, x: Array, t: npt.ArrayLike) -> Array:
        """H(t | x): terms `[p]` or `[n, p]`; ages one, `[k]` or `[n, k]`; as `HazardFit` does."""
        rows, ages = np.atleast_2d(x), np.atleast_2d(np.asarray(t, float))
        found = self.law.cumulative(self._scores(rows), ages)
        return found[0] if x.ndim == 1 else found

    def survival(self, x: Array, t: npt.ArrayLike) -> Array:
        """S(t | x) = exp(-H(t | x))."""
        found: Array = np.exp(-self.cumulative_hazard(x, t))
        return found

    def _scores(self, rows: Array) -> Array:
        """Log hazard of each row in each piece, less the piece's level `[n, pieces]`."""
        size = len(self.law.edges)
        pieces = np.tile(np.arange(size, dtype=float), len(rows))
        wide = np.column_stack([np.repeat(rows, size, axis=0), pieces])
        margin = self.trees.inplace_predict(
            wide, predict_type="margin", base_margin=np.zeros(len(wide)), validate_features=False
        )
        return np.asarray(margin, np.float64).reshape(len(rows), size)
