"""The logistic scorecard: each column in bins, each bin with its points, added up by formula.

log-odds = base + sum over columns of points[bin]. Points are a logistic coefficient times the
weight of evidence of the bin (Siddiqi 2006, Credit Risk Scorecards), so a bin's points say by
how much it moves the log-odds of default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from models.borrower.encoding import Floats


@dataclass(frozen=True, slots=True)
class Bins:
    """One column of the card.

    Attributes:
        at: place of the column in the matrix.
        edges: rising; bin i holds edges[i-1] <= x < edges[i], `[b - 1]`.
        points: log-odds of each bin, the missing one last, `[b + 1]`.
    """

    at: int
    edges: Floats
    points: Floats

    def places(self, column: NDArray[Any]) -> NDArray[np.intp]:
        """Return the bin of each value `[n]`; NaN has the last."""
        places = np.searchsorted(self.edges, column, side="right")
        return np.where(np.isnan(column), len(self.edges) + 1, places)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A frozen scorecard.

    Attributes:
        base: log-odds where all points are nought.
        columns: those that count.
    """

    base: float
    columns: tuple[Bins, ...]

    def margin(self, matrix: NDArray[Any]) -> Floats:
        """Return the log-odds of default `[n]` of `matrix[n, k]`."""
        total = np.full(len(matrix), self.base)
        for bins in self.columns:
            total += bins.points[bins.places(matrix[:, bins.at])]
        return total

    def parts(self, row: NDArray[Any]) -> Floats:
        """Return each column's points for one row `[k]`, `[k]`; without the base."""
        found = np.zeros(len(row))
        for bins in self.columns:
            found[bins.at] = bins.points[bins.places(row[bins.at : bins.at + 1])][0]
        return found

    def json(self) -> dict[str, Any]:
        """The card as it stands in a fit."""
        columns = [
            {"at": bins.at, "edges": bins.edges.tolist(), "points": bins.points.tolist()}
            for bins in self.columns
        ]
        return {"base": self.base, "columns": columns}

    @classmethod
    def read(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote.

        >>> card = Scorecard.read({"base": -2.0, "columns": [
        ...     {"at": 0, "edges": [10.0], "points": [0.5, -0.5, 0.1]}]})
        >>> card.margin(np.array([[5.0], [10.0], [np.nan]])).tolist()
        [-1.5, -2.5, -1.9]
        """
        columns = tuple(
            Bins(row["at"], np.array(row["edges"], float), np.array(row["points"], float))
            for row in json["columns"]
        )
        return cls(float(json["base"]), columns)
