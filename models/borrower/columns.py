"""The columns that a fit reads, taken from a user's table: checked, as floats or texts.

What cannot be is refused with its row and column. A number beyond what training saw and a level
that it never saw are taken, and counted.
"""

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernel.errors import Fault, Invalid
from models.borrower.encoding import Floats
from models.features import Feature, Kind, Missing
from models.fit_file import FitFile

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 5
"""Faults of one column that are named."""
_ROWS, _MOVED = 20, 99.0
"""A column of so many rows whose median moved so much (100, less rounding) is in another unit."""
_BLANK = "write a number, or leave it blank"

DATE_UNIT = "calendar year"
"""Unit of a column of dates: the day 2003-07-02 reads 2003.5."""

Column = NDArray[Any]
"""Floats of a number column, texts of a category; `[n]`."""


def read_columns(fit: FitFile, frame: "pl.DataFrame") -> tuple[dict[str, Column], tuple[str, ...]]:
    """Check the columns that a fit reads; return them as floats or texts, and what to note.

    Of its parameters `spans` holds the 1 %, 50 % and 99 % quantile of each number column in
    training, and `codes` the digits of each category that is a code.

    Raises:
        Invalid: at most five faults of each column.
    """
    faults = [
        Fault(feature.name, "is no column of the table", "add it; the fit reads it")
        for feature in fit.features
        if feature.name not in frame.columns
    ]
    if faults:
        raise Invalid("features", *faults)
    columns: dict[str, Column] = {}
    notes: list[str] = []
    spans, codes = fit.parameters["spans"], fit.parameters["codes"]
    for feature in fit.features:
        if feature.kind is Kind.CATEGORY:
            column = columns[feature.name] = texts(frame[feature.name], codes.get(feature.name, 0))
            _note_levels(feature, column, notes)
            continue
        number = columns[feature.name] = _numbers(feature, frame[feature.name], faults)
        _check_unit(feature, number, spans.get(feature.name), faults)
        _check_range(feature, number, faults, notes)
    if faults:
        raise Invalid("features", *faults)
    return columns, tuple(notes)


def texts(series: "pl.Series", digits: int = 0) -> Column:
    """Return a category as texts; missing is `""`. A code has `digits`, zeros in front."""
    import polars as pl  # noqa: PLC0415 - only who reads a table pays for the library

    if series.dtype.is_float():
        series = series.fill_nan(None)
        if (series.drop_nulls() % 1 == 0).all():
            series = series.cast(pl.Int64)
    distinct = series.unique(maintain_order=True)
    read = [level_of(value, digits) for value in distinct.to_list()]
    levels = series.replace_strict(distinct, pl.Series(read, dtype=pl.String))
    return np.array(levels.to_list(), dtype=object)


def level_of(value: Any, digits: int = 0) -> str:
    """Return a value as the level that it is: `""` where missing, as is nought in a code.

    >>> level_of(" A "), level_of(21, 3), level_of("0021", 3), level_of(0, 3), level_of(None)
    ('A', '021', '021', '', '')
    """
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    text = str(int(value)) if isinstance(value, float) and value % 1 == 0 else str(value).strip()
    if not digits:
        return text
    bare = text.lstrip("0")
    return bare.zfill(digits) if bare else ""


def years(series: "pl.Series") -> Floats:
    """Return dates as calendar years with their fraction, NaN where missing, `[n]`."""
    import polars as pl  # noqa: PLC0415 - only who reads a table pays for the library

    day = series.cast(pl.Date)
    year = day.dt.year()
    length = 365 + day.dt.is_leap_year().cast(pl.Int32)
    return floats(year + (day.dt.ordinal_day() - 1) / length)


def floats(series: "pl.Series") -> Floats:
    """Return numbers or flags as floats, NaN where missing or infinite, `[n]`."""
    import polars as pl  # noqa: PLC0415 - only who reads a table pays for the library

    found = series.cast(pl.Float64).fill_null(float("nan")).to_numpy().astype(float)
    found[np.isinf(found)] = np.nan
    return found


