"""Columns that know the outcome because they were written after it.

A column is named when any of four tests speaks; each on rows that did not fit it:
- alone it ranks defaults with an AUC above 0.9: by its values in 40 bins, by its single values
  or levels, or by whether it is there at all;
- it is filled for one outcome alone, and no category of a product: dates of charge-off;
- paid loans sit on a few round values and defaulted ones do not: a term that was cut short;
- among defaulted loans it moves with the time to another column that is such a date.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.borrower.columns import floats, texts, years
from models.borrower.encoding import Codes, Floats
from models.governance.metrics import auc
from models.training.default.ask import DefaultAsked, Tape, read_asked
from models.training.default.forward import random_folds

ALONE = 0.9
_BINS, _SHRINK = 40, 20.0
_HEAPS, _DISTINCT, _OFF = 12, 20, 0.35
_TIED, _TIED_ROWS = 0.5, 100


class Leak(NamedTuple):
    """A column that seems to know the outcome.

    Attributes:
        column: its name.
        problem: what speaks against it.
        cure: what to do.
    """

    column: str
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.column} may know the outcome: {self.problem}; {self.cure}"


def leaks(frame: pl.DataFrame, asked: DefaultAsked) -> tuple[Leak, ...]:
    """Return the columns of a tape that seem to know the outcome."""
    return leaks_of(read_asked(frame, asked), asked.seed)


def leaks_of(tape: Tape, seed: int) -> tuple[Leak, ...]:
    """Return the columns of a tape that seem to know the outcome."""
    folds = random_folds(tape.outcome, seed)
    fold = np.empty(len(tape.outcome), np.intp)
    for place, split in enumerate(folds):
        fold[split.test] = place
    waits = _waits(tape)
    found = []
    for series in tape.frame:
        problem = _problem(tape, series, fold, waits)
        if problem:
            cure = f"leave it out with --drop {series.name}, unless it was known when lending"
            found.append(Leak(series.name, problem, cure))
    return tuple(found)


def _problem(tape: Tape, series: pl.Series, fold: Codes, waits: dict[str, Floats]) -> str:
    """Return what speaks against a column; empty where nothing does."""
    for words, codes in _readings(series):
        alone = _alone(codes, tape, fold)
        if alone > ALONE:
            return f"{words} alone rank defaults with an AUC of {alone:.3f}"
    if not (series.dtype.is_numeric() or series.dtype.is_temporal()):
        return ""
    column = years(series) if series.dtype.is_temporal() else floats(series)
    paid, bad = _on_heaps(column, tape)
    if paid - bad > _OFF:
        common = f"one of its {_HEAPS} commonest values"
        return f"{paid:.0%} of paid loans have {common}, of defaults {bad:.0%}"
    for name, wait in waits.items():
        tie = _tie(column, wait) if name != series.name else 0.0
        if tie > _TIED:
            return f"among defaults it moves with the time to {name} (rank correlation {tie:.2f})"
    return ""


def _readings(series: pl.Series) -> list[tuple[str, Codes]]:
    """Return the ways to read a column as levels: missing or not, in bins, value by value."""
    if series.dtype.is_numeric() or series.dtype.is_temporal() or series.dtype == pl.Boolean:
        column = years(series) if series.dtype.is_temporal() else floats(series)
        there = np.isnan(column)
        cuts = np.unique(np.nanquantile(column, np.linspace(0, 1, _BINS + 1)[1:-1]))
        bins = np.where(there, len(cuts) + 1, np.searchsorted(cuts, column, side="right"))
        values = np.unique(np.nan_to_num(column, nan=-np.inf), return_inverse=True)[1]
        return [("its gaps", there.astype(np.intp)), ("its values", bins), ("its values", values)]
    levels = np.unique(texts(series).astype(str), return_inverse=True)[1]
    return [("its levels", levels)]


def _alone(codes: Codes, tape: Tape, fold: Codes) -> float:
    """Return the AUC of the rate of each row's level in the other folds, shrunk by 20 rows."""
    size = int(codes.max()) + 1
    score = np.empty(len(codes))
    for k in range(int(fold.max()) + 1):
        rest = fold != k
        w = tape.weights[rest]
        total = np.bincount(codes[rest], w, size)
        bad = np.bincount(codes[rest], w * tape.outcome[rest], size)
        pull = _SHRINK * w.mean()
        rate = (bad + pull * bad.sum() / total.sum()) / (total + pull)
        score[~rest] = rate[codes[~rest]]
    return auc(tape.outcome, score, tape.weights)


def _on_heaps(column: Floats, tape: Tape) -> tuple[float, float]:
    """Return the share of paid and of defaulted rows on the commonest values of the paid ones.

    Whole numbers with 20 different values or more alone; (0, 0) else.
    """
    here = ~np.isnan(column)
    values, codes = np.unique(column[here], return_inverse=True)
    if len(values) < _DISTINCT or (values % 1 != 0).any():
        return 0.0, 0.0
    outcome, weights = tape.outcome[here], tape.weights[here]
    paid = np.bincount(codes, weights * (1 - outcome), len(values))
    bad = np.bincount(codes, weights * outcome, len(values))
    if not paid.sum() or not bad.sum():
        return 0.0, 0.0
    heaps = np.argsort(-paid)[:_HEAPS]
    return float(paid[heaps].sum() / paid.sum()), float(bad[heaps].sum() / bad.sum())


def _waits(tape: Tape) -> dict[str, Floats]:
    """Return, for each date that defaults have and others have not, the years to it `[n]`."""
    if tape.time is None or not tape.calendar:
        return {}
    found = {}
    for series in tape.frame:
        if series.dtype.is_temporal():
            column = years(series)
            there: NDArray[np.bool_] = ~np.isnan(column)
            if auc(tape.outcome, there.astype(float), tape.weights) > ALONE:
                found[series.name] = np.where(tape.outcome > 0, column - tape.time, np.nan)
    return found


def _tie(column: Floats, wait: Floats) -> float:
    """Return the size of Spearman's rank correlation of a column with a time."""
    here = ~(np.isnan(column) | np.isnan(wait))
    if here.sum() < _TIED_ROWS or np.ptp(column[here]) == 0:
        return 0.0
    one, two = (pl.Series(side[here]).rank().to_numpy() for side in (column, wait))
    return abs(float(np.corrcoef(one, two)[0, 1]))
