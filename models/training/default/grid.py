"""The matrix of a tape: what needs no outcome once, what is learned from outcomes for each split.

A level's rate is its weighted log-odds of default less those of all, shrunk by 50 rows of the
average. Rows that a fit is trained on get the rate that the other folds of the training rows give
their level, never one in which their own outcome counts.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from models.borrower.batch import coded, leveled
from models.borrower.columns import Column
from models.borrower.encoding import Codes, Encoder, Floats, Step, View
from models.training.default.columns import LEAST_ROWS
from models.training.default.steps import Plan

_SHRINK = 50.0
_FOLDS = 5
_PER = 1e4

Matrix = NDArray[np.float32]


class Leveled(NamedTuple):
    """One learned column: how it is read, and each row's level.

    Attributes:
        view: how the column is read.
        what: `rate` or `share`.
        levels: distinct ones, `[l]`.
        codes: each row's, `[n]`.
    """

    view: View
    what: str
    levels: tuple[str, ...]
    codes: Codes


class Grid(NamedTuple):
    """A tape as numbers.

    Attributes:
        fixed: `[n, f]`.
        steps: of the fixed columns.
        learned: columns that are learned for each split.
        outcome: `[n]`.
        folds: fold of each row for out-of-fold rates, `[n]`.
    """

    fixed: Matrix
    steps: tuple[Step, ...]
    learned: tuple[Leveled, ...]
    outcome: Floats
    folds: Codes

    @classmethod
    def of(cls, plan: Plan, columns: Mapping[str, Column], outcome: Floats, seed: int) -> Self:
        """Lay out a tape."""
        encoder = Encoder.of(plan.fixed)
        fixed = encoder.matrix(coded(encoder, columns))
        learned = []
        for view, what in plan.learned:
            texts, rows = leveled(view, columns[view.column])
            levels, places = np.unique(np.array(texts, dtype=object), return_inverse=True)
            learned.append(Leveled(view, what, tuple(levels.tolist()), places[rows]))
        folds = np.random.default_rng(seed).permutation(len(outcome)) % _FOLDS
        return cls(fixed, plan.fixed, tuple(learned), outcome, folds)

    def split(self, train: Codes, test: Codes, weights: Floats) -> tuple[Matrix, Matrix]:
        """Return the matrices of training and test rows; `weights[n]` count in what is learned."""
        ones, twos = [self.fixed[train]], [self.fixed[test]]
        for column in self.learned:
            table = self._table(column, train, weights)
            twos.append(table[column.codes[test], None].astype(np.float32))
            ones.append(self._unseen(column, train, weights)[:, None].astype(np.float32))
        return np.hstack(ones), np.hstack(twos)

    def frozen(self, weights: Floats) -> tuple[Step, ...]:
        """Return all steps, with the tables of all rows."""
        rows = np.arange(len(self.outcome))
        tables = []
        for column in self.learned:
            table = self._table(column, rows, weights)
            counts = np.bincount(column.codes, minlength=len(column.levels))
            held = {
                level: float(value)
                for level, value, count in zip(column.levels, table, counts, strict=True)
                if count >= LEAST_ROWS
            }
            view = column.view
            tables.append(Step("table", (view.column,), view.digits, held, 0.0, column.what))
        return (*self.steps, *tables)

    def _unseen(self, column: Leveled, train: Codes, weights: Floats) -> Floats:
        """Return the values of training rows `[t]`, their own fold left out of a rate."""
        if column.what == "share":
            return self._table(column, train, weights)[column.codes[train]]
        found = np.empty(len(train))
        for fold in range(_FOLDS):
            here = self.folds[train] == fold
            table = self._table(column, train[~here], weights)
            found[here] = table[column.codes[train[here]]]
        return found

    def _table(self, column: Leveled, rows: Codes, weights: Floats) -> Floats:
        """Return the number of each level `[l]`, from `rows`; rare ones have 0."""
        codes, size = column.codes[rows], len(column.levels)
        counts = np.bincount(codes, minlength=size)
        if column.what == "share":
            return np.where(counts >= LEAST_ROWS, np.log1p(_PER * counts / len(rows)), 0.0)
        w = weights[rows]
        total = np.bincount(codes, w, size)
        bad = np.bincount(codes, w * self.outcome[rows], size)
        base = float(bad.sum() / total.sum())
        p = (bad + _SHRINK * w.mean() * base) / (total + _SHRINK * w.mean())
        rate = np.log(p / (1 - p)) - np.log(base / (1 - base))
        return np.where(counts >= LEAST_ROWS, rate, 0.0)
