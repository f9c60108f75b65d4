"""Scoring a table: every column checked first, then all rows at once, one answer a row in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.borrower.boosted import BorrowerFit, plain
from models.borrower.columns import Column, read_columns
from models.borrower.encoding import Coded, Encoder, Floats, View
from models.borrower.overlay import Overlay

if TYPE_CHECKING:
    import polars as pl

_MID_YEAR = (7, 1)


@dataclass(frozen=True, slots=True)
class Scored:
    """The answer for a table.

    Attributes:
        pd: probability of default, one for each row, in order.
        notes: what was taken though training had not seen it, in words.
    """

    pd: "pl.Series"
    notes: tuple[str, ...]


def score_frame(fit: Path, frame: "pl.DataFrame", overlay: Overlay | None = None) -> "pl.Series":
    """Return the PD of each row of `frame`, `[n]`, in order, under the name `pd`.

    Raises:
        Invalid: naming row, column and cure of what cannot be.
    """
    return scored_frame(BorrowerFit.read(fit), frame, overlay).pd


def scored_frame(fit: BorrowerFit, frame: "pl.DataFrame", overlay: Overlay | None = None) -> Scored:
    """Score a table; columns that the fit does not read are left aside.

    Args:
        fit: which scores.
        frame: the table.
        overlay: multiplies the odds by what it says of each row's date, which stands in the
            column of time that the fit was trained with; a bare year counts as 1 July.

    Raises:
        Invalid: naming row, column and cure of what cannot be.
    """
    import polars as pl  # noqa: PLC0415 - only who scores a table pays for the library

    columns, notes = read_columns(fit.fit, frame)
    pd = fit.pds(coded(fit.encoder, columns))
    if overlay is not None:
        pd = _overlaid(pd, frame, str(fit.fit.parameters.get("time", "")), overlay)
    return Scored(pl.Series("pd", pd), notes)


def coded(encoder: Encoder, columns: Mapping[str, Column]) -> Coded:
    """Code all rows for the steps of an encoder."""
    rows = len(next(iter(columns.values())))
    numbers = np.empty((rows, len(encoder.columns) + len(encoder.pairs)))
    for at, name in enumerate(encoder.columns):
        numbers[:, at] = columns[name]
    for at, (one, two) in enumerate(encoder.pairs, len(encoder.columns)):
        both = (columns[one] != "") & (columns[two] != "")
        numbers[:, at] = np.where(both, columns[one] == columns[two], np.nan)
    codes = np.empty((rows, len(encoder.views)), np.intp)
    for at, (view, places) in enumerate(zip(encoder.views, encoder.places, strict=True)):
        levels, rows_of = leveled(view, columns[view.column])
        found = [places.get(level, len(places)) for level in levels]
        codes[:, at] = np.array(found, np.intp)[rows_of]
    return Coded(numbers, codes)


def leveled(view: View, column: Column) -> tuple[list[str], NDArray[np.intp]]:
    """Return the distinct levels of a view of a column, and each row's place among them."""
    import polars as pl  # noqa: PLC0415 - see scored_frame

    held = pl.Series(column.tolist(), dtype=pl.String)
    distinct = held.unique(maintain_order=True)
    place = held.replace_strict(distinct, pl.int_range(len(distinct), eager=True)).to_numpy()
    return [view.level(text) for text in distinct.to_list()], place.astype(np.intp)


def _overlaid(pd: Floats, frame: "pl.DataFrame", time: str, overlay: Overlay) -> Floats:
    """Multiply the odds by what the overlay says of each row's date."""
    if not time:
        cure = "score without it, or train with --time"
        raise invalid("overlay", "needs a date for each row, and the fit knows none", cure)
    if time not in frame.columns:
        cure = "add the column of dates that the fit was trained with"
        raise invalid(time, "is no column of the table, and the overlay needs it", cure)
    days = frame[time].to_list()
    known = {day: overlay.at(_day(day, time)) for day in dict.fromkeys(days)}
    return np.array([known[day].pd(p) for day, p in zip(days, pd.tolist(), strict=True)])


def _day(value: Any, time: str) -> date:
    """Return the date that a value of the column of time stands for."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    year = plain(value)
    if isinstance(year, str):
        try:
            return date.fromisoformat(year.strip()[:10])
        except ValueError:
            raise invalid(time, f"{value!r} is no date", "write it as 2026-01-31") from None
    if not isinstance(year, int | float) or not date.min.year <= year <= date.max.year:
        raise invalid(time, f"{value!r} is no date or year", "give a date, or a year")
    return date(int(year), *_MID_YEAR)
