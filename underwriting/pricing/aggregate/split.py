"""Which kind of event has which part of what a year costs.

The year pays g(S) of S = S_1 + ... + S_k. Kind i bears the part of g(S) that it has in S:

    E[g(S) S_i / S] = sum over s of g(s) / s x E[S_i; S = s]

which adds up to E g(S) whatever the terms, is nought for a kind that never pays, and equals the
kind's own mean x share where no aggregate bites. It is exact on the lattice; above it, where the
aggregate limit is paid in full, what is paid is parted by E[S_i; S above] / E[S; S above], a
payment counted at most as what fills the year.
"""

import numpy as np

from underwriting.pricing.aggregate.kinds import Year
from underwriting.pricing.aggregate.terms import CoverTerms


def split_of(year: Year, terms: CoverTerms, lost: float) -> list[float]:
    """Return each kind's part of the mean, minor units; `lost` is the chance above the grid."""
    step = year.grid.step
    amounts = np.asarray(step * np.arange(1, year.grid.points), float)
    paid = terms.year(amounts)
    inside = [year.part(which)[1:] for which in range(len(year.kinds))]
    beyond = [
        max(0.0, kind.mean(step) - float(part.sum()))
        for kind, part in zip(year.kinds, inside, strict=True)
    ]
    left = lost * float(terms.year(amounts[-1])) / sum(beyond) if sum(beyond) > 0 else 0.0
    return [
        float(part @ (paid / amounts)) + left * rest
        for part, rest in zip(inside, beyond, strict=True)
    ]