def _numbers(feature: Feature, series: "pl.Series", faults: list[Fault]) -> Floats:
    """Read a number column; text that is no number is a fault."""
    import polars as pl  # noqa: PLC0415 - only who reads a table pays for the library

    if feature.unit == DATE_UNIT and series.dtype.is_temporal():
        return years(series)
    if series.dtype.is_temporal():
        faults.append(Fault(feature.name, "holds dates", "give numbers, as in training"))
        return np.full(len(series), np.nan)
    wrong = np.zeros(len(series), bool)
    if series.dtype == pl.String:
        text = series.str.strip_chars().replace("", None)
        series = text.cast(pl.Float64, strict=False)
        wrong = (text.is_not_null() & series.is_null()).to_numpy()
        _fault(feature.name, wrong, faults, lambda row: (f"{text[row]!r} is not a number", _BLANK))
    elif not (series.dtype.is_numeric() or series.dtype in (pl.Boolean, pl.Null)):
        faults.append(Fault(feature.name, f"is of type {series.dtype}", "give numbers"))
        return np.full(len(series), np.nan)
    column = floats(series)
    if feature.missing is Missing.FILL:
        column[np.isnan(column)] = feature.fill
    if feature.missing is Missing.REFUSE:
        why = "is missing, and the fit has no rule for that: it never was in training"
        cure = "give it, or leave the row out"
        _fault(feature.name, np.isnan(column) & ~wrong, faults, lambda _: (why, cure))
    return column


def _fault(
    name: str,
    wrong: NDArray[np.bool_],
    faults: list[Fault],
    words: Callable[[int], tuple[str, str]],
) -> None:
    """Name the first rows that are wrong, counted from 1 without the header."""
    rows = np.flatnonzero(wrong)
    for row in rows[:_SHOWN].tolist():
        problem, cure = words(row)
        left = len(rows) - _SHOWN
        more = f" (and {left} more rows)" if left > 0 and row == rows[_SHOWN - 1] else ""
        faults.append(Fault(f"row {row + 1}, {name}", problem + more, cure))


def _check_unit(feature: Feature, column: Floats, span: Any, faults: list[Fault]) -> None:
    """Refuse a column whose median moved a hundredfold and left what training saw."""
    there = column[~np.isnan(column)]
    if span is None or len(there) < _ROWS:
        return
    low, typical, high = span
    median = float(np.median(there))
    if not typical or low <= median <= high:
        return
    factor = abs(median / typical)
    if factor >= _MOVED or factor <= 1.0 / _MOVED:
        problem = f"its median is {median:g}, against {typical:g} in training"
        cure = "check its unit" + (f": the fit takes {feature.unit}" if feature.unit else "")
        faults.append(Fault(feature.name, problem, cure))


def _check_range(feature: Feature, column: Floats, faults: list[Fault], notes: list[str]) -> None:
    """Refuse what cannot be; count what was not seen."""
    low = -np.inf if feature.low is None else feature.low
    high = np.inf if feature.high is None else feature.high
    with np.errstate(invalid="ignore"):
        wrong = (column < low) | (column > high)
    cure = f"check its unit; the fit takes {low:g} to {high:g} {feature.unit}".rstrip()
    _fault(feature.name, wrong, faults, lambda row: (f"{column[row]:g} is out of range", cure))
    if feature.seen_low is None or feature.seen_high is None:
        return
    with np.errstate(invalid="ignore"):
        beyond = int(((column < feature.seen_low) | (column > feature.seen_high)).sum())
    if beyond:
        seen = f"{feature.seen_low:g} to {feature.seen_high:g}"
        notes.append(f"{feature.name}: {beyond} rows lie beyond what training saw ({seen})")


def _note_levels(feature: Feature, column: Column, notes: list[str]) -> None:
    """Count rows of levels that training never saw."""
    known = {*feature.levels, ""}
    new = sum(level not in known for level in column)
    if new:
        notes.append(f"{feature.name}: {new} rows have a level that training never saw, or seldom")
