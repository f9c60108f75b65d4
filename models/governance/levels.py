"""Acceptance levels as data: what each figure of each purpose has to reach."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kernel.errors import invalid


@dataclass(frozen=True, slots=True)
class Level:
    """What one figure of one purpose has to reach.

    Attributes:
        purpose: what the fit serves.
        figure: its name in the metrics.
        at_least: lower bound, itself allowed.
        at_most: upper bound, itself allowed.
        below_figure: another figure that it must stay under, times `factor`.
        factor: of `below_figure`.
    """

    purpose: str
    figure: str
    at_least: float | None = None
    at_most: float | None = None
    below_figure: str | None = None
    factor: float = 1.0

    def bound_words(self) -> str:
        """The bound in words.

        >>> Level("borrower_default", "calibration_slope", 0.8, 1.2).bound_words()
        'at least 0.8 and at most 1.2'
        """
        parts = []
        if self.at_least is not None:
            parts.append(f"at least {self.at_least:g}")
        if self.at_most is not None:
            parts.append(f"at most {self.at_most:g}")
        if self.below_figure is not None:
            times = "" if self.factor == 1 else f"{self.factor:g} x "
            parts.append(f"below {times}{self.below_figure}")
        return " and ".join(parts)

    def reached(self, value: float, other: float | None) -> bool:
        """Whether `value` keeps the bound; `other` is the value of `below_figure`."""
        low = self.at_least is None or value >= self.at_least
        high = self.at_most is None or value <= self.at_most
        under = self.below_figure is None or (other is not None and value < self.factor * other)
        return low and high and under


@dataclass(frozen=True, slots=True)
class Levels:
    """The acceptance levels of a house.

    Attributes:
        grade: of the figures; C is judgement.
        source: key into `docs/sources.md`.
        disagreement: factor between champion and challenger on one quote that is too much.
        levels: one for each purpose and figure.
    """

    grade: str
    source: str
    disagreement: float
    levels: tuple[Level, ...]


def read_levels(text: str, name: str = "levels.toml") -> Levels:
    """Read levels from TOML.

    Raises:
        Invalid: the text is no TOML, a key is unknown, or a level bounds nothing.
    """
    try:
        fields = tomllib.loads(text)
        levels = tuple(Level(**row) for row in fields["level"])
        read = Levels(fields["grade"], fields["source"], fields["disagreement"]["factor"], levels)
    except (ValueError, TypeError, KeyError) as error:
        raise invalid(name, f"cannot be read: {error}", "write it like the shipped file") from None
    for level in levels:
        if not level.bound_words():
            raise invalid(
                name, f"{level.figure} has no bound", "give at_least, at_most or below_figure"
            )
    if not read.disagreement > 1:
        raise invalid(f"{name}.disagreement.factor", "is not above 1", "give a factor such as 2")
    return read


@cache
def load_levels() -> Levels:
    """Return the levels shipped with the house: grade C, to be overridden by its own."""
    return read_levels(files(__package__).joinpath("levels.toml").read_text(encoding="utf-8"))
