"""The expected loss of one party's share of a guarantee, month by month.

EL = sum over months of PD in the month x (discount at claim x what we pay - discount at
recovery x what we get back). What we pay and get back come from the scheme's own `split` and
`give_back`, so price, payment and print share one definition. With pro-rata recovery this is
discount x PD x exposure at default x loss given default net of collateral x our share.

A default may fall out in several ways, such as with the key patent alive or dead: a month holds
one branch for each, and the scheme is applied to each branch and not to their mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kernel.money import nearest_minor, round_half_up
from kernel.sharing import Facts, Loss, Recovery, Scheme, Split, Standing, give_back, split

Grid = NDArray[np.float64]

MONTHS_PER_YEAR = 12
_WHOLE = 1e-9


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
class Branch:
    """One way in which a default of a month may fall out.

    Attributes:
        weight: its chance given a default in that month; those of a month sum to 1.
        default: what it would mean.
    """

    weight: float
    default: Default


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


class Shared(NamedTuple):
    """What the defaults of each month come to for one party, in minor units.

    Attributes:
        owed: all lines of the loss, by month.
        paid: what the party pays of it, by month.
        given: what it gets back, by month and branch.
    """

    owed: Sequence[int]
    paid: Sequence[int]
    given: Sequence[Sequence[int]]


class Lost(NamedTuple):
    """What a party loses by defaults of each month.

    Attributes:
        shared: what a default comes to for it.
        default: chance of a default in the month, seen from today.
        given: what it is expected to get back, given a default in the month, minor units.
        expected: expected loss of the month, discounted, minor units.
        parts: of it, by branch.
    """

    shared: Shared
    default: Sequence[float]
    given: Sequence[float]
    expected: Sequence[float]
    parts: Sequence[Sequence[float]]

    @property
    def pure(self) -> float:
        """The pure premium, minor units."""
        return sum(self.expected)

    def months(self) -> tuple[MonthLoss, ...]:
        """Return month by month, in whole minor units what is paid and given back."""
        owed, paid, _ = self.shared
        given = map(nearest_minor, self.given)
        parts = map(tuple, self.parts)
        count = range(1, len(owed) + 1)
        return tuple(map(MonthLoss, count, self.default, owed, paid, given, self.expected, parts))


def lost(
    curves: Sequence[Curve], timings: Sequence[Timing], shared: Sequence[Shared], chances: Grid
) -> list[Lost]:
    """Return what a party is expected to lose, by several laws at once.

    Args:
        curves: of the borrower, by each law.
        timings: when money moves.
        shared: of the party.
        chances: of a branch given a default in the month, `[n_laws, n_months, n_branches]`.
    """
    assert np.all(abs(chances.sum(axis=2) - 1.0) < _WHOLE), "branches: not 1"
    months = chances.shape[1]
    default = np.array([_defaults(curve, months) for curve in curves])
    claim, recovery = np.array([timing.discounts(months) for timing in timings]).swapaxes(0, 1)
    paid = np.array([one.paid for one in shared], dtype=float)
    given = np.array([one.given for one in shared], dtype=float)
    net = (claim * paid)[:, :, None] - recovery[:, :, None] * given
    parts = default[:, :, None] * chances * net
    columns = (default, _added(chances * given), _added(parts), parts)
    return [*map(Lost, shared, *(column.tolist() for column in columns))]


def _added(parts: Grid) -> Grid:
    """Add branch by branch, so that the sum of a month is that of its parts to the last bit."""
    whole = np.zeros(parts.shape[:2])
    for branch in range(parts.shape[2]):
        whole += parts[:, :, branch]
    return whole


@lru_cache(maxsize=256)
def _defaults(curve: Curve, months: int) -> tuple[float, ...]:
    """Return the chance of a default in each month; a curve never changes."""
    ends = [month / MONTHS_PER_YEAR for month in range(months + 1)]
    return tuple(map(curve.default_between, ends[:-1], ends[1:]))


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


def expected_loss(
    scheme: Scheme,
    facts: Facts,
    party: str,
    *,
    curve: Curve,
    timing: Timing,
    defaults: Sequence[Sequence[Branch]],
    shares: Sharing | None = None,
) -> tuple[MonthLoss, ...]:
    """Return the expected loss of `party` for a default in each month of cover.

    `defaults[m]` holds the branches of a default in month m + 1; they share one loss. The sum
    of `expected_loss` is the pure premium. `shares`, of the same scheme, facts and party, keeps
    what was shared before.
    """
    share = (shares or Sharing(scheme, facts, party)).of
    rows = []
    for index, branches in enumerate(defaults):
        assert abs(sum(branch.weight for branch in branches) - 1.0) < _WHOLE, "branches: not 1"
        start, end = index / MONTHS_PER_YEAR, (index + 1) / MONTHS_PER_YEAR
        probability = curve.default_between(start, end)
        at_claim = timing.discount(end + timing.to_claim_years)
        at_recovery = timing.discount(end + timing.to_recovery_years)
        paid, back, parts = 0, 0.0, []
        for branch in branches:
            paid, given = share(branch.default)
            back += branch.weight * given
            net = at_claim * paid - at_recovery * given
            parts.append(probability * branch.weight * net)
        owed, given_back = branches[0].default.loss.total, round_half_up(Fraction(back))
        month = MonthLoss(index + 1, probability, owed, paid, given_back, sum(parts), tuple(parts))
        rows.append(month)
    return tuple(rows)
