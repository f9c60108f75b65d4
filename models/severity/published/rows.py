"""Rows of the published tables: laws of loss and cost, rates, stages and ceilings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import inf
from typing import Any, Self

from models.severity.laws import Law, Lognormal, Pareto

UNVERIFIED = ("C", "K", "O")
"""Grades that rest on judgement, memory or own knowledge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRow:
    """One published law.

    Attributes:
        product: product code, or `*`.
        jurisdiction: two letters, `UPC`, or `*`.
        right: right type, `patent` for the three patent types, or `*`.
        component: `award`, `settlement`, `defence_cost` and so on.
        upto: greatest amount at risk that the row is for; infinite where none is stated.
        law: `lognormal` or `pareto`.
        level: median or threshold, major units.
        spread: sigma or alpha.
        mean: stated mean, nought where none is stated; for checks only.
        currency: three letters.
        year: prices of the middle of this year.
        grade: of the level.
        spread_grade: of the spread.
        source: key into `docs/sources.md`; `own` for a user's figure.
        note: what the figure is.
    """

    product: str
    jurisdiction: str
    right: str
    component: str
    upto: float = inf
    law: str = "lognormal"
    level: float
    spread: float
    mean: float = 0.0
    currency: str
    year: int
    grade: str
    spread_grade: str
    source: str
    note: str = ""

    @property
    def key(self) -> str:
        """`product/jurisdiction/right/component`, and the band where there is one."""
        band = "" if self.upto == inf else f"/{self.upto:.0f}"
        return f"{self.product}/{self.jurisdiction}/{self.right}/{self.component}{band}"

    @property
    def unverified(self) -> bool:
        """Whether level or spread rests on memory or judgement alone."""
        return self.grade in UNVERIFIED or self.spread_grade in UNVERIFIED

    def severity(self) -> Law:
        """Return the law."""
        if self.law == "pareto":
            return Pareto(self.level, self.spread)
        assert self.law == "lognormal", f"{self.key} has an unknown law {self.law}"
        return Lognormal.of_median(self.level, self.spread)

    def json(self) -> dict[str, str | float]:
        """The row as it is frozen into a receipt; no band, no `upto`."""
        row = asdict(self)
        return {name: value for name, value in row.items() if value != inf}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of the file, or one frozen."""
        held = {name: value for name, value in row.items() if value != ""}
        numbers = {name: float(held[name]) for name in _NUMBERS if name in held}
        return cls(**{**held, **numbers, "year": int(held["year"])})


_NUMBERS = ("upto", "level", "spread", "mean")


@dataclass(frozen=True, slots=True)
class Rate:
    """A chance, a dependence or a trend that goes with the laws.

    Attributes:
        name: what it is.
        jurisdiction: two letters, `UPC`, or `*`.
        value: per 1.
        grade: as `SeverityRow.grade`.
        source: key into `docs/sources.md`; `own` for a user's figure.
    """

    name: str
    jurisdiction: str
    value: float
    grade: str
    source: str

    @property
    def unverified(self) -> bool:
        """Whether it rests on memory or judgement alone."""
        return self.grade in UNVERIFIED

    def json(self) -> dict[str, str | float]:
        """The row as it is frozen into a receipt."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far some suits go.

    Attributes:
        jurisdiction: two letters.
        name: of the stage.
        share: of suits that end in it, per 1.
        cost: part of the cost to trial spent by then, per 1.
        grade: as `SeverityRow.grade`.
        source: key into `docs/sources.md`.
    """

    jurisdiction: str
    name: str
    share: float
    cost: float
    grade: str
    source: str

    @property
    def unverified(self) -> bool:
        """Whether it rests on memory or judgement alone."""
        return self.grade in UNVERIFIED

    def json(self) -> dict[str, str | float]:
        """The row as it is frozen into a receipt."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Most that a court lets the winner recover of its costs.

    Attributes:
        upto: greatest value of the proceedings, major units; infinite in the last row.
        ceiling: major units.
        grade: as `SeverityRow.grade`.
        source: key into `docs/sources.md`.
    """

    upto: float
    ceiling: float
    grade: str
    source: str

    @property
    def unverified(self) -> bool:
        """Whether it rests on memory or judgement alone."""
        return self.grade in UNVERIFIED

    def json(self) -> dict[str, str | float]:
        """The row as it is frozen into a receipt."""
        return {name: value for name, value in asdict(self).items() if value != inf}


Row = SeverityRow | Rate | Stage | Ceiling
