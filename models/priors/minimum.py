"""The least credibility that a use asks for, and how wide a published figure is by its grade."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.errors import invalid
from models.priors.table import Prior

DEFAULT_USE = "quote"


@dataclass(frozen=True, slots=True)
class Minimum:
    """What one use asks of own experience.

    Attributes:
        use: `quote`, `deviation`, `own_rate`, or a house's own word.
        by_grade: least Z by grade of the published figure, each from 0 to below 1.
        uncounted: least Z for a right of which no official count exists.
        uncounted_rights: those rights.
        unverified: why the figures are no more than defaults; empty where a house set them.
    """

    use: str
    by_grade: Mapping[str, float]
    uncounted: float
    uncounted_rights: frozenset[str]
    unverified: str

    def of(self, prior: Prior) -> float:
        """Return the least Z for this figure."""
        least = self.by_grade[prior.grade]
        return max(least, self.uncounted) if prior.right in self.uncounted_rights else least


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a figure is by its grade.

    Attributes:
        cv: coefficient of variation of a rate, per 1, by grade.
        weight: observations that a probability stands for, by grade.
    """

    cv: Mapping[str, float]
    weight: Mapping[str, float]


def minimum_of(use: str = DEFAULT_USE, stated: Mapping[str, Any] | None = None) -> Minimum:
    """Return what a use asks for.

    Args:
        use: a key under `uses`.
        stated: a house's own file of the same form, read; None takes the one shipped.

    Raises:
        Invalid: there is no such use, or a minimum is not in [0, 1).
    """
    stated = _shipped() if stated is None else stated
    if use not in stated["uses"]:
        known = ", ".join(sorted(stated["uses"]))
        raise invalid("use", f"no minimum is stated for {use!r}", f"use one of {known}, or add it")
    row = {name: least(value, f"uses.{use}.{name}") for name, value in stated["uses"][use].items()}
    uncounted, rights = row.pop("uncounted"), frozenset(stated["uncounted"]["rights"])
    return Minimum(use, row, uncounted, rights, stated.get("unverified", ""))


def least(value: float, field: str = "minimum") -> float:
    """Check a least credibility: from 0 to below 1.

    Raises:
        Invalid: it is not; a credibility of 1 is never reached.
    """
    if not 0.0 <= value < 1.0:
        raise invalid(field, f"{value} is no credibility", "give a number from 0 to below 1")
    return float(value)


def width_of() -> Width:
    """Return the widths shipped with the house."""
    return Width(**_shipped()["width"])


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("minimum.toml").read_text(encoding="utf-8"))
