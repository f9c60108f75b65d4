"""One split laid out, and how any candidate does on it."""

from dataclasses import dataclass

import numpy as np

from models.training.survival.boosted import train_trees
from models.training.survival.candidates import Candidate, Sheet
from models.training.survival.folds import Fold
from models.training.survival.lives import Array, Lives
from models.training.survival.score import ages_of, score
from models.training.survival.study import Study

_MOST_ROWS = 10_000
"""Training rows of a split above which they are thinned."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A fold laid out: training sheet, test terms, test lives, and the ages it is judged at."""

    fold: Fold
    sheet: Sheet
    test: Array
    lives: Lives
    ages: Array

    @classmethod
    def of(cls, fold: Fold, study: Study, age: str | None) -> "Trial":
        """Lay a fold out; the design is learned from its training rows alone, thinned to 10,000."""
        rows = np.flatnonzero(fold.train)
        rows = rows[:: 1 + len(rows) // _MOST_ROWS]
        sheet = Sheet.of(study.frame[rows], study.lives.take(rows), study.columns, age)
        own = study.lives.take(fold.test)
        return cls(fold, sheet, sheet.design.raw(study.frame.filter(fold.test)), own, ages_of(own))

    def judge(self, candidate: Candidate, penalizer: float) -> dict[str, float]:
        """Train a candidate on the fold and score it on the test rows."""
        fit = self.sheet.train(candidate, penalizer).hazard()
        return score(lambda ages: fit.cumulative_hazard(self.test, ages), self.lives, self.ages)

    def judge_trees(self) -> dict[str, float]:
        """Train the challenger on the fold and score it on the test rows."""
        trees = train_trees(self.sheet.raw, self.sheet.lives).challenger
        return score(lambda ages: trees.cumulative_hazard(self.test, ages), self.lives, self.ages)
