"""Observed spans with delayed entry: checked, and counted at risk."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kernel.errors import invalid
from models.governance.arrays import FloatArray, flags, numbers, same_length


class Lives(NamedTuple):
    """Observed spans, `[n]` each: entry < exit; event 1, or 0 for censored."""

    entry: FloatArray
    exit: FloatArray
    event: FloatArray


def lives(entry: ArrayLike, exit: ArrayLike, event: ArrayLike) -> Lives:  # noqa: A002 - entry and exit are the trade's pair
    """Check the three columns of observed spans."""
    return Lives(*spans(entry, exit), _events(event, exit))


def spans(entry: ArrayLike, exit: ArrayLike) -> tuple[FloatArray, FloatArray]:  # noqa: A002 - entry and exit are the trade's pair
    """Check that each row leaves after it entered."""
    start, end = numbers("entry", entry), numbers("exit", exit)
    same_length("exit", end, start)
    if (end <= start).any():
        row = int(np.flatnonzero(end <= start)[0])
        raise invalid("exit", f"row {row} leaves no later than it enters", "leave such rows out")
    return start, end


def _events(event: ArrayLike, exit: ArrayLike) -> FloatArray:  # noqa: A002 - entry and exit are the trade's pair
    happened = flags("event", event)
    same_length("event", happened, numbers("exit", exit))
    return happened


@dataclass(frozen=True, slots=True)
class Steps:
    """A right-continuous step curve, 1 before its first step.

    Attributes:
        times: ascending, `[k]`.
        values: from each time on, `[k]`.
    """

    times: FloatArray
    values: FloatArray

    def at(self, when: FloatArray) -> FloatArray:
        """Value at each time, steps at that very time included."""
        return self._of(np.searchsorted(self.times, when, side="right"))

    def before(self, when: FloatArray) -> FloatArray:
        """Value just before each time."""
        return self._of(np.searchsorted(self.times, when, side="left"))

    def _of(self, place: NDArray[np.intp]) -> FloatArray:
        taken: FloatArray = np.concatenate(([1.0], self.values))[place]
        return taken


class RiskSets(NamedTuple):
    """At each distinct event time, `[k]`: how many failed, how many were at risk."""

    times: FloatArray
    failed: FloatArray
    at_risk: FloatArray


def risk_sets(entry: FloatArray, exit_: FloatArray, happened: FloatArray) -> RiskSets:
    """Count who is at risk at each event time t: entry < t <= exit."""
    times, failed = np.unique(exit_[happened > 0], return_counts=True)
    left_before = np.searchsorted(np.sort(exit_), times, side="left")
    entered_before = np.searchsorted(np.sort(entry), times, side="left")
    return RiskSets(times, failed.astype(float), (entered_before - left_before).astype(float))


def product_limit(risk: RiskSets) -> Steps:
    """Return the curve of those that are left: product over times of 1 - failed / at risk."""
    share: FloatArray = 1 - risk.failed / risk.at_risk
    return Steps(risk.times, np.cumprod(share).astype(np.float64))


def censoring_curve(seen: Lives) -> Steps:
    """Chance not to be censored by t, product-limit; at ties events leave first."""
    times, gone = np.unique(seen.exit[seen.event == 0], return_counts=True)
    entered = np.searchsorted(np.sort(seen.entry), times, side="left")
    left = np.searchsorted(np.sort(seen.exit), times, side="left")
    ended = np.sort(seen.exit[seen.event == 1])
    level = np.searchsorted(ended, times, side="right") - np.searchsorted(ended, times)
    return product_limit(
        RiskSets(times, gone.astype(float), (entered - left - level).astype(float))
    )
