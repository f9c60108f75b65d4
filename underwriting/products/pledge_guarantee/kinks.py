"""Where the sharing of a recovery bends, and what the issuer pays and gets back there."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernel.money import round_half_up
from kernel.sharing import Loss, Recovery
from kernel.sharing.scheme import RecoveryRule
from underwriting.pricing.expected_loss import Default, Sharing
from underwriting.product import Rated

Grid = NDArray[np.float64]


class Owed(NamedTuple):
    """What is owed at a default of each month, and how it is shared.

    Attributes:
        losses: of each month.
        shares: of the issuer; it remembers, for months and laws share the same losses.
    """

    losses: Sequence[Loss]
    shares: Sharing


class Kinks(NamedTuple):
    """A recovery is given back by a rule that is straight between these points.

    Attributes:
        points: nothing, each tranche repaid from the last, all; minor units, rising,
            `[n_months, n_kinks]`.
        owed: the losses.
        net: the same points as whole numbers.
    """

    points: Grid
    owed: Owed
    net: Sequence[tuple[int, ...]]

    @property
    def whole(self) -> Grid:
        """All that is shared, `[n_months]`."""
        return self.points[:, -1]

    def shared(self, cost_rate: float) -> tuple[list[int], list[list[int]]]:
        """Return what the issuer pays in each month, and what it gets back at each kink.

        Args:
            cost_rate: of the sale that leaves so much, per 1 of its proceeds.
        """
        known: dict[Loss, tuple[int, list[int]]] = {}
        for loss, points in zip(self.owed.losses, self.net, strict=True):
            if loss not in known:
                at = [self.owed.shares.of(Default(loss, _sold(n, cost_rate))) for n in points]
                known[loss] = at[0][0], [given for _, given in at]
        shared = [known[loss] for loss in self.owed.losses]
        return [paid for paid, _ in shared], [given for _, given in shared]


def kinks_of(basis: Rated, owed: Owed) -> Kinks:
    """Return the kinks of each month; all months have as many, the last one repeated.

    Raises:
        Invalid: the scheme needs a fact that is missing.
    """
    known: dict[Loss, tuple[int, ...]] = {}
    for loss in owed.losses:
        if loss not in known:
            borne = [sum(tranche.values()) for tranche in owed.shares.split(loss).borne]
            if basis.scheme.recovery is RecoveryRule.PRO_RATA:
                borne = [sum(borne)]
            known[loss] = (0, *accumulate(reversed(borne)))
    most = max(map(len, known.values()))
    filled = {loss: (*one, *[one[-1]] * (most - len(one))) for loss, one in known.items()}
    net = [filled[loss] for loss in owed.losses]
    return Kinks(np.array(net, dtype=float), owed, net)


@lru_cache(maxsize=1024)
def _sold(net: int, cost_rate: float) -> Recovery:
    """Return proceeds and costs that leave `net`, minor units."""
    costs = round_half_up(Fraction(net * cost_rate / (1.0 - cost_rate)))
    return Recovery(net + costs, costs)
