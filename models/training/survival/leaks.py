"""Columns that know the answer: warned of by name and left out unless asked for."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.governance.metrics import auc
from models.training.survival.lives import Array, Lives

TELLS = 0.9
"""AUC of one column alone above which it is taken to know the event."""
TIED = 0.8
"""Share of the exit age, beyond what entry tells, above which a column is tied to it."""
_LEAST = 20
"""Rows with and without the event below which nothing is measured."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One column that knows the answer.

    Attributes:
        column: its name.
        why: in words, with the figure.
    """

    column: str
    why: str

    def __str__(self) -> str:
        """`column: why`."""
        return f"{self.column}: {self.why}"


def find_leaks(frame: pl.DataFrame, columns: list[str], lives: Lives) -> tuple[Leak, ...]:
    """Return every column of `columns` that alone foretells the event or the age at it.

    Three tests: the AUC of the column's values (for text, of the event rate of the other rows
    of its level), the AUC of its being there at all, and the share of the exit age that it
    explains among rows with the event, beyond their entry age.
    """
    found = (_leak(frame[name], lives) for name in columns)
    return tuple(leak for leak in found if leak is not None)


def _leak(column: pl.Series, lives: Lives) -> Leak | None:
    absent = column.is_null().to_numpy().astype(float)
    told = _tells(absent, lives)
    if told > TELLS:
        words = f"whether it is given tells the event (AUC {told:.3f}); it is filled in afterwards"
        return Leak(column.name, words)
    values = _values(column, lives)
    if values is None:
        return None
    there = np.isfinite(values)
    seen, kept = values[there], lives.take(there)
    told = _tells(seen, kept)
    if told > TELLS:
        return Leak(column.name, f"alone it tells the event (AUC {told:.3f})")
    tied = _tied(seen, kept)
    if tied > TIED:
        return Leak(column.name, f"it is tied to the exit age ({tied:.0%} of it explained)")
    return None


def _values(column: pl.Series, lives: Lives) -> Array | None:
    """Numbers for a column: its own, days for dates, the event rate of its level for text."""
    if column.dtype.is_temporal():
        return column.to_physical().cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if column.dtype.is_numeric() or column.dtype == pl.Boolean:
        return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if column.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return None
    return _level_rates(column, lives)


def _level_rates(column: pl.Series, lives: Lives) -> Array:
    """Event rate of the other rows of a row's level, drawn to the mean by 5 rows."""
    level = column.cast(pl.String).fill_null("").rank("dense").to_numpy().astype(np.intp)
    rows, events = np.bincount(level), np.bincount(level, lives.event)
    mean = lives.event.mean()
    found: Array = (events[level] - lives.event + 5.0 * mean) / (rows[level] + 4.0)
    return found


def _tells(values: Array, lives: Lives) -> float:
    """AUC of values for the event, whichever way they point; 0.5 where it cannot be measured."""
    events = lives.event.sum()
    if min(events, lives.rows - events) < _LEAST or np.ptp(values) == 0.0:
        return 0.5
    area = auc(lives.event, values)
    return float(max(area, 1.0 - area))


def _tied(values: Array, lives: Lives) -> float:
    """Share of the exit age, left after entry, that values explain among rows with the event."""
    ended = lives.event == 1.0
    if ended.sum() < _LEAST or np.ptp(values[ended]) == 0.0:
        return 0.0
    base = np.column_stack([np.ones(int(ended.sum())), _scaled(lives.entry[ended])])
    exits = lives.exit[ended]
    alone = _unexplained(base, exits)
    both = _unexplained(np.column_stack([base, _scaled(values[ended])]), exits)
    return 0.0 if alone <= 0.0 else 1.0 - both / alone


def _scaled(values: Array) -> Array:
    spread = float(values.std())
    found: Array = (values - values.mean()) / (spread or 1.0)
    return found


def _unexplained(design: Array, y: Array) -> float:
    beta = np.linalg.lstsq(design, y, rcond=None)[0]
    return float(((y - design @ beta) ** 2).sum())
