"""Which columns of a tape can predict, told by their types and contents.

Left out, each with a note: what is empty or constant, ids and running numbers, dates of the
calendar (they do not recur), and clocks: columns that only tell when a loan was made.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl

from models.borrower.columns import DATE_UNIT, Column, floats, texts, years
from models.borrower.encoding import Floats
from models.features import Feature, Kind, Missing
from models.training.default.ask import Tape

_CLOCK = 0.95
_ID_SHARE, _ID_LEVELS = 0.5, 200
_CODE_LEVELS, _CODE_ROWS = 30, 4
_TEXT_NUMBERS = 0.99
_SAFE_ROWS, _SURE_ROWS = 200, 1000
_SPANS, _HEAVY, _FAR = 10.0, 3.0, 1000.0
_YEARS = (1900, 2100)


class Read(NamedTuple):
    """One column that may predict.

    Attributes:
        feature: its rule.
        column: floats or texts, `[n]`.
        digits: of a category that is a code; else 0.
    """

    feature: Feature
    column: Column
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns that may predict, and why others may not.

    Attributes:
        read: by name.
        notes: what was left out or read otherwise, in words.
    """

    read: dict[str, Read]
    notes: tuple[str, ...]

    @property
    def features(self) -> tuple[Feature, ...]:
        """Rules of the columns."""
        return tuple(read.feature for read in self.read.values())


def read_all(tape: Tape) -> Columns:
    """Read every column of a tape, or say why not."""
    read: dict[str, Read] = {}
    notes: list[str] = []
    gappy = _gappy(tape.frame)
    for name in tape.frame.columns:
        found = _read(tape, tape.frame[name])
        if isinstance(found, str):
            notes.append(f"{name} is not read: {found}")
        else:
            read[name] = _worded(found, tape, gappy=gappy)
    if tape.time is not None and any(one.feature.unit == DATE_UNIT for one in read.values()):
        assert tape.time_name is not None, "a time has a name"
        feature = Feature(tape.time_name, unit=DATE_UNIT, low=_YEARS[0], high=_YEARS[1])
        read[tape.time_name] = Read(feature, tape.time)
    return Columns(read, tuple(notes))


def _read(tape: Tape, series: pl.Series) -> Read | str:
    """Return a column as it will be read, or why it is not."""
    kind = tape.said.get(series.name, {}).get("kind")
    if series.null_count() == len(series):
        return "it is empty"
    if series.dtype.is_temporal():
        return _date(tape, series)
    if series.dtype == pl.String and kind != "category":
        number = series.str.strip_chars().replace("", None).cast(pl.Float64, strict=False)
        if number.count() >= _TEXT_NUMBERS * series.count():
            series = number
    if series.dtype == pl.String or series.dtype in (pl.Categorical, pl.Enum) or kind == "category":
        return _category(series)
    if series.dtype.is_numeric() or series.dtype == pl.Boolean:
        return _number(tape, series)
    return f"its type {series.dtype} is neither number, text, flag nor date"


def _date(tape: Tape, series: pl.Series) -> Read | str:
    """Take a date as years from the loan's own time, which must be a date then."""
    if tape.time is None or not tape.calendar or (tape.time % 1 == 0).all():
        return "dates do not recur; give its distance to the loan's date as a number"
    column = years(series)
    if _rank_correlation(column, tape.time) >= _CLOCK:
        return "it only tells when the loan was made"
    low, high = float(np.nanmin(column)) - 50, float(np.nanmax(column)) + 50
    feature = Feature(series.name, unit=DATE_UNIT, low=low, high=high, missing=Missing.LEARNED)
    return Read(feature, column)


def _category(series: pl.Series, digits: int = 0) -> Read | str:
    """Take texts as levels; what is nearly all different is an id."""
    column = texts(series, digits)
    there = column[column != ""]
    levels, counts = np.unique(there, return_counts=True)
    if len(levels) > _ID_LEVELS and len(levels) > _ID_SHARE * len(there):
        return f"it looks like an id ({len(levels)} different texts)"
    if len(levels) == 1 and len(there) == len(column):
        return "it is the same in every row"
    typical = str(levels[np.argmax(counts)])
    held = tuple(levels[counts >= LEAST_ROWS].tolist()) or (typical,)
    feature = Feature(
        series.name, Kind.CATEGORY, levels=held, typical=typical, missing=Missing.LEARNED
    )
    return Read(feature, column, digits)


LEAST_ROWS = 5
"""A level of fewer rows is taken as other: it tells of single borrowers, not of the level."""


