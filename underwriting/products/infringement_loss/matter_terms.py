"""The terms of one matter, applied in the order in which they are printed, on arrays.

Retention, coinsurance, sublimit by peril, limit; then, where it is agreed, the repayment out of
what the insured won. Retention and limit run through the perils in the order of payment.
"""

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np

from models.severity.laws.normal import FloatArray


class Paid(NamedTuple):
    """What each term leaves of the losses, `[n_perils, n]` each, minor units."""

    retention: FloatArray
    coinsurance: FloatArray
    sublimit: FloatArray
    limit: FloatArray


@dataclass(frozen=True, slots=True)
class MatterTerms:
    """Terms of any one matter; minor units.

    Attributes:
        covered: which of the perils are covered, in the order of payment.
        retention: borne by the insured first; 0 or more.
        copay: part of the rest that the insured bears, [0, 1).
        sublimits: by peril, infinite for none; as many as perils.
        limit: most that is paid, above 0.
        exempt: first part of a benefit in kind that is the insured's; None: nothing is repaid.
    """

    covered: tuple[bool, ...]
    retention: float
    copay: float
    sublimits: tuple[float, ...]
    limit: float
    exempt: float | None = None

    def covers(self, losses: FloatArray) -> FloatArray:
        """Return the losses under the perils that are covered, `[n_perils, n]`."""
        return np.where(np.array(self.covered)[:, None], losses, 0.0)

    def paid(self, losses: FloatArray) -> Paid:
        """Apply the terms of a matter to losses by peril, `[n_perils, n]`."""
        covered = self.covers(losses)
        above = covered - _first(covered, self.retention)
        shared = (1.0 - self.copay) * above
        held = np.minimum(shared, np.array(self.sublimits)[:, None])
        return Paid(above, shared, held, _first(held, self.limit))

    def repaid(self, paid: FloatArray, money: FloatArray, kind: FloatArray) -> FloatArray:
        """Return what comes back of payments `[n]` out of money and a benefit in kind."""
        if self.exempt is None:
            return np.zeros_like(paid)
        benefit = money + np.maximum(kind - self.exempt, 0.0)
        return np.minimum(paid, benefit)

    @property
    def repays(self) -> bool:
        """Whether anything is repaid at all."""
        return self.exempt is not None and self.exempt < inf


def _first(amounts: FloatArray, most: float) -> FloatArray:
    """Return the part of each amount within the first `most` of their running total."""
    upto = np.minimum(np.cumsum(amounts, axis=0), most)
    return np.diff(upto, axis=0, prepend=0.0)
