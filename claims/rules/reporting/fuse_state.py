"""The state of a fuse by the ratios stated for it, and since when it has been so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

NEAR: Final = Fraction(8, 10)
"""Part of the threshold from which a fuse is near it; a judgement of the house (grade C)."""


class FuseState(StrEnum):
    """How a fuse stands, best first."""

    ARMED = "armed"
    NEAR = "near"
    BLOWN = "blown"


@dataclass(frozen=True, slots=True)
class Stated:
    """A ratio, per 1, and the day it holds for."""

    as_of: date
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class FuseStands:
    """A fuse by its newest ratio.

    Attributes:
        state: how it stands.
        ratio: the newest one.
        as_of: the day it holds for.
        since: day of the first of the statements in a row with this state.
    """

    state: FuseState
    ratio: Fraction
    as_of: date
    since: date


def state_of(ratio: Fraction, above: Fraction) -> FuseState:
    """Return how a fuse stands at a ratio: it blows above the threshold, not at it.

    >>> [state_of(Fraction(n, 100), Fraction(5, 100)).value for n in (3, 4, 5, 6)]
    ['armed', 'near', 'near', 'blown']
    """
    if ratio > above:
        return FuseState.BLOWN
    return FuseState.NEAR if ratio >= NEAR * above else FuseState.ARMED


def fuse_stands(stated: Iterable[Stated], above: Fraction) -> FuseStands | None:
    """Return how a fuse stands by all that was stated; None where nothing was."""
    since: date | None = None
    last: FuseState | None = None
    newest: Stated | None = None
    for one in sorted(stated, key=lambda one: one.as_of):
        state = state_of(one.ratio, above)
        since = one.as_of if state is not last else since
        last, newest = state, one
    if newest is None or last is None or since is None:
        return None
    return FuseStands(last, newest.ratio, newest.as_of, since)
