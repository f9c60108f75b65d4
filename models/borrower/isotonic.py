"""Isotonic calibration: any increasing shape, found by pooling adjacent violators."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np

from models.borrower.odds import LEAST_SLOPE, Floats, expit, inside, logit, root, shifted
from models.borrower.rows import Rows, rows_of

LEAST_ROWS = 20.0
"""Effective rows below which a block joins its neighbour: fewer say next to nothing of a rate."""


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Increasing step fit (pool adjacent violators), joined linearly between block centres.

    Beyond the first and last centre the log-odds go on with slope `tail`, so that no two scores
    become equal. A block without a default is floored at 0.5 / (n + 1), n its effective rows
    (Jeffreys), one of nothing but defaults likewise from above. Joining and floors move the mean:
    all levels are then moved by one factor of the odds until predicted equals observed defaults.

    Attributes:
        centre: weighted mean score of each block, increasing, `[k]`.
        level: probability of each block, increasing, in (0, 1), `[k]`.
        tail: slope of the log-odds outside the centres, nought or small.
    """

    centre: tuple[float, ...]
    level: tuple[float, ...]
    tail: float = LEAST_SLOPE

    def __post_init__(self) -> None:
        assert len(self.centre) == len(self.level) > 0, "a level for each centre"
        assert all(a < b for a, b in pairwise(self.centre)), "centres increase"
        assert all(a < b for a, b in pairwise((0.0, *self.level, 1.0))), "levels increase in (0, 1)"

    @staticmethod
    def fit(
        score: Floats,
        outcome: Floats,
        weights: Floats | None = None,
        *,
        least: float = LEAST_ROWS,
        tail: float = LEAST_SLOPE,
    ) -> "Isotonic":
        """Fit on `score[n]`, `outcome[n]` in {0, 1}; blocks under `least` effective rows join."""
        rows = rows_of(score, outcome, weights)
        blocks = _joined(_pooled(rows), least)
        centre, level = tuple(block.centre for block in blocks), np.array(_floored(blocks))

        def at(factor: float) -> "Isotonic":
            return Isotonic(centre, tuple(shifted(level, factor).tolist()), tail)

        defaults = float(rows.weights @ rows.outcome)
        return at(root(lambda x: float(rows.weights @ at(x).apply(rows.score)), defaults, 5.0))

    def apply(self, p: Floats) -> Floats:
        """Return calibrated probabilities `[n]` of scores `p[n]`."""
        scores = np.asarray(p, float)
        joined = np.interp(scores, self.centre, self.level)
        if not self.tail:
            return np.asarray(joined)
        first, last = self.centre[0], self.centre[-1]
        beyond = logit(scores) - logit(np.clip(scores, first, last))
        tails = expit(logit(joined) + self.tail * beyond)
        return inside(np.where((scores < first) | (scores > last), tails, joined))

    def json(self) -> dict[str, Any]:
        """Return the frozen form."""
        return {
            "form": "isotonic",
            "centre": list(self.centre),
            "level": list(self.level),
            "tail": self.tail,
        }

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        assert json["form"] == "isotonic", f"{json['form']} is not isotonic"
        centre, level = (tuple(float(x) for x in json[name]) for name in ("centre", "level"))
        return cls(centre, level, float(json["tail"]))


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring scores pooled: sums of weight, squared weight, weight x score and x outcome."""

    weight: float
    square: float
    score: float
    outcome: float

    @property
    def centre(self) -> float:
        return self.score / self.weight

    @property
    def level(self) -> float:
        return self.outcome / self.weight

    @property
    def rows(self) -> float:
        """Kish's effective rows, (sum w)^2 / sum w^2."""
        return self.weight * self.weight / self.square

    def __add__(self, other: "_Block") -> "_Block":
        return _Block(
            self.weight + other.weight,
            self.square + other.square,
            self.score + other.score,
            self.outcome + other.outcome,
        )


def _pooled(rows: Rows) -> list[_Block]:
    """Pool adjacent violators: blocks of strictly rising level; equal scores are one block."""
    score, place = np.unique(rows.score, return_inverse=True)
    w, d = rows.weights, rows.outcome
    sums = [np.bincount(place, x, len(score)) for x in (w, w * w, w * d)]
    done: list[_Block] = []
    for weight, square, outcome, at in zip(
        *(s.tolist() for s in sums), score.tolist(), strict=True
    ):
        block = _Block(weight, square, weight * at, outcome)
        while done and done[-1].level >= block.level:
            block = done.pop() + block
        done.append(block)
    return done


def _joined(blocks: list[_Block], least: float) -> list[_Block]:
    """Join each block of fewer than `least` effective rows to the one before it, or after."""
    done: list[_Block] = []
    for block in blocks:
        small = done and (block.rows < least or done[-1].rows < least)
        done.append(done.pop() + block if small else block)
    return done


def _floored(blocks: list[_Block]) -> tuple[float, ...]:
    """Return the levels with 0 and 1 moved inside, still strictly rising."""
    levels = [block.level for block in blocks]
    if levels[0] <= 0.0:
        floor = 0.5 / (blocks[0].rows + 1.0)
        levels[0] = min(floor, levels[1] / 2.0) if len(levels) > 1 else floor
    if levels[-1] >= 1.0:
        ceiling = 1.0 - 0.5 / (blocks[-1].rows + 1.0)
        levels[-1] = max(ceiling, (1.0 + levels[-2]) / 2.0) if len(levels) > 1 else ceiling
    return tuple(levels)
