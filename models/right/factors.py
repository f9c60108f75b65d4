"""What is known about a right, turned into multipliers on its rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log2
from typing import Final

from kernel.errors import Fault, Invalid, invalid
from models.right.book import ANY, Book, Multiplier

Stated = float | str | bool
"""A number, a level, or whether it is so."""

Factors = Mapping[str, Stated]
"""Name of a fact -> what is stated of it; see `multipliers.csv`."""

ON: Final = ("litigation", "challenge", "opposition", "invalid_odds")


@dataclass(frozen=True, slots=True)
class Effect:
    """Multipliers, 1 where nothing is known.

    Attributes:
        litigation: on assertions and new suits.
        challenge: on requests, after an assertion or out of the blue.
        opposition: on oppositions.
        invalid_odds: on the odds that a challenge takes the whole right or a part of it.
        rows: what they rest on.
    """

    litigation: float
    challenge: float
    opposition: float
    invalid_odds: float
    rows: tuple[Multiplier, ...]


def effect_of(book: Book, factors: Factors, office: str, cap: float) -> Effect:
    """Multiply what is published for this office; litigation at most by `cap` in all.

    Raises:
        Invalid: a factor is unknown, cannot be applied here, or two measure the same thing.
    """
    used: list[tuple[Multiplier, float]] = []
    for name, stated in factors.items():
        used += _of_one(book, name, stated, office)
    _refuse_doubles([row for row, _ in used])
    total = dict.fromkeys(ON, 1.0)
    for row, multiplier in used:
        total[row.on] *= multiplier
    total["litigation"] = min(total["litigation"], cap)
    return Effect(**total, rows=tuple(row for row, _ in used))


def _of_one(book: Book, name: str, stated: Stated, office: str) -> list[tuple[Multiplier, float]]:
    """Rows of one fact, with the multiplier of each."""
    known = [row for row in book.multipliers if row.factor == name]
    if not known:
        names = sorted({row.factor for row in book.multipliers})
        raise invalid(f"factors.{name}", "is not a known factor", f"use {', '.join(names)}")
    here = [row for row in known if row.jurisdiction in (office, ANY)]
    if not here:
        raise invalid(f"factors.{name}", f"has no figure for {office}", "leave it out")
    if stated is False:
        return []
    if here[0].level in ("per_doubling", "each"):
        return [(row, _scaled(row, stated)) for row in here]
    level = "yes" if stated is True else str(stated)
    found = [row for row in here if row.level == level]
    if not found:
        levels = ", ".join(dict.fromkeys(row.level for row in here))
        raise invalid(f"factors.{name}", f"{stated!r} is no level of it", f"use one of {levels}")
    return [(row, row.multiplier) for row in found]


def _scaled(row: Multiplier, stated: Stated) -> float:
    """The multiplier to the power of the steps, the steps within `most` either way."""
    assert row.reference is not None
    assert row.plus is not None
    assert row.most is not None
    if isinstance(stated, str | bool) or not isfinite(stated) or stated < 0:
        raise invalid(f"factors.{row.factor}", f"{stated!r} is no count", "give a number from 0 up")
    if row.level == "each":
        steps = stated - row.reference
    else:
        ratio = (stated + row.plus) / (row.reference + row.plus)
        steps = log2(ratio) if ratio > 0 else -row.most
    return float(row.multiplier ** max(-row.most, min(row.most, steps)))


def _refuse_doubles(rows: Sequence[Multiplier]) -> None:
    """Two factors of one group would count one thing twice."""
    groups: dict[str, str] = {}
    for row in rows:
        first = groups.setdefault(row.group, row.factor)
        if first != row.factor:
            raise Invalid(
                "invalid",
                Fault(
                    f"factors.{row.factor}",
                    f"measures the same as {first} ({row.group})",
                    "give one of the two",
                ),
            )
