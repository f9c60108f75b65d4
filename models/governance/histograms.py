"""Bins of equal weight, and how many rows fall into each; missing is a bin of its own."""

from itertools import pairwise

import numpy as np

from kernel.errors import invalid
from models.governance.arrays import FloatArray


def quantile_edges(values: FloatArray, bins: int = 10) -> FloatArray:
    """Inner edges of bins of equal weight, distinct and ascending, `[bins - 1]` or fewer."""
    if bins < 2:  # noqa: PLR2004 - a comparison needs two sides
        raise invalid("bins", f"{bins} cannot show a move", "give 2 or more")
    known = values[~np.isnan(values)]
    if known.size == 0:
        return np.empty(0)
    shares = np.arange(1, bins) / bins
    edges: FloatArray = np.unique(np.quantile(known, shares, method="inverted_cdf"))
    inner: FloatArray = edges[edges < known.max()]
    return inner


def histogram(values: FloatArray, edges: FloatArray) -> FloatArray:
    """Rows in each bin (..., edge], the last above all edges, then the missing: `[edges + 2]`."""
    known = ~np.isnan(values)
    place = np.where(known, np.searchsorted(edges, values, side="left"), edges.size + 1)
    return np.bincount(place, minlength=edges.size + 2).astype(float)


def edge_names(edges: FloatArray) -> list[str]:
    """Words for the bins between `edges`."""
    if edges.size == 0:
        return ["all"]
    inner = [f"{low:g} to {high:g}" for low, high in pairwise(edges)]
    return [f"up to {edges[0]:g}", *inner, f"above {edges[-1]:g}"]
