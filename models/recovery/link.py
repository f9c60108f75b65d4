"""The wrong-way link between the borrower, the right and its value.

Two things go against the lender at once. The event that kills the key right strikes the
borrower too: its default hazard rises by a multiple, and the loss given default goes to a stated
level. And the value of IP falls with its owner: the default time and the log value are joined by
a Gaussian copula. Published priors (H8, judgement): multiple 1.5, loss 0.95, rank correlation
0.3. Each can be replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import asin, inf, pi, sin
from statistics import NormalDist
from typing import Self

from kernel.errors import invalid
from models.priors import Prior, PriorTable
from models.recovery.laws import phi

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Link:
    """How the borrower's default hangs on its rights.

    Attributes:
        pd_multiple: default hazard with the key right dead over that with it alive, above zero.
        lgd_when_dead: loss given default with the key right dead, per 1 of exposure; None leaves
            what the other rights fetch.
        rank_correlation: Spearman's, of value and time to default; above -1 and below 1.
        keeps_marginal: True reads the borrower's curve as its whole default probability, and
            lowers the hazard with the right alive until the sum is the curve again; False reads
            it as the hazard with the right alive, and the whole rises.
        enumerated: so many of the most valuable rights strike the borrower, 1 to 5; one is the
            key right. With more, the multiple goes from 1 to `pd_multiple` with the part of
            their value that is dead. The rest are pooled: they die, and strike nobody.
        priors: the figures that it rests on.
    """

    pd_multiple: float = 1.0
    lgd_when_dead: float | None = None
    rank_correlation: float = 0.0
    keeps_marginal: bool = True
    enumerated: int = 1
    priors: tuple[Prior, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.pd_multiple < inf:
            raise invalid("link.pd_multiple", f"is {self.pd_multiple:g}", "give one above zero")
        if self.lgd_when_dead is not None and not 0 <= self.lgd_when_dead <= 1:
            raise invalid("link.lgd_when_dead", f"is {self.lgd_when_dead:g}", "give 0 to 1")
        if not -1 < self.rank_correlation < 1:
            problem = f"is {self.rank_correlation:g}"
            raise invalid("link.rank_correlation", problem, "give one between -1 and 1")
        if not 1 <= self.enumerated <= MOST:
            raise invalid("link.enumerated", f"is {self.enumerated}", f"give 1 to {MOST}")

    @classmethod
    def of(cls, table: PriorTable) -> Self:
        """Take the published figures of `table` (see `recovery_table`)."""
        names = ("pd_multiple_on_invalidity", "lgd_on_invalidity", "value_default_rank_correlation")
        rows = tuple(table.find(name, "key_right") for name in names)
        multiple, loss, correlation = rows
        return cls(multiple.value, loss.value, correlation.value, priors=rows)

    def tilts(self, cumulative: Sequence[float], spread: float) -> list[float]:
        """Return E[value | default in month m] / E[value] for each month.

        Args:
            cumulative: borrower's default probability by month 0, 1, ..., n, per 1.
            spread: log standard deviation of the value.

        The default time is T = F^-1(Phi(A)), ln value = mu + spread Z, corr(A, Z) = rho. With
        c = Phi^-1(F): (Phi(c_m - rho s) - Phi(c_{m-1} - rho s)) / (F_m - F_{m-1}). A month
        without default has 1.
        """
        shift = gaussian_correlation(self.rank_correlation) * spread
        if shift == 0:
            return [1.0] * (len(cumulative) - 1)
        moved = [phi(score - shift) for score in _scores(tuple(cumulative))]
        return [
            (after - before) / (end - start) if end > start else 1.0
            for (start, end), (before, after) in zip(
                pairwise(cumulative), pairwise(moved), strict=True
            )
        ]


MOST = 5
"""So many rights can be enumerated: two to the power of them are the states."""


def gaussian_correlation(rank: float) -> float:
    """Return the correlation of the Gaussian copula with this Spearman rank correlation.

    2 sin(pi rank / 6).

    >>> round(gaussian_correlation(0.3), 4)
    0.3129
    """
    return 2.0 * sin(pi * rank / 6.0)


def rank_correlation(gaussian: float) -> float:
    """Return Spearman's rank correlation of a Gaussian copula: 6 / pi asin(rho / 2)."""
    return 6.0 / pi * asin(gaussian / 2.0)


def tilted_mean(mean: float, spread: float, default: float, rank: float) -> float:
    """Return E[value | default within the horizon] of a lognormal value.

    mean x Phi(Phi^-1(PD) - rho spread) / PD, PD in (0, 1]: the tilt of one period.

    >>> tilted_mean(100.0, 0.5, 0.025, 0.0)
    100.0
    """
    shift = gaussian_correlation(rank) * spread
    return mean if shift == 0 else mean * phi(_score(default) - shift) / default


@lru_cache(maxsize=64)
def _scores(probabilities: tuple[float, ...]) -> tuple[float, ...]:
    """Solve once for a borrower; every right of a loan asks, at more than one spread."""
    return tuple(map(_score, probabilities))


def _score(probability: float) -> float:
    if probability <= 0:
        return -inf
    return inf if probability >= 1 else _NORMAL.inv_cdf(probability)
