"""Paths of what is drawn on a pool: frequency and severity of each policy, from one seed.

Each path draws a common factor Z of mean 1, and for each policy the month of its event from its
hazards times Z: the event falls where they pass an exponential variable. Over Z each chance is the
one stated, so that the mean of the paths is the expected curve. Deterministic: the same outlook
and seed give the same paths.
"""

from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from claims.rules.forecast.outlook import Outlook, PolicyRisk

Grid = NDArray[np.float64]


def simulated(outlook: Outlook, paths: int, seed: int) -> Grid:
    """Return what is drawn by the end of each month, net of recoveries, `[paths, n_months]`."""
    assert paths > 0, "a spread needs paths"
    rng = np.random.default_rng(seed)
    factor = _factor(rng, outlook.frailty, paths)
    charged, back = np.zeros((2, paths * outlook.months))
    for policy in sorted(outlook.policies, key=attrgetter("key")):
        path, place = _events(rng, policy, outlook.frailty, factor)
        _add(charged, outlook, path, place + policy.pays_after, np.array(policy.paid)[place])
        _add(back, outlook, path, place + policy.back_after, np.array(policy.back)[place])
    for flow in sorted(outlook.flows, key=attrgetter("month", "minor", "chance")):
        if flow.chance < 1:
            (path,) = np.nonzero(rng.random(paths) < flow.chance)
            kind, month = charged if flow.minor > 0 else back, np.full(len(path), flow.month - 1)
            _add(kind, outlook, path, month, np.full(len(path), float(abs(flow.minor))))
    sure_charged, sure_back = _sure(outlook)
    shape = (paths, outlook.months)
    whole = _capped(charged.reshape(shape) + sure_charged, outlook)
    return np.cumsum(whole - back.reshape(shape) - sure_back, axis=1)


def _sure(outlook: Outlook) -> tuple[Grid, Grid]:
    """Return what is charged and what comes back in each month for sure, `[n_months]` each.

    Every path has it: nothing is drawn for it, however many claims the pool awaits.
    """
    charged, back = np.zeros((2, outlook.months))
    for flow in outlook.flows:
        if flow.chance >= 1 and flow.month <= outlook.months:
            (charged if flow.minor > 0 else back)[flow.month - 1] += abs(flow.minor)
    return charged, back


def _factor(rng: np.random.Generator, frailty: float, paths: int) -> Grid:
    """Gamma with mean 1 and variance `frailty`: counts become negative binomial."""
    return rng.gamma(1 / frailty, frailty, paths) if frailty else np.ones(paths)


def _events(
    rng: np.random.Generator, policy: PolicyRisk, frailty: float, factor: Grid
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return paths and months (from 0) of the events of one policy."""
    hazards = np.array(policy.hazards(frailty))
    if not policy.once:
        odds = -np.expm1(-np.outer(factor, hazards))
        path, place = np.nonzero(rng.random(odds.shape) < odds)
        return path, place
    place = np.searchsorted(np.cumsum(hazards), rng.exponential(size=len(factor)) / factor)
    (path,) = np.nonzero(place < len(hazards))
    return path, place[path]


def _add(
    grid: Grid, outlook: Outlook, path: NDArray[np.intp], month: NDArray[np.intp], minor: Grid
) -> None:
    """Add amounts, at most one a path and month; what moves behind the horizon is not counted."""
    inside = month < outlook.months
    place = path[inside] * outlook.months + month[inside]
    grid[place] += minor[inside]


def _capped(charged: Grid, outlook: Outlook) -> Grid:
    """Cut what is charged to the cap of each calendar year, in the order of the months."""
    cap = outlook.year_cap
    if cap is None:
        return charged
    years = np.array(outlook.years)
    cut = charged.copy()
    for year in np.unique(years):
        inside = years == year
        room = cap.most - (cap.used if year == outlook.on.year else 0)
        whole = np.minimum(np.cumsum(charged[:, inside], axis=1), max(0, room))
        cut[:, inside] = np.diff(whole, axis=1, prepend=0.0)
    return cut
