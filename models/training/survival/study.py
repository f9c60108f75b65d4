"""A user's table made ready: lives, columns that can be predictors, and splits."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from kernel.errors import invalid
from models.tape import need
from models.training.survival.asked import SurvivalAsked
from models.training.survival.columns import Columns, sort_columns
from models.training.survival.folds import Fold, folds_of
from models.training.survival.lives import Lives, read_lives


@dataclass(frozen=True, slots=True)
class Study:
    """A table that a hazard can be fitted on.

    Attributes:
        frame: the table.
        lives: of its rows.
        columns: what becomes of each column.
        age: the entry column where it can be a predictor: numbers that differ; else None.
        folds: splits that candidates are judged on.
    """

    frame: pl.DataFrame
    lives: Lives
    columns: Columns
    age: str | None
    folds: tuple[Fold, ...]


def read_study(frame: pl.DataFrame, asked: SurvivalAsked) -> Study:
    """Make a user's table ready.

    Raises:
        Invalid: a column is not there, a row cannot be (named), there are too few events, or no
            column is left to predict by.
    """
    need(frame, [asked.entry, asked.exit, asked.event], "columns")
    need(frame, [name for name in (asked.time, asked.weights) if name], "columns")
    need(frame, [*asked.drop, *asked.keep], "columns")
    lives = read_lives(frame, asked.entry, asked.exit, asked.event, asked.weights)
    columns = sort_columns(
        frame, lives, taken=asked.taken, time=asked.time, keep=frozenset(asked.keep)
    )
    differs = bool(np.ptp(lives.entry) > 0.0)
    age = asked.entry if differs and frame.schema[asked.entry].is_numeric() else None
    if not columns.numbers and not columns.texts and age is None:
        problem = f"no column is left to predict by: {'; '.join(columns.notes)}"
        raise invalid("columns", problem, "add columns that are known at entry")
    return Study(frame, lives, columns, age, folds_of(frame, columns.order, lives))
