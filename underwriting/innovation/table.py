"""The indicators of the score as data: read once, checked, frozen with whatever used them."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, Self

WHOLE: Final = 100.0
"""Weights sum to this, so that the score goes from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that the score reads.

    Attributes:
        name: as it is stated.
        en: words for a reason, in English.
        zh: the same in Chinese.
        unit: of the figure.
        weight: points that it can earn, above 0.
        typical: taken where it is not stated.
        points: (figure, part of the weight), both rising; flat beyond its ends.
        source: of the corners.
        grade: of the source.
    """

    name: str
    en: str
    zh: str
    unit: str
    weight: float
    typical: float
    points: tuple[tuple[float, float], ...]
    source: str
    grade: str

    def part(self, figure: float) -> float:
        """Return the part of the weight that a figure earns, 0 to 1; never falls with it."""
        first, last = self.points[0], self.points[-1]
        if figure <= first[0]:
            return first[1]
        for (left, low), (right, high) in pairwise(self.points):
            if figure <= right:
                return low + (high - low) * (figure - left) / (right - left)
        return last[1]

    def earned(self, figure: float) -> float:
        """Return the points that a figure earns: weight x part."""
        return self.weight * self.part(figure)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """All indicators under one version.

    Attributes:
        version: quoted with every score.
        refer_below: a score whose lower end lies below is looked at by a person.
        source: of weights and threshold.
        grade: of that source.
        indicators: in the order of the file.
    """

    version: str
    refer_below: float
    source: str
    grade: str
    indicators: tuple[Indicator, ...]

    def json(self) -> dict[str, Any]:
        """The table as it is frozen."""
        plain: dict[str, Any] = asdict(self)
        for row in plain["indicators"]:
            row["points"] = [list(point) for point in row["points"]]
        plain["indicators"] = list(plain["indicators"])
        return plain

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read a table; its weights make up the whole and every line rises."""
        rows = tuple(
            Indicator(**{**row, "points": tuple((x, y) for x, y in row["points"])})
            for row in frozen["indicators"]
        )
        assert abs(sum(row.weight for row in rows) - WHOLE) < 1e-9, "weights sum to 100"  # noqa: PLR2004 - rounding
        for row in rows:
            assert row.weight > 0, f"{row.name} weighs nothing"
            assert (row.points[0][1], row.points[-1][1]) == (0.0, 1.0), f"{row.name}: 0 to 1"
            for (left, low), (right, high) in pairwise(row.points):
                assert left < right, f"{row.name} stands still"
                assert low <= high, f"{row.name} falls"
        head = {name: frozen[name] for name in ("version", "refer_below", "source", "grade")}
        return cls(**head, indicators=rows)


@cache
def indicators() -> IndicatorTable:
    """Return the table that is shipped."""
    text = files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8")
    return IndicatorTable.of(tomllib.loads(text))
