"""Who is at risk at each event age, with delayed entry: worked out once for many sums."""

from dataclasses import dataclass

import numpy as np

from models.training.survival.lives import Array, Lives, Places


@dataclass(frozen=True, slots=True)
class RiskSets:
    """Where each row stands among the event ages: the sets at risk, worked out once.

    A row is at risk at the event ages of places `first` to `end - 1`.

    Attributes:
        times: distinct event ages, rising `[m]`.
        first: number of event ages at or before a row's entry `[n]`.
        end: number of event ages at or before a row's exit `[n]`.
        rows: places of the rows with an event, by age `[d]`.
        at: place of their age in `times` `[d]`.
        tied: share l / d of Efron's correction, rising from 0 within one age `[d]`.
        weights: mean weight of the events at the same age `[d]`.
    """

    times: Array
    first: Places
    end: Places
    rows: Places
    at: Places
    tied: Array
    weights: Array

    def at_risk(self, amounts: Array) -> Array:
        """Sum `amounts` `[n, ...]` over the rows at risk at each event age `[m, ...]`."""
        size = len(self.times) + 1
        columns = np.ascontiguousarray(amounts.reshape(len(amounts), -1).T)
        step = [
            np.bincount(self.first, column, size) - np.bincount(self.end, column, size)
            for column in columns
        ]
        total = np.cumsum(np.array(step), axis=1)[:, :-1].T
        return total.reshape(-1, *amounts.shape[1:])

    def of_events(self, amounts: Array) -> Array:
        """Sum amounts of events `[d]` at each event age `[m]`."""
        return np.bincount(self.at, amounts, len(self.times)).astype(np.float64)


def sets_at_risk(lives: Lives) -> RiskSets:
    """Work out where rows stand among the event ages."""
    ended = np.flatnonzero(lives.event == 1.0)
    rows = ended[np.argsort(lives.exit[ended], kind="stable")]
    times, at, counts = np.unique(lives.exit[rows], return_inverse=True, return_counts=True)
    start = np.cumsum(counts) - counts
    tied = (np.arange(len(rows)) - start[at]) / counts[at]
    weights = np.bincount(at, lives.weights[rows])[at] / counts[at]
    first = np.searchsorted(times, lives.entry, side="right")
    end = np.searchsorted(times, lives.exit, side="right")
    return RiskSets(times, first, end, rows, at, tied, weights)
