"""Does the row with more risk come to its end first? Harrell's C with delayed entry."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, IntArray, numbers, same_length
from models.governance.dominance import below_and_level
from models.governance.lives import Lives, lives


def c_index(entry: ArrayLike, exit: ArrayLike, event: ArrayLike, risk: ArrayLike) -> float:  # noqa: A002 - entry and exit are the trade's pair
    """Harrell's concordance: share of comparable pairs in which the earlier event had more risk.

    A row with an event at t is compared with every row that is at risk just then: entry < t,
    and exit > t or censored at t. Pairs of equal risk count half. Without delayed entry it is
    Harrell's C (1982) as lifelines counts it. O(n log n).

    Args:
        entry: when the row came under observation, `[n]`; nought where from the start.
        exit: when it left, above entry, `[n]`.
        event: 1 where it left by the event, 0 where censored, `[n]`.
        risk: higher means sooner, `[n]`.

    >>> c_index([0, 0, 0], [1, 2, 3], [1, 1, 0], [0.9, 0.5, 0.1])
    1.0
    """
    seen = lives(entry, exit, event)
    danger = numbers("risk", risk)
    same_length("risk", danger, seen.exit)
    counts = _comparable(seen, danger)
    pairs = int(counts[2].sum())
    if pairs == 0:
        raise invalid("event", "no two rows can be compared", "judge on rows with events")
    return float((counts[0].sum() + counts[1].sum() / 2) / pairs)


def _comparable(seen: Lives, danger: FloatArray) -> tuple[IntArray, IntArray, IntArray]:
    """For each event: rows at risk with less risk, with the same, and in all.

    At risk at t = those who leave after t, less those who enter at t or later.
    """
    _, ranks = np.unique(np.concatenate((seen.entry, seen.exit)), return_inverse=True)
    n = seen.exit.size
    enters, leaves = 2 * ranks[:n] + 1, 2 * ranks[n:] + (seen.event == 0)
    happened = seen.event == 1
    when, how = 2 * ranks[n:][happened], danger[happened]
    later = below_and_level(leaves, danger, when, how)
    unseen = below_and_level(enters, danger, when, how)
    less, level, every = (one - other for one, other in zip(later, unseen, strict=True))
    return less, level, every
