"""How well a survival fit foretells: Brier scores with delayed entry and right censoring."""

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.governance.arrays import FloatArray, chances, numbers, same_length
from models.governance.curves import conditional, kaplan_meier
from models.governance.lives import Lives, censoring_curve, lives


def brier_at(
    time: float,
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    event: ArrayLike,
    survival: ArrayLike,
    *,
    censoring: Lives | None = None,
) -> float:
    """Brier score at one time, censored rows made up for by weight (IPCW; Graf et al. 1999).

    With G the Kaplan-Meier curve of censoring, rows that entered before `time` count
    (0 - S)^2 G(entry) / G(exit-) where the event came by then, (1 - S)^2 G(entry) / G(time)
    where they were still there, and nothing where they were censored before; the sum is
    divided by the number of rows that entered before. Without delayed entry it is Graf's.

    Args:
        time: on the clock of entry and exit.
        entry: `[n]`.
        exit: above entry, `[n]`.
        event: 1 or 0, `[n]`.
        survival: predicted chance to last beyond `time`, given that the row was there at its
            entry: S(time) / S(entry), `[n]`.
        censoring: rows that the curve of censoring is taken from; these rows where left out.
    """
    seen = lives(entry, exit, event)
    stays = chances("survival", survival)
    same_length("survival", stays, seen.exit)
    used = seen.entry < time
    if not used.any():
        raise invalid("time", f"no row entered before {time}", "choose a later time")
    mass = _censoring_weights(time, seen, censoring or seen)
    misses = mass * ((seen.exit > time) - stays) ** 2
    return float(misses[used].sum() / used.sum())


def _censoring_weights(time: float, seen: Lives, censoring: Lives) -> FloatArray:
    """G(entry) over G at the event or at `time`; nought for rows censored before."""
    curve = censoring_curve(censoring)
    there = seen.exit > time
    known = there | (seen.event == 1)
    at_end = np.where(there, curve.at(np.full_like(seen.exit, time)), curve.before(seen.exit))
    entered = curve.at(seen.entry)
    known &= seen.entry < time
    if (at_end[known] <= 0).any():
        cure = "choose an earlier time, at which some rows are still observed"
        raise invalid("time", f"censoring leaves nothing to see at {time}", cure)
    return np.where(known, entered / np.where(at_end > 0, at_end, 1), 0.0)


def integrated_brier(
    times: ArrayLike,
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    event: ArrayLike,
    survival: ArrayLike,
    *,
    censoring: Lives | None = None,
) -> float:
    """Trapezoid mean of `brier_at` over `times`, ascending, two or more.

    Args:
        times: `[m]`.
        entry: `[n]`.
        exit: `[n]`.
        event: `[n]`.
        survival: as in `brier_at`, `[n, m]`.
        censoring: as in `brier_at`.
    """
    when = numbers("times", times)
    stays = np.asarray(survival, dtype=np.float64)
    if when.size == 1 or (np.diff(when) <= 0).any():
        raise invalid("times", "do not ascend", "give two or more ascending times")
    if stays.ndim != 2 or stays.shape[1] != when.size:  # noqa: PLR2004 - a matrix has two sides
        raise invalid("survival", f"has shape {stays.shape}", "give one column for each time")
    scores = [
        brier_at(float(time), entry, exit, event, column, censoring=censoring)
        for time, column in zip(when, stays.T, strict=True)
    ]
    return float(np.trapezoid(scores, when) / (when[-1] - when[0]))


def null_survival(
    entry: ArrayLike,
    exit: ArrayLike,  # noqa: A002 - entry and exit are the trade's pair
    event: ArrayLike,
    times: ArrayLike,
) -> FloatArray:
    """What Kaplan-Meier alone foretells each row, S(time) / S(entry), `[n, m]`.

    The null that an integrated Brier score has to beat.
    """
    seen, when = lives(entry, exit, event), numbers("times", times)
    at_entry = kaplan_meier(entry, exit, event, seen.entry)
    at_times = kaplan_meier(entry, exit, event, when)
    return conditional(at_times, at_entry)
