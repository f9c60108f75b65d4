"""What is paid on one claim: retention, coinsurance, sublimit, limit, in that order.

Amounts are arrays of one shape, in minor units as floats; the same steps serve the price (many
ways a suit may fall out at once) and a single claim.

1. retention: the insured bears the first `retention` of the claim, taken from defence cost in
   the order pre-suit, first instance, invalidation, appeal, and then from damages;
2. coinsurance: of the rest the insured bears `copay`;
3. sublimit: what is left of each stage is cut at its cap; then what is left of an NPE suit, cost
   before damages, at the NPE sublimit;
4. limit: inside, cost and damages together are cut at the limit, cost being paid before damages;
   outside, each is cut at the limit on its own.

The aggregate and the issuer's share follow over all claims of the period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

STAGES = ("pre_suit", "first_instance", "invalidation", "appeal")
"""Stages of defence cost, in the order in which they bear the retention."""


class Pair(NamedTuple):
    """Defence cost and damages of claims, arrays of one shape."""

    cost: FloatArray
    damages: FloatArray

    @property
    def total(self) -> FloatArray:
        """Both together."""
        return np.asarray(self.cost + self.damages)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuitTerms:
    """Terms of one claim; amounts in minor units.

    Attributes:
        retention: the insured bears first.
        copay: of the rest, per 1.
        caps: of each stage in the order of `STAGES`; infinite where the policy states none.
        sublimit: of the whole claim; infinite where the policy states none.
        limit: any one claim.
        inside: whether defence cost erodes the limit.
    """

    retention: float
    copay: float
    caps: tuple[float, float, float, float] = (inf, inf, inf, inf)
    sublimit: float = inf
    limit: float
    inside: bool

    def steps(self, stages: Sequence[FloatArray], damages: FloatArray) -> tuple[Pair, ...]:
        """Return what is left after each step: ground up, then the four steps above.

        Args:
            stages: defence cost by stage, in the order of `STAGES`.
            damages: damages or settlement.
        """
        parts = [*stages, damages]
        whole = Pair(np.asarray(sum(stages)), damages)
        left = self._above_retention(parts)
        after_retention = Pair(np.asarray(sum(left[:-1])), left[-1])
        shared = [(1.0 - self.copay) * part for part in left]
        after_copay = Pair(np.asarray(sum(shared[:-1])), shared[-1])
        capped = [np.minimum(part, cap) for part, cap in zip(shared, self.caps, strict=False)]
        after_caps = _cut(Pair(np.asarray(sum(capped)), shared[-1]), self.sublimit)
        return whole, after_retention, after_copay, after_caps, self._limited(after_caps)

    def paid(self, stages: Sequence[FloatArray], damages: FloatArray) -> Pair:
        """Return what is paid before aggregate and share.

        >>> terms = SuitTerms(retention=20.0, copay=0.1, limit=1000.0, inside=True)
        >>> nothing = np.zeros(1)
        >>> float(terms.paid([nothing, np.array([500.0]), nothing, nothing], nothing).total[0])
        432.0
        """
        return self.steps(stages, damages)[-1]

    def _above_retention(self, parts: Sequence[FloatArray]) -> list[FloatArray]:
        left, before = [], np.zeros_like(parts[0])
        reached = np.zeros_like(parts[0])
        for part in parts:
            reached = reached + part
            after = np.maximum(reached - self.retention, 0.0)
            left.append(after - before)
            before = after
        return left

    def _limited(self, pair: Pair) -> Pair:
        if self.inside:
            return _cut(pair, self.limit)
        return Pair(np.minimum(pair.cost, self.limit), np.minimum(pair.damages, self.limit))


def _cut(pair: Pair, most: float) -> Pair:
    """Cut cost and damages together at `most`, cost being paid first."""
    cost = np.minimum(pair.cost, most)
    return Pair(cost, np.minimum(pair.damages, np.maximum(most - cost, 0.0)))
