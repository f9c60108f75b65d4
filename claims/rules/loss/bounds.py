"""What the law of a right and day sets for damages: statutory bounds, choice, multiple."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from claims.rules.loss.worked import CURRENCY
from kernel.errors import invalid
from kernel.money import parse_minor


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one law; minor units of `CURRENCY`.

    Attributes:
        rights: kinds of right.
        valid_from: first day of infringement that it is for.
        least: that may be set.
        most: that may be set.
        choice: may the holder take the infringer's gain though the loss is established? Else
            the gain stands only where the loss is not.
        multiple: most times the damages of a wilful and serious infringement; 1 where none.
        law: the article.
        source: key in the list of sources.
        grade: A to K.
    """

    rights: tuple[str, ...]
    valid_from: date
    least: int
    most: int
    choice: bool
    multiple: Fraction
    law: str
    source: str
    grade: str


def bounds_of(right: str, on: date) -> Bounds:
    """Return the bounds for a kind of right infringed on a day: the newest in force then.

    Raises:
        Invalid: no law of the table is for such a right (`right`), or none that was in force on
            that day (`infringed_on`).
    """
    known = [row for row in table() if right in row.rights]
    if not known:
        kinds = ", ".join(sorted({kind for row in table() for kind in row.rights}))
        raise invalid("right", f"no law of damages is known for {right!r}", f"use one of {kinds}")
    in_force = [row for row in known if row.valid_from <= on]
    if not in_force:
        first = min(row.valid_from for row in known)
        problem = f"the law of damages for {right} is known from {first}, not on {on}"
        raise invalid("infringed_on", problem, f"give a day from {first} on")
    return max(in_force, key=lambda row: row.valid_from)


@cache
def table() -> tuple[Bounds, ...]:
    """Return every row of `bounds.toml`."""
    text = files(__package__).joinpath("bounds.toml").read_text(encoding="utf-8")
    return tuple(map(_row, tomllib.loads(text)["bounds"]))


def _row(row: Mapping[str, Any]) -> Bounds:
    return Bounds(
        rights=tuple(row["rights"]),
        valid_from=row["valid_from"],
        least=parse_minor(row["least"], CURRENCY, "least"),
        most=parse_minor(row["most"], CURRENCY, "most"),
        choice=row["choice"],
        multiple=Fraction(row.get("multiple", 1)),
        law=row["law"],
        source=row["source"],
        grade=row["grade"],
    )