def _number(tape: Tape, series: pl.Series) -> Read | str:
    """Take numbers with the range that they can have, unless they only tell the time."""
    column = floats(series)
    there = column[~np.isnan(column)]
    if len(there) == 0 or (there.min() == there.max() and len(there) == len(column)):
        return "it is the same in every row"
    whole = bool((there % 1 == 0).all())
    distinct = len(np.unique(there))
    if whole and distinct == len(column) > _SAFE_ROWS and np.ptp(there) < 3 * len(column):
        return "it looks like a running number"
    if tape.time is not None and abs(_rank_correlation(column, tape.time)) >= _CLOCK:
        return "it only tells when the loan was made"
    if whole and _YEARS[0] <= there.min() and there.max() <= _YEARS[1] and distinct > 1:
        return "it looks like years of the calendar, which do not recur; give an age instead"
    if whole and (digits := _code(there, distinct)):
        return _category(series, digits)
    return Read(_ranged(series.name, column), column)


def _ranged(name: str, column: Floats) -> Feature:
    """Return the rule of a number: what it can be, what was seen, what a missing one means.

    It can be ten spans beyond what was seen, or a thousand times its size where its tail is long
    (span over three times that of the middle 98 %); counts and money are not below nought where
    they never were.
    """
    there = column[~np.isnan(column)]
    least, most = float(there.min()), float(there.max())
    p1, typical, p99 = np.quantile(there, (0.01, 0.5, 0.99)).tolist()
    span = most - least
    if set(np.unique(there)) <= {0.0, 1.0}:
        low, high = 0.0, 1.0
    elif len(there) >= _SURE_ROWS and span <= _HEAVY * (p99 - p1):
        low, high = least - _SPANS * span, most + _SPANS * span
    else:
        far = _FAR * max(abs(least), abs(most))
        low, high = -far, far
    if least >= 0.0 and len(there) >= _SAFE_ROWS and _counts_or_money(there):
        low = 0.0
    missing = Missing.LEARNED if len(there) < len(column) else Missing.REFUSE
    return Feature(
        name, low=low, high=high, seen_low=least, seen_high=most, typical=typical, missing=missing
    )


def _counts_or_money(there: Floats) -> bool:
    """Whether all numbers are whole, or have two decimals."""
    cents = there * 100
    return bool(np.allclose(cents, np.round(cents), rtol=0.0, atol=1e-6))


def _code(there: Floats, distinct: int) -> int:
    """Return the digits of numbers that are a code, else 0.

    A code has many levels with several rows each, and either one number of digits and no round
    values (an industry code), or fills its range evenly (a postal code).
    """
    if distinct < _CODE_LEVELS or distinct * _CODE_ROWS > len(there) or there.min() < 0:
        return 0
    some = there[there > 0]
    digits = np.floor(np.log10(some)).astype(int) + 1
    width = int(np.median(digits))
    fixed = (digits == width).mean() >= _FIXED
    if fixed and width >= 3 and (some % 10 ** (width // 2) == 0).mean() < _ROUND:  # noqa: PLR2004 - from 100 on
        return width
    skew = abs(some.mean() - np.median(some)) / some.std()
    full = distinct / (np.ptp(some) + 1)
    return int(digits.max()) if some.max() >= _BIG and skew < _SKEW and full > _FULL else 0


_FIXED, _ROUND = 0.98, 0.5
_BIG, _SKEW, _FULL = 100, 0.3, 0.5


def _worded(read: Read, tape: Tape, *, gappy: bool) -> Read:
    """Put in what the user said of the column, and the rule of a table with many gaps.

    Where most number columns have gaps, a gap is a matter of course and is learned for all.
    """
    said = dict(tape.said.get(read.feature.name, {}))
    said.pop("kind", None)
    feature = replace(read.feature, **said)
    if feature.missing is Missing.REFUSE and gappy:
        feature = replace(feature, missing=Missing.LEARNED)
    return read._replace(feature=feature)


def _gappy(frame: pl.DataFrame) -> bool:
    """Whether most number columns have a missing value."""
    numbers = [column for column in frame if column.dtype.is_numeric()]
    gaps = [column.null_count() > 0 or bool(np.isnan(floats(column)).any()) for column in numbers]
    return sum(gaps) * 2 > len(gaps)


def _rank_correlation(column: Floats, time: Floats) -> float:
    """Spearman's rank correlation over the rows where both are there; 0 where that has none."""
    here = ~(np.isnan(column) | np.isnan(time))
    if here.sum() < LEAST_ROWS:
        return 0.0
    one, two = pl.Series(column[here]).rank().to_numpy(), pl.Series(time[here]).rank().to_numpy()
    if np.ptp(one) == 0 or np.ptp(two) == 0:
        return 0.0
    return float(np.corrcoef(one, two)[0, 1])
