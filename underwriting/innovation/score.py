"""The innovation-capacity score: points on a rising line each, and a band for what is missing.

    score = sum of weight x part(figure)

A figure that is not stated is taken as typical and contributes nothing; the band shows what the
score would be with the least and with the most that the figure could earn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from underwriting.innovation.table import Indicator, IndicatorTable

UNTESTED = (
    "weights and threshold are judgement (grade C); the score's effect on default was not "
    "estimated, for no public tape of loans carries these figures"
)
UNTESTED_ZH = "权重与阈值为专家判断（C 级）；公开贷款数据不含这些指标，其对违约的影响未经估计"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one indicator does to the score.

    Attributes:
        indicator: which.
        figure: as stated; None where it is missing.
        points: earned above (or below) those of the typical figure; 0 where it is missing.
    """

    indicator: Indicator
    figure: float | None
    points: float


@dataclass(frozen=True, slots=True)
class InnovationScore:
    """A firm's score.

    Attributes:
        points: 0 to 100.
        low: with the least that the missing figures could earn.
        high: with the most.
        base: points of a firm that is typical in everything.
        contributions: one for each indicator; base and they add up to the points.
        table: what it was scored by.
    """

    points: float
    low: float
    high: float
    base: float
    contributions: tuple[Contribution, ...]
    table: IndicatorTable

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the indicators that are not stated."""
        return tuple(one.indicator.name for one in self.contributions if one.figure is None)

    def json(self) -> dict[str, Any]:
        """The score as it crosses the wire."""
        return {
            "points": self.points, "low": self.low, "high": self.high, "base": self.base,
            "missing": list(self.missing), "version": self.table.version,
            "grade": self.table.grade, "source": self.table.source,
            "statement": UNTESTED, "statement_zh": UNTESTED_ZH,
            "contributions": [
                {
                    "name": one.indicator.name, "words": one.indicator.en,
                    "words_zh": one.indicator.zh, "unit": one.indicator.unit,
                    "figure": one.figure, "points": one.points, "weight": one.indicator.weight,
                    "grade": one.indicator.grade, "source": one.indicator.source,
                }
                for one in self.contributions
            ],
        }  # fmt: skip


def innovation_score(figures: Mapping[str, float | None], table: IndicatorTable) -> InnovationScore:
    """Score a firm's figures by a table.

    Args:
        figures: indicator -> its figure; None or left out where it is not known.
        table: weights and lines.
    """
    parts = []
    base = low = high = 0.0
    for one in table.indicators:
        typical, figure = one.earned(one.typical), figures.get(one.name)
        base += typical
        low += 0.0 if figure is None else one.earned(figure)
        high += one.weight if figure is None else one.earned(figure)
        points = 0.0 if figure is None else one.earned(figure) - typical
        parts.append(Contribution(one, figure, points))
    return InnovationScore(
        base + sum(part.points for part in parts), low, high, base, tuple(parts), table
    )
