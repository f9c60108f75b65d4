"""How much of an expense was necessary: caps by kind in `costs.toml`, each with its source.

A cap is of the whole disposal: its rate times the bases of all lots, and every expense of the kind
counts against it once, whether it was for one lot or for all. An expense of one lot keeps within
the cap of its lot as well. So a kind never comes to more than its rate of what is enforced.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from kernel.errors import invalid
from kernel.money import round_half_up


@dataclass(frozen=True, slots=True)
class Spending:
    """One kind of expense.

    Attributes:
        words: what it is, Chinese and English.
        source: of the cap.
        grade: of the source.
        of_value: most, of the newest valuation; None caps nothing.
        of_price: most, of the price; None caps nothing.
    """

    words: str
    source: str
    grade: str
    of_value: Fraction | None = None
    of_price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What counts of an expense, minor units, and why not more; empty where all of it does."""

    minor: int
    why: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a cap is taken of: one lot, or all lots of a disposal together.

    Attributes:
        value: newest valuation, minor units; None is not valued.
        price: what was paid for it, minor units; None is not sold.
        spent: what of the kind was allowed on it before, minor units.
        words: which of the two it is.
    """

    value: int | None
    price: int | None
    spent: int
    words: str


@cache
def spendings() -> Mapping[str, Spending]:
    """Return every kind of expense by its code."""
    stated = tomllib.loads(files(__package__).joinpath("costs.toml").read_text(encoding="utf-8"))
    del stated["version"]
    return {code: _spending(row) for code, row in stated.items()}


def _spending(row: Mapping[str, str]) -> Spending:
    caps = {cap: Fraction(row[cap]) for cap in ("of_value", "of_price") if cap in row}
    return Spending(row["words"], row["source"], row["grade"], **caps)


def allowed(
    code: str, minor: int, *, value: int | None, price: int | None, spent: int = 0
) -> Allowed:
    """Return what of an expense counts as necessary, all of its kind together under one cap.

    Args:
        code: kind of expense.
        minor: what was spent now, minor units.
        value: newest valuation of what is enforced; None is not valued.
        price: what was paid for it; None is not sold.
        spent: what of the kind was allowed before.

    Raises:
        Invalid: the kind is not known, or its cap is of a figure that is not there.

    >>> allowed("appraisal", 5_000, value=100_000, price=None)
    Allowed(minor=3000, why='appraisal: at most 3/100 of the valuation')
    """
    kinds = spendings()
    if code not in kinds:
        raise invalid("kind", f"{code!r} is no kind of expense", f"use one of {', '.join(kinds)}")
    kind = kinds[code]
    room, why = minor, ""
    for cap, base, words in (
        (kind.of_value, value, "valuation"),
        (kind.of_price, price, "price"),
    ):
        if cap is None:
            continue
        if base is None:
            raise invalid("kind", f"{code} is capped by the {words}", f"record the {words} first")
        free = max(0, round_half_up(base * cap) - spent)
        if free < room:
            room, why = free, f"{code}: at most {cap} of the {words}"
    return Allowed(room, why)


def allowed_on(code: str, minor: int, grounds: Sequence[Ground]) -> Allowed:
    """Return what of an expense counts as necessary on every ground: the smallest of them.

    Raises:
        Invalid: as `allowed`.

    >>> lot, whole = Ground(1000, None, 0, "of the lot"), Ground(3000, None, 85, "of all lots")
    >>> allowed_on("appraisal", 20, [lot, whole])
    Allowed(minor=5, why='appraisal: at most 3/100 of the valuation, of all lots')
    """
    assert grounds, "an expense is of a lot or of all of them"
    each = [
        (allowed(code, minor, value=one.value, price=one.price, spent=one.spent), one)
        for one in grounds
    ]
    least, ground = min(each, key=lambda one: one[0].minor)
    said = f"{least.why}, {ground.words}" if least.why and len(grounds) > 1 else least.why
    return Allowed(least.minor, said)
