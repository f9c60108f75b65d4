"""What is asked of a list of claims, and the losses that it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray
from models.training.severity.losses import Losses
from models.training.severity.pairs import Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSeverity:
    """What is asked of a list of claims.

    Attributes:
        loss: column of the loss from the ground up; at its limit where it reached that.
        limit: column of policy limits, counted from the ground.
        deductible: column of deductibles; claims up to them are not in the list.
        cost: column of defence cost.
        currency: of all amounts, three letters.
        made_on: business date of the training, `YYYY-MM-DD`.
        no_limit_where_missing: whether an empty limit means that there was none; unless said
            so, an empty limit is refused.
        name: of the fit.
        tape: what the list is: file, sha256 and so on.
    """

    loss: str
    limit: str | None = None
    deductible: str | None = None
    cost: str | None = None
    currency: str
    made_on: str
    no_limit_where_missing: bool = False
    name: str = "severity"
    tape: Mapping[str, Any] = field(default_factory=dict)


def losses_of(frame: pl.DataFrame, asked: AskedSeverity) -> Losses:
    """Return the losses of the frame, censored at their limits and cut at their deductibles."""
    amounts = _column(frame, asked.loss)
    hidden = _column(frame, asked.deductible) if asked.deductible else 0.0
    if asked.limit is None:
        return Losses.of(amounts, deductible=hidden)
    empty = np.inf if asked.no_limit_where_missing else None
    return Losses.under_limits(amounts, _column(frame, asked.limit, empty), deductible=hidden)


def _column(frame: pl.DataFrame, name: str, empty: float | None = None) -> FloatArray:
    if name not in frame.columns:
        raise invalid(name, "is no column of the list", f"use one of {', '.join(frame.columns)}")
    try:
        column = frame[name].cast(pl.Float64)
    except pl.exceptions.InvalidOperationError:
        raise invalid(name, "holds what is no number", "mend these rows") from None
    if empty is not None:
        column = column.fill_null(empty)
    if column.null_count():
        problem = f"is missing in {column.null_count()} rows"
        raise invalid(name, problem, "fill them, or say what a missing value means")
    return np.asarray(column.to_numpy(), float)


def pairs_of(frame: pl.DataFrame, asked: AskedSeverity, losses: Losses) -> Pairs | None:
    """Return the losses with their costs, where a column of cost was asked for."""
    return Pairs(losses, _column(frame, asked.cost)) if asked.cost is not None else None
