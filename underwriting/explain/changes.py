"""What would change the answer: the smallest changes that turn a refusal into an acceptance.

Tried in this order: what can be put right by itself, one figure alone, both together, two
figures together. Ways are listed with the fewest changes first, then by how far they turn a
figure (the natural logarithm of new over old, in size).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from math import inf, log
from typing import Any, Final

from underwriting.explain.solve import Asked, Reached, furthest, stopped, stops
from underwriting.explain.turn import currency_of, shown, stated, turned
from underwriting.inputs import Inputs
from underwriting.product import Product
from underwriting.rules.lever import Lever, Unit
from underwriting.rules.remedy import Remedy
from underwriting.valued import Valued, value

_PARTS: Final = (Fraction(9, 10), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))
"""How far the first of two figures is turned back."""

_MOST: Final = 6
"""Ways that are listed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A figure turned.

    Attributes:
        lever: which.
        before: where it stood, as in the proposal; None where it was left out.
        after: where it stands.
        size: |ln(after / before)|; infinite where it was left out or falls to nothing.
    """

    lever: Lever
    before: str | int | None
    after: str | int
    size: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way to an acceptance.

    Attributes:
        remedies: what is put right.
        turns: figures that are turned.
        valued: the proposal then.
    """

    remedies: tuple[Remedy, ...]
    turns: tuple[Turn, ...]
    valued: Valued

    @property
    def rank(self) -> tuple[int, float]:
        """Fewest changes first, then the smallest."""
        return len(self.remedies) + len(self.turns), sum(turn.size for turn in self.turns)


def ways(product: Product, inputs: Inputs, asked: Asked) -> tuple[Way, ...]:
    """Return the smallest ways to an acceptance; none where it passes already or nothing helps."""
    barred = {found.code for found in stopped(value(product, inputs), asked)}
    if not barred:
        return ()
    mended, remedies = _mended(product, inputs, barred, asked)
    found = [*_put_right(product, mended, remedies, asked), *_turned(product, inputs, (), asked)]
    if remedies and not any(way.turns == () for way in found):
        found += _turned(product, mended, remedies, asked)
    if not found and not _out_of_reach(product, mended, asked):
        found += _two(product, mended, remedies, asked)
    return tuple(sorted(found, key=lambda way: way.rank)[:_MOST])


def _mended(
    product: Product, inputs: Inputs, barred: set[str], asked: Asked
) -> tuple[Inputs, tuple[Remedy, ...]]:
    """Put right whatever can be, round after round: one finding may hide another."""
    done: list[Remedy] = []
    while True:
        fresh = [one for one in product.remedies if one.finding in barred and one not in done]
        if not fresh:
            return inputs, tuple(done)
        for remedy in fresh:
            inputs = replace(inputs, risk=remedy.mended(inputs.risk, inputs.on))
        done += fresh
        barred = {found.code for found in stopped(value(product, inputs), asked)}


def _put_right(
    product: Product, mended: Inputs, remedies: tuple[Remedy, ...], asked: Asked
) -> Iterator[Way]:
    if remedies:
        valued = value(product, mended)
        if not stopped(valued, asked):
            yield Way(remedies, (), valued)


def _turned(
    product: Product, inputs: Inputs, remedies: tuple[Remedy, ...], asked: Asked
) -> Iterator[Way]:
    for lever in _levers(product, inputs):
        reached = furthest(product, inputs, lever, asked)
        if reached.valued is not None:
            yield Way(remedies, (_turn(inputs.risk, lever, reached),), reached.valued)


def _out_of_reach(product: Product, inputs: Inputs, asked: Asked) -> bool:
    """Tell whether something stays in the way however far any one figure is turned back.

    What no figure moves alone, such as a grade or means that are not stated, two do not move.
    """
    stays: set[str] | None = None
    for lever in _levers(product, inputs):
        to = _back(stated(inputs.risk, lever) or Fraction(0), lever, _PARTS[-1])
        valued, bars = stops(product, inputs, lever, to, asked)
        if valued is not None:
            codes = {found.code for found in bars}
            stays = codes if stays is None else stays & codes
    return bool(stays)


def _back(now: Fraction, lever: Lever, part: Fraction) -> Fraction:
    """Return a position turned back to a part of where it stands, in its own steps."""
    if lever.unit is Unit.SHARE:
        return now * part if lever.dearer else min(Fraction(1), now / part)
    return Fraction(int(now * part)) if lever.dearer else Fraction(int(now / part))


def _levers(product: Product, inputs: Inputs) -> list[Lever]:
    """Return the levers that stand somewhere; an amount of nothing gives no place to start."""
    return [
        lever
        for lever in product.levers
        if (now := stated(inputs.risk, lever)) is not None and (now or lever.unit is not Unit.MONEY)
    ]


def _two(
    product: Product, inputs: Inputs, remedies: tuple[Remedy, ...], asked: Asked
) -> Iterator[Way]:
    """Turn one figure back by a part, and see how far another must go."""
    for first, second in permutations(_levers(product, inputs), 2):
        now = stated(inputs.risk, first)
        if not now:
            continue
        for part in _PARTS:
            to = _back(now, first, part)
            there = replace(inputs, risk=turned(inputs.risk, first, to))
            reached = furthest(product, there, second, asked)
            if reached.valued is not None:
                turns = (
                    _turned_to(inputs.risk, first, to),
                    _turn(inputs.risk, second, reached),
                )
                yield Way(remedies, turns, reached.valued)
                break


def _turn(risk: Mapping[str, Any], lever: Lever, reached: Reached) -> Turn:
    assert reached.at is not None, "a lever that reaches somewhere"
    return _turned_to(risk, lever, reached.at)


def _turned_to(risk: Mapping[str, Any], lever: Lever, to: Fraction) -> Turn:
    now, currency = stated(risk, lever), currency_of(risk)
    before = None if now is None else shown(lever, now, currency)
    size = abs(log(to / now)) if now and to else inf
    return Turn(lever, before, shown(lever, to, currency), size)
