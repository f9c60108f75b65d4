"""The forward equations over constant pieces, by uniformisation: sums of positive terms only.

    p(t) = p(0) exp(Q t) = sum_k Poisson(k; L t) p(0) (I + Q / L)^k,   L = the largest exit rate

No term is negative, so no digits are lost: probabilities stay in [0, 1] and sum to one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, fsum, inf

import numpy as np

from models.right.states import LAPSED, LIVING, SIZE, FloatArray, generator

Powers = Callable[[FloatArray, int], FloatArray]
"""(start, n_terms) -> start (I + Q / L)^k for k below n_terms, shape [..., n_terms, size]."""

_TERMS = 64
"""Powers that are kept: enough for a mean of `_LONGEST` jumps with less than 1e-16 left over."""
_LONGEST = 18.0
"""Largest L t of one stretch; a longer piece is cut."""
_TAIL = 1e-16


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time in which nothing changes its rate.

    Attributes:
        until: its end, years from today.
        rates: in the order of `states.RATES`, shape [..., n_rates], per year.
        lapse_at_end: chance of lapse of each living state at its end, where a fee falls due,
            shape [..., n_living]; None where none does.
    """

    until: float
    rates: FloatArray
    lapse_at_end: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """States at instants; where a fee falls due the instant stands twice, before and after.

    Attributes:
        years: from today, shape [n_instants], rising.
        states: shape [..., n_instants, size].
    """

    years: FloatArray
    states: FloatArray


def walk(start: FloatArray, pieces: Iterable[Piece], marks: Sequence[float]) -> Walk:
    """Carry `start` through the pieces, and note the states at today, the marks and the cuts.

    Args:
        start: states today, shape [..., size].
        pieces: in order, the last one reaching the last mark.
        marks: years from today, rising, above zero.
    """
    years, states, now, then = [0.0], [start[..., None, :]], start, 0.0
    for piece in pieces:
        inside = marks[bisect_right(marks, then) : bisect_left(marks, piece.until)]
        instants = [*inside, piece.until]
        along = _along(now, piece.rates, np.array(instants) - then)
        now, then = along[..., -1, :], piece.until
        years += instants
        states.append(along)
        if piece.lapse_at_end is not None:
            now = _lapse(now, piece.lapse_at_end)
            years.append(then)
            states.append(now[..., None, :])
    return Walk(np.array(years), np.concatenate(states, axis=-2))


def advance(start: FloatArray, moves: FloatArray, years: FloatArray) -> FloatArray:
    """Return start exp(Q t) at each of `years` (rising, above 0), shape [..., n_years, size].

    >>> decay = np.array([[-2.0, 2.0], [0.0, 0.0]])
    >>> float(advance(np.array([1.0, 0.0]), decay, np.array([0.5]))[0, 0].round(9))
    0.367879441
    """
    rate, jump = _jump(moves)

    def powers(begin: FloatArray, terms: int) -> FloatArray:
        rows = np.empty((*begin.shape[:-1], terms, begin.shape[-1]))
        row = begin[..., None, :]
        for k in range(terms):
            rows[..., k, :] = row[..., 0, :]
            row = row @ jump
        return rows

    return _summed(start, rate, powers, years)


def _along(start: FloatArray, rates: FloatArray, years: FloatArray) -> FloatArray:
    """As `advance`; the powers of one set of rates are kept for the next right."""
    if rates.ndim > 1:
        return advance(start, generator(rates), years)
    rate, ladder = _ladder(rates.tobytes())

    def powers(begin: FloatArray, terms: int) -> FloatArray:
        rows: FloatArray = begin @ ladder[:, : terms * SIZE]
        return rows.reshape(terms, SIZE)

    return _summed(start, rate, powers, years)


def _summed(start: FloatArray, rate: float, powers: Powers, years: FloatArray) -> FloatArray:
    """Sum the powers by their Poisson weights, stretch by stretch."""
    count = ceil(rate * years[-1] / _LONGEST)
    if count <= 1:
        weights = _weights(rate * years)
        return weights @ powers(start, weights.shape[1])
    cuts = [years[-1] * (k / count) for k in range(1, count)]
    parts, begun = [], 0.0
    for cut in (*cuts, inf):
        inside = years[(years > begun) & (years <= cut)]
        ends = inside if cut == inf or cut in inside else np.append(inside, cut)
        along = _summed(start, rate, powers, ends - begun)
        parts.append(along[..., : len(inside), :])
        start, begun = along[..., -1, :], cut
    return np.concatenate(parts, axis=-2)


def _jump(moves: FloatArray) -> tuple[float, FloatArray]:
    """L, the largest exit rate of all, and I + Q / L."""
    rate = max(-float(moves.min()), 1e-9)
    return rate, moves / rate + np.eye(moves.shape[-1])


@lru_cache(maxsize=128)
def _ladder(rates: bytes) -> tuple[float, FloatArray]:
    """L and the powers of I + Q / L side by side, shape [size, n_terms * size]."""
    rate, jump = _jump(generator(np.frombuffer(rates)))
    ladder = np.empty((_TERMS, SIZE, SIZE))
    ladder[0], known = np.eye(SIZE), 1
    while known < _TERMS:
        ladder[known : 2 * known] = ladder[:known] @ jump
        jump, known = jump @ jump, 2 * known
    side_by_side: FloatArray = np.ascontiguousarray(ladder.transpose(1, 0, 2))
    return rate, side_by_side.reshape(SIZE, _TERMS * SIZE)


def _weights(means: FloatArray) -> FloatArray:
    """Poisson chances, shape [n_means, n_terms], of enough terms for the largest mean."""
    terms = np.arange(_terms(ceil(float(means[-1]))))
    factorials = _log_factorials()[: len(terms)]
    weights: FloatArray = np.exp(terms * np.log(means)[:, None] - means[:, None] - factorials)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


@lru_cache(maxsize=64)
def _terms(mean: int) -> int:
    """How many Poisson terms leave less than 1e-16 in the tail."""
    term, count = exp(-mean), 0
    while count < mean or term > _TAIL:
        count += 1
        term *= mean / count
    return min(count + 1, _TERMS)


@lru_cache(maxsize=1)
def _log_factorials() -> FloatArray:
    """Logarithms of k! for k = 0 to 63."""
    logs = np.log(np.arange(1, _TERMS + 1))
    return np.array([fsum(logs[:k]) for k in range(_TERMS)])


def _lapse(states: FloatArray, chance: FloatArray) -> FloatArray:
    """Move this share of what lives to the lapsed."""
    gone = states[..., :LIVING] * chance
    after = states.copy()
    after[..., :LIVING] -= gone
    after[..., LAPSED] += gone.sum(axis=-1)
    return after
