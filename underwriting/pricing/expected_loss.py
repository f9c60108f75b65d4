"""What a default means to one party of a scheme, and when its money moves.

What it pays and gets back come from the scheme's own `split` and `give_back`, so price, payment
and print share one definition. The sum over months is `underwriting.pricing.lost`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kernel.sharing import Facts, Loss, Recovery, Scheme, Split, Standing, give_back, split

Grid = NDArray[np.float64]

MONTHS_PER_YEAR = 12


class Curve(Protocol):
    """The borrower's default law, as far as pricing asks for it."""

    def default_between(self, start: float, end: float) -> float:
        """P(start < T <= end), years from today."""

    def stressed_default(self, years: float, quantile: float = 0.995) -> float:
        """Default probability within `years` in a bad state of the common factor."""

    def __hash__(self) -> int:
        """It never changes, so what was read off it can be kept."""


@dataclass(frozen=True, slots=True)
class Default:
    """What a default in one month would mean, in minor units.

    Attributes:
        loss: principal, interest and costs unpaid.
        recovery: proceeds and costs of selling the collateral.
    """

    loss: Loss
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Timing:
    """When money moves after a default.

    Attributes:
        to_claim_years: from default to payment of the claim.
        to_recovery_years: from default to the proceeds.
        discount_rate: continuously applied per year, (1 + rate)^-t.
    """

    to_claim_years: float
    to_recovery_years: float
    discount_rate: float

    def discounts(self, months: int) -> tuple[Grid, Grid]:
        """Value today of one unit at claim and at recovery, by month of default, `[n_months]`."""
        return _discounts(self, months)

    def discount(self, years: float) -> float:
        """Value today of one unit in `years`."""
        return float((1.0 + self.discount_rate) ** -years)


@dataclass(frozen=True, slots=True)
class MonthLoss:
    """One month's part of the expected loss; amounts in minor units.

    Attributes:
        month: counted from 1.
        default_probability: of a default in this month, seen from today.
        exposure: loss at default, all lines.
        paid: what the party pays under the scheme.
        given_back: what it is expected to get of the recovery.
        expected_loss: discounted, in minor units, a float.
        parts: of it, by branch; they sum to it. Empty where a month has no branches.
    """

    month: int
    default_probability: float
    exposure: int
    paid: int
    given_back: int
    expected_loss: float
    parts: tuple[float, ...] = ()

    @property
    def net(self) -> int:
        """What the party loses for good if the default falls in this month."""
        return self.paid - self.given_back


@lru_cache(maxsize=256)
def _discounts(timing: Timing, months: int) -> tuple[Grid, Grid]:
    ends = [(index + 1) / MONTHS_PER_YEAR for index in range(months)]
    waits = (timing.to_claim_years, timing.to_recovery_years)
    claim, recovery = (np.array([timing.discount(end + w) for end in ends]) for w in waits)
    return claim, recovery


class Sharing:
    """What one party pays of a default and gets back; each loss and default is shared once."""

    def __init__(self, scheme: Scheme, facts: Facts, party: str) -> None:
        """Share under `scheme` with the facts of the day."""
        self._scheme, self._facts, self._party = scheme, facts, party
        self._splits: dict[Loss, Split] = {}
        self._known: dict[Default, tuple[int, int]] = {}

    def split(self, loss: Loss) -> Split:
        """Return a loss shared.

        Raises:
            Invalid: a fact that the scheme needs is missing.
        """
        if loss not in self._splits:
            self._splits[loss] = split(self._scheme, loss, self._facts)
        return self._splits[loss]

    def of(self, default: Default) -> tuple[int, int]:
        """Return what the party pays and what it gets back, minor units."""
        if default not in self._known:
            shared = self.split(default.loss)
            back = give_back(self._scheme.recovery, Standing(shared.borne), default.recovery)
            self._known[default] = shared.paid_by(self._party), back.parts.get(self._party, 0)
        return self._known[default]
