"""The outcome table of a master scale: does a worse grade default more, and as much as it says?"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np

from models.borrower.jeffreys import Rate
from models.borrower.odds import Floats
from models.borrower.rows import Rows, effective_rows, rows_of
from models.borrower.scale import MasterScale

AMBER, RED = 0.95, 0.999
"""Two-sided confidence at which a grade's PD leaves green and amber."""


class Light(StrEnum):
    """What the outcomes say of a grade's PD."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"
    """No row: nothing was tested."""


@dataclass(frozen=True, slots=True)
class GradeOutcome:
    """One grade's line of the table.

    Attributes:
        grade: its name.
        rows: borrowers.
        weight: theirs, summed.
        effective: rows of weight 1 that would tell as much.
        defaults: weighted; the count where weights are 1.
        expected: weighted sum of the PDs.
        rate: observed, weighted; None without a row.
        predicted: mean PD, weighted; None without a row.
        low: of the 90 % Jeffreys interval of the rate; None without a row.
        high: of that interval.
        below: chance that the true rate is at or below the mean PD (Jeffreys test): near 0 the
            PD is too low, near 1 too high; None without a row.
        light: green within 95 % on both sides, amber within 99.9 %, else red.
    """

    grade: str
    rows: int
    weight: float
    effective: float
    defaults: float
    expected: float
    rate: float | None
    predicted: float | None
    low: float | None
    high: float | None
    below: float | None
    light: Light

    def json(self) -> dict[str, Any]:
        """The line as it stands on a card."""
        return {name: getattr(self, name) for name in self.__slots__} | {"light": self.light.value}


@dataclass(frozen=True, slots=True)
class Step:
    """Two neighbouring grades that have rows.

    Attributes:
        better: name of the better grade.
        worse: name of the worse.
        confidence: chance that the worse defaults more, given the outcomes.
    """

    better: str
    worse: str
    confidence: float


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """The grades with what came of them.

    Attributes:
        scale: name of the scale.
        grades: one line per grade, best first.
        steps: neighbouring grades with rows.
        violations: those whose worse grade defaulted less.
        pooled: grades that outcomes cannot tell apart in the stated order, as groups.
        weakest: the least confidence of a step; None with under two grades.
    """

    scale: str
    grades: tuple[GradeOutcome, ...]
    steps: tuple[Step, ...]
    violations: tuple[Step, ...]
    pooled: tuple[tuple[str, ...], ...]
    weakest: float | None

    @property
    def ordered(self) -> bool:
        """Whether every worse grade with rows defaulted more, at least two having rows."""
        return bool(self.steps) and not self.violations

    def proved(self, confidence: float = 0.95) -> bool:
        """Whether each step is sure to `confidence`: the order is proved and not only seen."""
        return self.ordered and self.weakest is not None and self.weakest >= confidence

    def json(self) -> dict[str, Any]:
        """The table as it stands on a card."""
        return {
            "scale": self.scale,
            "grades": [grade.json() for grade in self.grades],
            "ordered": self.ordered,
            "proved_95": self.proved(),
            "weakest_step": self.weakest,
            "violations": [[step.better, step.worse] for step in self.violations],
            "pooled": [list(group) for group in self.pooled],
        }


def outcome_table(
    scale: MasterScale, pd: Floats, outcome: Floats, weights: Floats | None = None
) -> OutcomeTable:
    """Sort `pd[n]` into grades and set the outcomes `[n]` against them; weights None: 1 each."""
    rows = rows_of(pd, outcome, weights, both=False)
    place = scale.places(rows.score)
    lines = tuple(_line(grade, rows, place == k) for k, grade in enumerate(scale.grades))
    seen = [line for line in lines if line.rate is not None]
    steps = tuple(Step(a.grade, b.grade, _rate(b).exceeds(_rate(a))) for a, b in pairwise(seen))
    pairs = zip(steps, pairwise(seen), strict=True)
    wrong = tuple(step for step, (a, b) in pairs if (b.rate or 0.0) <= (a.rate or 0.0))
    weakest = min((step.confidence for step in steps), default=None)
    return OutcomeTable(scale.name, lines, steps, wrong, _pooled(seen), weakest)


def _line(grade: str, rows: Rows, here: np.ndarray[Any, np.dtype[np.bool_]]) -> GradeOutcome:
    """Return the line of one grade."""
    w, d, p = rows.weights[here], rows.outcome[here], rows.score[here]
    if not len(w):
        nothing = (None,) * 5
        return GradeOutcome(grade, 0, 0.0, 0.0, 0.0, 0.0, *nothing, Light.NONE)
    defaults, expected, total = float(w @ d), float(w @ p), float(w.sum())
    effective = effective_rows(d, w)
    rate = Rate(min(defaults / total, 1.0) * effective, effective)
    below = rate.below(expected / total)
    return GradeOutcome(
        grade,
        len(w),
        total,
        effective,
        defaults,
        expected,
        defaults / total,
        expected / total,
        *rate.interval(),
        below,
        _light(below),
    )


def _light(below: float) -> Light:
    """Return the light of a two-sided tail."""
    inside = 1.0 - 2.0 * min(below, 1.0 - below)
    return Light.GREEN if inside <= AMBER else Light.AMBER if inside <= RED else Light.RED


def _rate(line: GradeOutcome) -> Rate:
    return Rate((line.rate or 0.0) * line.effective, line.effective)


def _pooled(seen: list[GradeOutcome]) -> tuple[tuple[str, ...], ...]:
    """Pool adjacent violators of the order; return the groups, single grades left out."""
    groups: list[tuple[tuple[str, ...], float, float]] = []
    for line in seen:
        names: tuple[str, ...] = (line.grade,)
        defaults, weight = line.defaults, line.weight
        while groups and groups[-1][1] / groups[-1][2] >= defaults / weight:
            before = groups.pop()
            names, defaults, weight = before[0] + names, before[1] + defaults, before[2] + weight
        groups.append((names, defaults, weight))
    return tuple(names for names, _, _ in groups if len(names) > 1)
