"""Loss given default of one loan as a distribution, from its exposure and what stands behind it.

What is got back is the sum of what the rights fetch, each a lognormal amount or nothing at all,
and of what other security gives, a beta part of the exposure. The sets of rights that sell are
enumerated; the sum of lognormals within a set is matched by one lognormal (Fenton and
Wilkinson); the beta goes in by Gauss nodes. What is left is a mixture with closed moments and an
atom at nought (all is got back) and one at whole loss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod, sqrt
from typing import NamedTuple, Self

from kernel.errors import invalid
from models.recovery.laws import BetaLaw, LogNormal
from models.recovery.pledge import Disposal, PledgedRight
from models.recovery.quadrature import Nodes, beta_nodes, increasing_root

_NODES = 10
_SETS = 6
"""So many sources are enumerated if nothing else is asked; the smaller ones are pooled."""


class Proceeds(NamedTuple):
    """What one source may give.

    Attributes:
        chance: that it gives anything.
        amount: net of costs if it does, in the unit of the exposure.
    """

    chance: float
    amount: LogNormal


class OtherSecurity(NamedTuple):
    """A guarantor or other collateral.

    Attributes:
        share: part of the exposure that it secures, above 0 to 1.
        loss: beta law of the loss on that part.
    """

    share: float
    loss: BetaLaw


class _Part(NamedTuple):
    """One component: with this weight, `sure` per 1 comes back, and `ratio` of the exposure.

    Without a ratio what comes back is that of the other security alone, kept as its own law.
    """

    weight: float
    sure: float
    ratio: LogNormal | None
    other: OtherSecurity | None = None


@dataclass(frozen=True, slots=True)
class LoanLoss:
    """Loss over exposure of one loan, per 1, given its default.

    Attributes:
        parts: components of the mixture.
    """

    parts: tuple[_Part, ...]

    @classmethod
    def of(
        cls,
        exposure: float,
        proceeds: Sequence[Proceeds],
        other: OtherSecurity | None = None,
        *,
        apart: int = _SETS,
    ) -> Self:
        """Build the law, with at most `apart` sources enumerated and the smaller ones pooled.

        Raises:
            Invalid: the exposure is not above zero.
        """
        if not exposure > 0:
            raise invalid("exposure", f"is {exposure:g}", "give the exposure at default")
        sources = [one for one in proceeds if one.chance > 0]
        nodes: Nodes = ((1.0, 0.0),)
        if other is not None:
            losses = beta_nodes(other.loss.a, other.loss.b, _NODES)
            nodes = tuple((weight, other.share * (1.0 - loss)) for weight, loss in losses)
        parts = []
        for chance, sold in _sets(_pooled(sources, apart)):
            if sold is None:
                parts.append(_Part(chance, 0.0, None, other))
            else:
                ratio = sold.scaled(1.0 / exposure)
                parts.extend(_Part(chance * weight, sure, ratio) for weight, sure in nodes)
        return cls(tuple(parts))

    @property
    def mean(self) -> float:
        """Expected loss over exposure."""
        return 1.0 - sum(part.weight * _got(part, 1) for part in self.parts)

    @property
    def sd(self) -> float:
        """Standard deviation of the loss over exposure."""
        square = sum(part.weight * _got(part, 2) for part in self.parts)
        return sqrt(max(0.0, square - (1.0 - self.mean) ** 2))

    def cdf(self, loss: float) -> float:
        """P(loss or less): nothing below 0, all at 1."""
        if loss < 0 or loss >= 1:
            return float(loss >= 1)
        return sum(part.weight * _reached(part, 1.0 - loss) for part in self.parts)

    @property
    def nothing_lost(self) -> float:
        """Chance that all is got back."""
        return self.cdf(0.0)

    @property
    def all_lost(self) -> float:
        """Chance that nothing is got back."""
        return sum(p.weight for p in self.parts if p.ratio is None and p.other is None)

    def quantile(self, p: float) -> float:
        """Return the loss that is not passed with chance p."""
        if p <= self.nothing_lost:
            return 0.0
        return 1.0 if p > 1.0 - self.all_lost else increasing_root(self.cdf, p, 0.0, 1.0)

    def matched(self) -> BetaLaw:
        """Return the beta law with the same mean and standard deviation."""
        return BetaLaw.of_moments(self.mean, self.sd)


def proceeds_of(
    rights: Sequence[PledgedRight], disposal: Disposal, sold: float, years: float
) -> list[Proceeds]:
    """Return what each right may give, net of costs, after a default `years` from today.

    Args:
        rights: with their values, spreads and lives.
        disposal: the forced sale.
        sold: chance that a lot sells, above zero (`SaleLaw.sold`); a lot that sells fetches
            recovery rate / sold of its value.
        years: from today to the default.
    """
    ratio = disposal.recovery_rate / sold * (1.0 - disposal.cost_rate)
    return [
        Proceeds(
            sold * disposal.alive_at_sale(right.life, years),
            LogNormal.of_mean(right.after_haircut * ratio, right.spread),
        )
        for right in rights
        if right.after_haircut > 0
    ]


def _pooled(sources: Sequence[Proceeds], apart: int) -> list[Proceeds]:
    """Keep the largest sources apart; match the rest by chance, mean and variance of one."""
    ordered = sorted(sources, key=lambda one: -one.chance * one.amount.mean)
    if len(ordered) <= apart:
        return ordered
    rest = ordered[apart - 1 :]
    mean = sum(one.chance * one.amount.mean for one in rest)
    variance = sum(
        one.chance * (one.amount.sd**2 + one.amount.mean**2) - (one.chance * one.amount.mean) ** 2
        for one in rest
    )
    chance = 1.0 - prod(1.0 - one.chance for one in rest)
    given = mean / chance
    spread = max(0.0, (variance + mean**2) / chance - given**2)
    return [*ordered[: apart - 1], Proceeds(chance, LogNormal.of_moments(given, sqrt(spread)))]


def _sets(sources: Sequence[Proceeds]) -> Iterator[tuple[float, LogNormal | None]]:
    """Yield each set of sources that give: its chance, and the law of its sum."""
    for which in range(1 << len(sources)):
        given = [one for bit, one in enumerate(sources) if which >> bit & 1]
        chance = prod(
            one.chance if which >> bit & 1 else 1.0 - one.chance for bit, one in enumerate(sources)
        )
        if chance > 0:
            mean = sum(one.amount.mean for one in given)
            sd = sqrt(sum(one.amount.sd**2 for one in given))
            yield chance, LogNormal.of_moments(mean, sd) if given else None


def _got(part: _Part, power: int) -> float:
    """E[min(1, sure + ratio)^power] for power 1 or 2."""
    if part.ratio is None:
        if part.other is None:
            return 0.0
        share, loss = part.other
        mean = share * (1.0 - loss.mean)
        return mean if power == 1 else mean**2 + (share * loss.sd) ** 2
    sure = min(1.0, part.sure)
    first = part.ratio.limited(1.0 - sure)
    if power == 1:
        return sure + first
    return sure * sure + 2.0 * sure * first + part.ratio.limited(1.0 - sure, 2)


def _reached(part: _Part, back: float) -> float:
    """P(sure + ratio >= back), `back` above zero."""
    if part.ratio is not None:
        return 1.0 if part.sure >= back else 1.0 - part.ratio.cdf(back - part.sure)
    return 0.0 if part.other is None else part.other.loss.cdf(1.0 - back / part.other.share)
