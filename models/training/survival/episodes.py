"""Lives cut at edges: in each piece, the years lived under observation and whether it ended.

Delayed entry is nothing special here: the years before entry are not lived under observation.
"""

from dataclasses import dataclass

import numpy as np

from models.training.survival.lives import Array, Lives, Places

_PIECES = 24
_EVENTS_A_PIECE = 12
_BEFORE = 1e-5


@dataclass(frozen=True, slots=True)
class Episodes:
    """Lives cut at the edges; only pieces in which something was seen.

    Attributes:
        rows: row of each episode `[m]`.
        pieces: piece of each `[m]`.
        years: lived in it under observation, above nought `[m]`.
        events: 1 where the event fell into it `[m]`.
        weights: of the row `[m]`.
    """

    rows: Places
    pieces: Places
    years: Array
    events: Array
    weights: Array


def edges_of(lives: Lives, pieces: int = _PIECES) -> Array:
    """Return where pieces begin: at the first entry, just before the first event, at quantiles.

    What lies before the first event is a piece of its own, next to without hazard, as in a
    Kaplan-Meier curve; the years lived there say nothing of later ones.
    """
    ended = lives.exit[lives.event == 1.0]
    count = max(2, min(pieces, lives.events // _EVENTS_A_PIECE))
    shares = np.r_[0.03, np.arange(1, count) / count]
    start = float(lives.entry.min())
    inner = np.unique(np.append(ended.min() - _BEFORE, np.quantile(ended, shares)).round(6))
    found: Array = np.r_[start, inner[inner > start]]
    return found


def cut(lives: Lives, edges: Array) -> Episodes:
    """Cut lives at the edges."""
    ends = np.append(edges[1:], np.inf)
    years = np.minimum(lives.exit[:, None], ends) - np.maximum(lives.entry[:, None], edges)
    rows, pieces = np.nonzero(years > 0.0)
    fell = (lives.exit[rows] > edges[pieces]) & (lives.exit[rows] <= ends[pieces])
    events = lives.event[rows] * fell
    return Episodes(rows, pieces, years[rows, pieces], events, lives.weights[rows])
