"""Losses as they are seen through policies: cut off by limits, unseen below deductibles."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses of one kind, each array `[n]`, major units of one currency.

    Attributes:
        amount: loss from the ground up, above zero; where it is censored, the limit that it
            reached.
        censored: whether the loss is only known to be at least `amount`.
        unseen_below: deductible: a loss up to it would not be in the list; nought for none.
        weight: how many losses a row stands for, above zero.
    """

    amount: FloatArray
    censored: BoolArray
    unseen_below: FloatArray
    weight: FloatArray

    @classmethod
    def of(
        cls,
        amount: ArrayLike,
        *,
        censored: ArrayLike | None = None,
        deductible: ArrayLike = 0.0,
        weight: ArrayLike = 1.0,
    ) -> Self:
        """Check and keep.

        Raises:
            Invalid: a figure is no number, a loss is not above zero, or one lies at or below its
                deductible.
        """
        amounts = np.atleast_1d(np.asarray(amount, float))
        shape = amounts.shape
        hidden = np.broadcast_to(np.asarray(deductible, float), shape)
        weights = np.broadcast_to(np.asarray(weight, float), shape)
        flags = np.broadcast_to(np.asarray(False if censored is None else censored, bool), shape)
        _refuse(~(np.isfinite(amounts) & (amounts > 0)), "amount", "is not above zero")
        _refuse(~(np.isfinite(hidden) & (hidden >= 0)), "deductible", "is no amount from zero up")
        _refuse(~(np.isfinite(weights) & (weights > 0)), "weight", "is not above zero")
        below = "is not above its deductible: such a loss would not be in the list"
        _refuse(hidden >= amounts, "amount", below)
        return cls(amounts, flags, hidden, weights)

    @classmethod
    def under_limits(
        cls, amount: ArrayLike, limit: ArrayLike, *, deductible: ArrayLike = 0.0
    ) -> Self:
        """Take ground-up losses and policy limits (`inf`: none): from the limit on, censored.

        The limit counts from the ground, as the loss does.
        """
        losses, limits = np.asarray(amount, float), np.asarray(limit, float)
        _refuse(np.isnan(np.broadcast_to(limits, losses.shape)), "limit", "is missing")
        held = np.minimum(losses, limits)
        return cls.of(held, censored=losses >= limits, deductible=deductible)

    @property
    def count(self) -> float:
        """Number of losses, by weight."""
        return float(self.weight.sum())

    def above(self, threshold: float) -> Self:
        """Return those above the threshold, which is then the least deductible."""
        here = self.amount > threshold
        hidden = np.maximum(self.unseen_below[here], threshold)
        return type(self)(self.amount[here], self.censored[here], hidden, self.weight[here])


def _refuse(wrong: BoolArray, field: str, problem: str) -> None:
    rows = np.flatnonzero(np.atleast_1d(wrong))
    if rows.size:
        where = f"row {int(rows[0]) + 1} {problem} ({rows.size} such rows)"
        raise invalid(field, where, "mend or leave out these rows")
