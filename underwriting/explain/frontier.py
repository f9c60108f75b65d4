"""The frontier: with two figures given, how far the others reach, and what binds each point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from kernel.errors import Fault, Invalid
from underwriting.explain.solve import Asked, Reached, furthest
from underwriting.explain.turn import stated, turned
from underwriting.inputs import Inputs
from underwriting.product import Product
from underwriting.rules.lever import Lever, Unit
from underwriting.valued import value

MOST_POINTS: Final = 25
"""Of a frontier: each costs some ten prices."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a frontier.

    Attributes:
        at: position of the lever that is stepped through; None where only one is free.
        reached: how far the other goes there.
    """

    at: Fraction | None
    reached: Reached


@dataclass(frozen=True, slots=True)
class Frontier:
    """How far a proposal may go.

    Attributes:
        found: the lever whose furthest position is sought.
        along: the lever that is stepped through; None where only one is free.
        points: in the order of `along`.
    """

    found: Lever
    along: Lever | None
    points: tuple[Point, ...]


def given(inputs: Inputs, levers: Mapping[Lever, Fraction]) -> Inputs:
    """Return the inputs with levers set to what is given."""
    risk: Mapping[str, Any] = inputs.risk
    for lever, at in levers.items():
        risk = turned(risk, lever, at)
    return replace(inputs, risk=risk)


def frontier(
    product: Product,
    inputs: Inputs,
    found: Lever,
    asked: Asked,
    *,
    along: Lever | None = None,
    steps: Sequence[Fraction] = (),
) -> Frontier:
    """Return how far `found` reaches, at each step of `along` where two levers are free.

    Raises:
        Invalid: the proposal has no price as it stands, more steps than `MOST_POINTS`, or an
            amount to be turned is not stated.
    """
    value(product, inputs)  # a proposal that has no price as it stands is refused, with its fields
    if along is None:
        return Frontier(found, None, (Point(None, furthest(product, inputs, found, asked)),))
    stations = tuple(steps) or default_steps(inputs.risk, along)
    if len(stations) > MOST_POINTS:
        words = f"are {len(stations)}, more than {MOST_POINTS}"
        raise Invalid("too-many-points", Fault("steps", words, "ask for fewer"))
    points = (
        Point(at, furthest(product, given(inputs, {along: at}), found, asked)) for at in stations
    )
    return Frontier(found, along, tuple(points))


def default_steps(risk: Mapping[str, Any], lever: Lever) -> tuple[Fraction, ...]:
    """Return steps around where a lever stands: months by half years, amounts by fifths."""
    if lever.unit is Unit.MONTHS:
        return tuple(map(Fraction, (6, 12, 18, 24, 30, 36)))
    if lever.unit is Unit.SHARE:
        return tuple(Fraction(tenth, 10) for tenth in range(11))
    now = stated(risk, lever)
    if not now:
        fault = Fault(f"steps.{lever.name}", "is not stated", "give the steps")
        raise Invalid("lever-not-stated", fault)
    return tuple(Fraction(int(now * fifth / 5)) for fifth in range(1, 11))
