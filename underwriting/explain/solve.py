"""The other way round: the most that passes for a premium, and what stops more.

Along every lever what passes is one stretch, from the cheap end up to a last position; it is
found by halving. Positions are whole steps: three significant digits of an amount, a month, one
hundredth of a share.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, log10
from typing import Any, Final

from kernel.errors import Fault, Invalid, Refusal
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.explain.turn import stated, turned
from underwriting.inputs import Inputs
from underwriting.product import Product
from underwriting.rules.appetite import Outcome
from underwriting.rules.lever import Lever, Unit
from underwriting.valued import Valued, value

_WIDEST: Final = {Unit.MONTHS: (Fraction(1), Fraction(120)), Unit.SHARE: (Fraction(0), Fraction(1))}
_DIGITS: Final = 3
_SIZES: Final = 3
"""An amount is sought so many powers of ten around the stated one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What must hold for a proposal to pass.

    Attributes:
        premium: most that is paid, all payers together; None is no bound.
        referred: whether a proposal that a person must look at passes.
    """

    premium: Money | None = None
    referred: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """The last position of a lever that passes.

    Attributes:
        at: the position; None where nothing passes.
        valued: the proposal there.
        binding: what stops the next step: findings; a premium too high is one of them.
    """

    at: Fraction | None
    valued: Valued | None
    binding: tuple[Finding, ...]


def furthest(product: Product, inputs: Inputs, lever: Lever, asked: Asked) -> Reached:
    """Return the furthest position of a lever that passes: most cover, or least to bear.

    The search starts where the lever stands: onwards while it passes, else back to the first
    position that does.

    Raises:
        Invalid: an amount to be turned is not stated.
    """
    positions = _positions(inputs.risk, lever)
    start = _place(positions, stated(inputs.risk, lever))
    tried: dict[int, tuple[Valued | None, tuple[Finding, ...]]] = {}

    def bars(place: int) -> tuple[Finding, ...]:
        if place not in tried:
            tried[place] = stops(product, inputs, lever, positions[place], asked)
        return tried[place][1]

    passes, fails = _bracket(bars, start, len(positions))
    if passes is None:
        return Reached(None, None, bars(start))
    while fails - passes > 1:
        middle = (passes + fails) // 2
        passes, fails = (passes, middle) if bars(middle) else (middle, fails)
    binding = bars(fails) if fails < len(positions) else ()
    return Reached(positions[passes], tried[passes][0], binding)


def _bracket(
    bars: Callable[[int], tuple[Finding, ...]], start: int, count: int
) -> tuple[int | None, int]:
    """Return a position that passes and one behind it that does not, found in growing strides."""
    stride = 1
    if bars(start):
        fails = start
        while fails > 0:
            place = max(0, start - stride)
            if not bars(place):
                return place, fails
            fails, stride = place, 2 * stride
        return None, start
    passes = start
    while passes + 1 < count:
        place = min(count - 1, start + stride)
        if bars(place):
            return passes, place
        passes, stride = place, 2 * stride
    return passes, count


def stops(
    product: Product, inputs: Inputs, lever: Lever, at: Fraction, asked: Asked
) -> tuple[Valued | None, tuple[Finding, ...]]:
    """Value the proposal with the lever at a position; return it, and what stops it."""
    there = replace(inputs, risk=turned(inputs.risk, lever, at))
    try:
        valued = value(product, there)
    except Refusal as refused:
        return None, tuple(map(_refused, refused.faults))
    return valued, stopped(valued, asked)


def stopped(valued: Valued, asked: Asked) -> tuple[Finding, ...]:
    """Return what keeps a valued proposal from passing; nothing where it passes."""
    effects = {Effect.DECLINE} if asked.referred else {Effect.DECLINE, Effect.REFER}
    grounds = [found for found in valued.findings if found.effect in effects]
    if not asked.referred and valued.outcome is Outcome.REFERRED:
        assert grounds, "a referral has its reason"
    total = valued.premium.total
    if asked.premium is not None and total.minor > asked.premium.minor:
        grounds.append(_too_dear(total, asked.premium))
    return tuple(grounds)


def _too_dear(total: Money, most: Money) -> Finding:
    return Finding(
        "premium-above", Effect.DECLINE,
        f"the premium {total} is above {most}", f"保险费 {total} 高于 {most}",
        "what was asked: premium", "allow a higher premium, or ask for less cover",
    )  # fmt: skip


def _refused(fault: Fault) -> Finding:
    """Return a refusal of the form as a finding: beyond it there is no such proposal."""
    return Finding(
        "not-valid", Effect.DECLINE, f"{fault.field} {fault.problem}",
        f"{fault.field} 不合要求", "form of the product", fault.cure,
    )  # fmt: skip


def _positions(risk: Mapping[str, Any], lever: Lever) -> tuple[Fraction, ...]:
    """Return the positions of a lever from the cheap end on."""
    now = stated(risk, lever)
    if lever.unit is Unit.MONEY:
        rising = _amounts(now, lever)
    elif lever.unit is Unit.MONTHS:
        low, high = _WIDEST[lever.unit]
        rising = tuple(map(Fraction, range(int(low), int(high) + 1)))
    else:
        rising = tuple(Fraction(step, 100) for step in range(101))
    return rising if lever.dearer else rising[::-1]


def _amounts(now: Fraction | None, lever: Lever) -> tuple[Fraction, ...]:
    """Return amounts of three digits around the stated one, which is among them."""
    if not now:
        name = ".".join(map(str, ("risk", *lever.path)))
        fault = Fault(name, "is left out or nothing", "state one to start from")
        raise Invalid("lever-not-stated", fault)
    size = floor(log10(now))
    found = {now}
    for power in range(size - _SIZES, size + _SIZES):
        unit = Fraction(10) ** max(power - _DIGITS + 1, 0)
        found |= {unit * digits for digits in range(10 ** (_DIGITS - 1), 10**_DIGITS)}
    return tuple(sorted(found))


def _place(positions: Sequence[Fraction], now: Fraction | None) -> int:
    """Return where the lever stands; the cheap end where the proposal leaves it out."""
    if now is None:
        return 0
    return min(range(len(positions)), key=lambda place: abs(positions[place] - now))


def by_name(levers: Iterable[Lever], name: str, field: str) -> Lever:
    """Return a lever by its name.

    Raises:
        Invalid: the product has none of that name.
    """
    known = {lever.name: lever for lever in levers}
    if name not in known:
        words = ", ".join(known)
        raise Invalid("no-such-lever", Fault(field, f"{name!r} cannot be turned", f"use: {words}"))
    return known[name]
