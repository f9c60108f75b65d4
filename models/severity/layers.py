"""What a policy pays of a loss, and the prices that follow: layers, increased limits, credits.

Order, always: the retention comes off the loss, coinsurance takes its share of what is left, and
the limit is the most that is paid. In formulas pay = min(limit, share x max(loss - retention, 0)),
whose expectation is share x E of the loss between retention and retention + limit / share.
"""

from dataclasses import dataclass
from math import inf, isfinite, isnan

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.law import Law, positive
from models.severity.laws.normal import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Who bears what of one loss.

    Attributes:
        retention: what the insured bears first, major units, at least zero.
        limit: most that is paid on one loss, above zero; `math.inf` says in so many words that
            there is none, leaving it out says nothing and is refused.
        share: part of the loss above the retention that the insurer bears, within (0, 1];
            0.8 where the insured keeps a copay of 20 %.
    """

    retention: float
    limit: float
    share: float = 1.0

    def __post_init__(self) -> None:
        """Refuse terms that no policy can have."""
        if not (isfinite(self.retention) and self.retention >= 0):
            raise invalid("retention", f"is {self.retention}", "give an amount from zero up")
        if isnan(self.limit) or self.limit <= 0:
            raise invalid("limit", f"is {self.limit}", "give an amount above zero")
        if not 0 < self.share <= 1:
            raise invalid("share", f"is {self.share}", "give the insurer's share within (0, 1]")

    @property
    def top(self) -> float:
        """Loss from which on the limit is paid in full: retention + limit / share."""
        return self.retention + self.limit / self.share

    def payment(self, loss: ArrayLike) -> FloatArray:
        """What is paid of `loss`.

        >>> float(Terms(retention=100.0, limit=500.0, share=0.8).payment(300.0))
        160.0
        """
        excess = np.maximum(np.asarray(loss, float) - self.retention, 0.0)
        return np.minimum(self.share * excess, self.limit)


def expected_payment(law: Law, terms: Terms) -> float:
    """Expected payment per loss; infinite where mean and limit are."""
    return terms.share * float(law.between(terms.retention, terms.top))


def payment_square(law: Law, terms: Terms) -> float:
    """E[payment^2]: share^2 x (integral of 2 x S - 2 retention x integral of S)."""
    width = float(law.between(terms.retention, terms.top))
    square = float(law.squares_between(terms.retention, terms.top))
    return inf if square == inf else terms.share**2 * (square - 2 * terms.retention * width)


def layer(law: Law, limit: float, attachment: float) -> float:
    """Expected loss of the layer `limit` xs `attachment`, per loss."""
    return expected_payment(law, Terms(retention=attachment, limit=limit))


def increased_limit_factor(law: Law, limit: ArrayLike, base: float) -> FloatArray:
    """ILF = LEV(limit) / LEV(base), same shape as `limit`.

    >>> from models.severity import Lognormal
    >>> law = Lognormal.of_median(1_900_000, 2.43)  # US awards, published: 3.4
    >>> round(float(increased_limit_factor(law, 5e6, 1e6)), 1)
    3.4
    """
    positive("base", base)
    return law.lev(limit) / law.lev(base)


def loss_elimination_ratio(law: Law, deductible: float) -> float:
    """LEV(deductible) / E[X]: the part of all losses that a deductible takes away.

    Raises:
        Invalid: the mean is infinite, and so the ratio says nothing.
    """
    mean = law.mean()
    if not isfinite(mean):
        cure = "ask for the credit under a limit (`deductible_credit`), or cap the law"
        raise invalid("law", "has an infinite mean: no ratio of it is a number", cure)
    return float(law.lev(deductible)) / mean


def deductible_credit(law: Law, deductible: float, limit: float) -> float:
    """Credit on the price of a cover from the ground to `limit` for a deductible within it.

    1 - E between deductible and limit / LEV(limit) = LEV(deductible) / LEV(limit).

    Raises:
        Invalid: the deductible is not below the limit.
    """
    if not 0 <= deductible < limit:
        raise invalid("deductible", f"{deductible} is not below the limit {limit}", "lower it")
    return float(law.lev(deductible) / law.lev(limit))
