"""What a default fit is asked to learn, and the tape read for it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from kernel.errors import invalid
from models.borrower.columns import floats, years
from models.borrower.encoding import Floats
from models.tape import need

LEAST_DEFAULTS, THIN = 30, 100
"""Below the first nothing is trained; below the second only the scorecard is."""
_EARLIEST, _LATEST = 1900.0, 2200.0


@dataclass(frozen=True, slots=True)
class DefaultAsked:
    """What a user asks for.

    Attributes:
        target: column that says who defaulted: 1 or 0, true or false.
        time: column of dates, years or months (200301) of the loan: splits are forward in it.
        weights: column of sampling weights: every rate, fit and figure uses them.
        drop: columns that are not to be read.
        monotone: column -> +1 (risk may only rise with it) or -1.
        features_file: TOML with a table `[columns.NAME]` for each column that the user has more
            to say of: `unit`, `low`, `high`, `monotone`, `en`, `zh`, `kind`.
        seed: of all that is drawn.
        made_on: business date of the training, `YYYY-MM-DD`.
        tape: what the rows come from: `file`, `sha256`, `command`.
        name: of the fit.
    """

    target: str
    time: str | None = None
    weights: str | None = None
    drop: tuple[str, ...] = ()
    monotone: Mapping[str, int] = field(default_factory=dict)
    features_file: Path | None = None
    seed: int = 20260101
    made_on: str = "1970-01-01"
    tape: Mapping[str, Any] = field(default_factory=dict)
    name: str = "default"


class Tape(NamedTuple):
    """A tape, checked.

    Attributes:
        frame: the columns that may be features.
        outcome: 1 for a default, else 0, `[n]`.
        weights: sampling weights, above nought, `[n]`.
        time: in years where `calendar`, else as given; None without a column of time, `[n]`.
        calendar: whether time counts years of the calendar.
        said: what the user said of columns, by name.
        time_name: of the column of time.
    """

    frame: pl.DataFrame
    outcome: Floats
    weights: Floats
    time: Floats | None
    calendar: bool
    said: Mapping[str, Mapping[str, Any]]
    time_name: str | None = None

    @property
    def defaults(self) -> int:
        """Rows that defaulted, not weighted."""
        return int(self.outcome.sum())


def read_asked(frame: pl.DataFrame, asked: DefaultAsked) -> Tape:
    """Read the tape as it is asked for.

    Raises:
        Invalid: a column is not there or not what it should be, or there are too few defaults.
    """
    need(frame, [asked.target], "--target")
    need(frame, [asked.time] if asked.time else [], "--time")
    need(frame, [asked.weights] if asked.weights else [], "--weights")
    need(frame, asked.drop, "--drop")
    outcome = _outcome(frame[asked.target])
    fewer = int(min(outcome.sum(), (1 - outcome).sum()))
    if fewer < LEAST_DEFAULTS:
        problem = f"has {fewer} rows of its rarer outcome; a fit needs {LEAST_DEFAULTS}"
        raise invalid(asked.target, problem, "pool more years or lenders, or use a published grade")
    weights = _weights(frame[asked.weights]) if asked.weights else np.ones(frame.height)
    time, calendar = time_of(frame[asked.time]) if asked.time else (None, False)
    apart = {asked.target, asked.time, asked.weights, *asked.drop}
    kept = frame.drop([name for name in frame.columns if name in apart])
    return Tape(kept, outcome, weights, time, calendar, _said(asked, kept), asked.time)


def time_of(series: pl.Series) -> tuple[Floats, bool]:
    """Return time `[n]`, and whether it counts years of the calendar.

    Dates and ISO texts become years with their fraction, as do numbers such as 200301.

    Raises:
        Invalid: a time is missing, or cannot be read.
    """
    if series.dtype == pl.String:
        read = series.str.strip_chars().str.slice(0, 10).str.to_date(strict=False)
        series = series.cast(pl.Float64, strict=False) if read.is_null().all() else read
    if not (series.dtype.is_temporal() or series.dtype.is_numeric()):
        raise invalid("--time", f"{series.name} is of type {series.dtype}", "name dates or years")
    time = years(series) if series.dtype.is_temporal() else floats(series)
    gaps = np.flatnonzero(np.isnan(time))
    if len(gaps):
        problem = (
            f"{series.name} is missing or no date in {len(gaps)} rows, first row {gaps[0] + 1}"
        )
        raise invalid("--time", problem, "write it as 2026-01-31, or leave those rows out")
    months = time % 100
    if ((time > _EARLIEST * 100) & (time < _LATEST * 100) & (months >= 1) & (months <= 12)).all():  # noqa: PLR2004 - of a year
        time = time // 100 + (months - 1) / 12
    return time, bool((time >= _EARLIEST).all() and (time <= _LATEST).all())


def _outcome(series: pl.Series) -> Floats:
    """Read the target: 1 or 0 in every row."""
    if series.dtype == pl.String:
        series = series.str.strip_chars().cast(pl.Float64, strict=False)
    if not (series.dtype.is_numeric() or series.dtype in (pl.Boolean, pl.Null)):
        raise invalid(series.name, f"is of type {series.dtype}", "write 1 for a default, else 0")
    outcome = floats(series)
    wrong = np.flatnonzero(~np.isin(outcome, (0.0, 1.0)))
    if len(wrong):
        problem = f"is neither 0 nor 1 in {len(wrong)} rows, first row {wrong[0] + 1}"
        raise invalid(series.name, problem, "write 1 for a default, else 0; leave open loans out")
    return outcome


def _weights(series: pl.Series) -> Floats:
    """Read sampling weights: above nought in every row."""
    if not series.dtype.is_numeric():
        raise invalid(series.name, f"is of type {series.dtype}", "give numbers above nought")
    weights = floats(series)
    wrong = np.flatnonzero(~(weights > 0.0))
    if len(wrong):
        problem = f"is missing or not above nought in {len(wrong)} rows, first row {wrong[0] + 1}"
        raise invalid(series.name, problem, "give each row the number of loans it stands for")
    return weights


_WORDS = {"unit", "low", "high", "monotone", "en", "zh", "kind"}


def _said(asked: DefaultAsked, frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Join what the file of columns says and the declared signs; unknown names are refused."""
    said: dict[str, dict[str, Any]] = {}
    if asked.features_file is not None:
        try:
            read = tomllib.loads(asked.features_file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise invalid("features file", f"cannot be read: {error}", "give UTF-8 TOML") from None
        said = {name: dict(words) for name, words in dict(read.get("columns", {})).items()}
    need(frame, said, "features file")
    need(frame, asked.monotone, "monotone")
    for name, words in said.items():
        if unknown := sorted(words.keys() - _WORDS):
            cure = f"use {', '.join(sorted(_WORDS))}"
            raise invalid(f"columns.{name}.{unknown[0]}", "is unknown", cure)
    for name, sign in asked.monotone.items():
        said.setdefault(name, {})["monotone"] = sign
    for name, words in said.items():
        if words.get("monotone", 0) not in (-1, 0, 1):
            raise invalid(f"monotone.{name}", f"{words['monotone']!r}", "give 1, 0 or -1")
    return said
