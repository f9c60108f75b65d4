"""What a fit of loss given default is asked to read, and the losses that the tape then holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kernel.errors import invalid
from models.tape import need

Floats = NDArray[np.float64]
Dates = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class LgdAsk:
    """Which columns hold what.

    Attributes:
        loss: amount lost, net of what came back.
        exposure: amount that the loss is a part of.
        approved: date of the loan.
        known: date on which the loss was known; before it, nobody could learn from it.
        features: columns known at approval.
        made_on: business date of the training, `YYYY-MM-DD`.
        tape: what the rows come from: file, sha256, command and so on.
        default: flag of the rows that defaulted; empty where all did.
        weight: weight of a row; empty weighs each as one.
        splits: dates at which a forecast is made and then held against later loans.
        horizon_years: loans of so many years after a split are its test.
        floor: least number of losses on either side of a split.
    """

    loss: str
    exposure: str
    approved: str
    known: str
    features: tuple[str, ...]
    made_on: str
    tape: Mapping[str, Any]
    default: str = ""
    weight: str = ""
    splits: tuple[date, ...] = ()
    horizon_years: int = 3
    floor: int = 100


class Losses(NamedTuple):
    """Losses of defaulted loans.

    Attributes:
        lgd: loss over exposure, cut to 0 to 1, `[n]`.
        weight: `[n]`, mean 1.
        approved: `[n]`.
        known: `[n]`.
        frame: feature columns of the same rows.
        counts: rows left out and cut, by reason.
    """

    lgd: Floats
    weight: Floats
    approved: Dates
    known: Dates
    frame: pl.DataFrame
    counts: dict[str, int]

    def at(self, here: NDArray[np.bool_]) -> "Losses":
        """Return the rows where `here` is true."""
        return Losses(
            self.lgd[here],
            self.weight[here],
            self.approved[here],
            self.known[here],
            self.frame.filter(pl.Series(here)),
            self.counts,
        )

    @property
    def mean(self) -> float:
        """Weighted mean loss."""
        return float(np.average(self.lgd, weights=self.weight))


def losses_of(frame: pl.DataFrame, ask: LgdAsk) -> Losses:
    """Read the losses: loss / exposure of each defaulted row, below 0 taken as 0, above 1 as 1.

    A row without a positive exposure, a loss, or the date on which the loss was known is left
    out and counted: nothing can be learned from it at any date.

    Raises:
        Invalid: a column is not there, or fewer than `ask.floor` losses are left.
    """
    columns = [ask.loss, ask.exposure, ask.approved, ask.known, *ask.features]
    need(frame, [*columns, *filter(None, (ask.default, ask.weight))], "columns")
    rows = frame.filter(pl.col(ask.default) == 1) if ask.default else frame
    bare = pl.col(ask.exposure).is_null() | (pl.col(ask.exposure) <= 0)
    blank = pl.any_horizontal(pl.col(ask.loss, ask.approved, ask.known).is_null())
    marked = rows.with_columns(
        (pl.col(ask.loss) / pl.col(ask.exposure)).alias("_lgd"), bare.alias("_bare")
    )
    kept = marked.filter(~bare & ~blank)
    if kept.height < ask.floor:
        cure = "give a tape with more defaults whose loss is known"
        raise invalid("loss", f"is known for {kept.height} defaults alone", cure)
    raw = kept["_lgd"].to_numpy().astype(float)
    weight = kept[ask.weight].to_numpy().astype(float) if ask.weight else np.ones(len(raw))
    counts = {
        "defaults": rows.height,
        "without_exposure": int(marked["_bare"].sum()),
        "without_loss_or_dates": marked.filter(~bare).height - kept.height,
        "cut_to_one": int((raw > 1).sum()),
        "cut_to_nought": int((raw < 0).sum()),
    }
    return Losses(
        np.clip(raw, 0.0, 1.0),
        weight / weight.mean(),
        kept[ask.approved].cast(pl.Date).to_numpy(),
        kept[ask.known].cast(pl.Date).to_numpy(),
        kept.select(ask.features),
        counts,
    )
