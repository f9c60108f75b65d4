"""Which columns of a user's table a hazard can be fitted on, and why the others are left."""

import re
from dataclasses import dataclass

import polars as pl

from models.training.survival.leaks import find_leaks
from models.training.survival.lives import Lives

_TEXT = (pl.String, pl.Categorical, pl.Enum)
_NAMED_ID = re.compile(r"(^|_)(id|no|num|number|nr|code|uuid|key)$", re.IGNORECASE)
_MANY = 0.5
"""Share of rows with a level of their own above which text is taken to name rows."""
MOST_LEVELS = 30
"""Levels of one category that get a term each."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What becomes of the columns of a table.

    Attributes:
        numbers: read as numbers; flags too.
        texts: read as categories.
        order: column that says which rows came first; None where there is none.
        notes: what was left out and why, in words; warnings first.
    """

    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    order: str | None
    notes: tuple[str, ...]


def sort_columns(
    frame: pl.DataFrame,
    lives: Lives,
    *,
    taken: frozenset[str],
    time: str | None = None,
    keep: frozenset[str] = frozenset(),
) -> Columns:
    """Decide on every column.

    Args:
        frame: the table.
        lives: of its rows.
        taken: columns that are no predictors: entry, exit, event, weights, dropped by the user.
        time: column to order rows by; where None, the earliest complete date column.
        keep: columns to keep although they look like leaks or names of rows.
    """
    open_ = [name for name in frame.columns if name not in taken and name != time]
    leaks = {leak.column: leak for leak in find_leaks(frame, open_, lives)}
    warnings = [
        f"warning: {leak}; {'kept as asked' if name in keep else 'left out'}"
        for name, leak in leaks.items()
    ]
    order = time or _order(frame, [name for name in open_ if name not in leaks])
    left = {name: why for name in open_ if name not in leaks and (why := _useless(frame[name]))}
    left = {name: why for name, why in left.items() if name not in keep}
    out = left.keys() | (leaks.keys() - keep)
    kept = [name for name in open_ if name not in out]
    notes = [f"{name}: {why}; left out" for name, why in left.items() if name != order]
    if order is not None:
        notes.append(f"{order}: orders the rows for forward splits; no predictor")
    return Columns(
        tuple(name for name in kept if frame.schema[name] not in _TEXT and name != order),
        tuple(name for name in kept if frame.schema[name] in _TEXT),
        order,
        tuple(warnings + notes),
    )


def _order(frame: pl.DataFrame, names: list[str]) -> str | None:
    """Return the complete date column that lies earliest on average."""
    means: dict[str, float] = {}
    for name in names:
        dated = frame.schema[name] in (pl.Date, pl.Datetime) and not frame[name].null_count()
        if dated and frame[name].n_unique() > 1:
            means[name] = float(frame[name].cast(pl.Date).to_physical().to_numpy().mean())
    return min(means, key=means.__getitem__) if means else None


def _useless(column: pl.Series) -> str | None:
    """Say why a column cannot be a predictor; None where it can."""
    kind, there = column.dtype, column.len() - column.null_count()
    if there == 0:
        return "it holds no value"
    if kind.is_temporal():
        return "a calendar date does not carry over to later years"
    if not (kind.is_numeric() or kind == pl.Boolean or kind in _TEXT):
        return f"it is {kind}"
    return _pattern(column, column.drop_nulls().n_unique(), there)


def _pattern(column: pl.Series, levels: int, there: int) -> str | None:
    if levels == 1 and there == column.len():
        return "it has one value only"
    if column.dtype in _TEXT and levels > _MANY * there:
        return "nearly every row has a value of its own, as an identifier has"
    if column.dtype.is_integer() and levels == there and _is_numbering(column):
        return "it numbers the rows"
    return None


def _is_numbering(column: pl.Series) -> bool:
    low, high = column.min(), column.max()
    assert isinstance(low, int)
    assert isinstance(high, int)
    dense = high - low < 2 * column.len()
    return dense or bool(_NAMED_ID.search(column.name))
