"""From a row's columns to the terms that a hazard law is linear in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log1p
from typing import Any, Self

from models.features import Feature


class Take(StrEnum):
    """What a term takes from its column."""

    VALUE = "value"
    """The number as it is; a missing one is taken at the feature's `fill`."""
    LOG = "log1p"
    """ln(1 + number): for counts and amounts with a long tail."""
    LEVEL = "level"
    """1 where the category is the term's level, else 0."""
    MISSING = "missing"
    """1 where the number is not there, else 0."""


@dataclass(frozen=True, slots=True)
class Term:
    """One column of the design.

    Attributes:
        feature: name of the column that it reads.
        take: what it takes from it.
        level: of the category, for `Take.LEVEL`.
    """

    feature: str
    take: Take
    level: str = ""

    @property
    def name(self) -> str:
        """How the term is called in figures.

        >>> Term("claims", Take.LOG).name, Term("country", Take.LEVEL, "JP").name
        ('log1p(claims)', 'country = JP')
        """
        if self.take is Take.VALUE:
            return self.feature
        if self.take is Take.LEVEL:
            return f"{self.feature} = {self.level}"
        return f"{self.take.value}({self.feature})"

    def json(self) -> dict[str, Any]:
        """The term as it stands in a fit."""
        fields = {"feature": self.feature, "take": self.take.value}
        return {**fields, "level": self.level} if self.take is Take.LEVEL else fields

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Read a term from a fit."""
        return cls(fields["feature"], Take(fields["take"]), fields.get("level", ""))

    def read(self, feature: Feature, value: float | str) -> float:
        """Take the term from a checked value of its column; NaN and `""` are missing."""
        if self.take is Take.LEVEL:
            return 1.0 if value == self.level else 0.0
        assert isinstance(value, int | float), f"{self.feature} is a number"
        absent = value != value  # noqa: PLR0124 - NaN is what differs from itself
        if self.take is Take.MISSING:
            return 1.0 if absent else 0.0
        number = float(feature.fill or 0.0) if absent else feature.clamped(value)
        return log1p(number) if self.take is Take.LOG else number
