"""Which rows train and which test: forward in time where rows can be ordered, else at random."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from models.training.survival.lives import Lives

_TRAIN_SHARES = (0.5, 0.65, 0.8)
_FOLDS = 5
_LEAST_TRAIN, _LEAST_TEST = 25, 12
"""Events on each side of a split below which it says nothing."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One split.

    Attributes:
        name: in words, for tables.
        train: rows `[n]`.
        test: rows `[n]`, none of them trained on.
    """

    name: str
    train: npt.NDArray[np.bool_]
    test: npt.NDArray[np.bool_]


def folds_of(frame: pl.DataFrame, order: str | None, lives: Lives) -> tuple[Fold, ...]:
    """Return forward splits by the order column; five random folds where that cannot be.

    Forward: train on the first 50, 65 and 80 % of the rows, test on the next part up to the next
    cut. Rows of one date stay together.
    """
    found = _forward(frame[order], lives) if order is not None else ()
    return found or _random(lives)


def _forward(column: pl.Series, lives: Lives) -> tuple[Fold, ...]:
    rank = column.rank("max").to_numpy().astype(float) / len(column)
    found = []
    ends = (*_TRAIN_SHARES[1:], 1.0)
    for share, end in zip(_TRAIN_SHARES, ends, strict=True):
        train, test = rank <= share, (rank > share) & (rank <= end)
        enough = lives.event[train].sum() >= _LEAST_TRAIN
        if enough and lives.event[test].sum() >= _LEAST_TEST:
            first = column.filter(pl.Series(test)).min()
            found.append(Fold(f"before {str(first)[:10]}, tested to {end:.0%}", train, test))
    return tuple(found)


def _random(lives: Lives) -> tuple[Fold, ...]:
    """Five folds with events dealt evenly, from a fixed seed."""
    order = np.random.default_rng(20_010_101).permutation(lives.rows)
    order = order[np.argsort(lives.event[order], kind="stable")]
    dealt = np.empty(lives.rows, np.intp)
    dealt[order] = np.arange(lives.rows) % _FOLDS
    return tuple(
        Fold(f"random fold {part + 1} of {_FOLDS}", dealt != part, dealt == part)
        for part in range(_FOLDS)
    )
