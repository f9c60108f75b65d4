"""Bühlmann and Straub 1970: how much weight each group's own experience deserves.

Group i has weights m_ij (right-years, claims) and values x_ij (rates, means) in periods j. With
m_i, x_i the group's sum and weighted mean, m and x those of all:

    v = sum m_ij (x_ij - x_i)^2 / sum (n_i - 1)                       within groups
    w = (sum m_i (x_i - x)^2 - (r - 1) v) / (m - sum m_i^2 / m)       between groups
    k = v / w,  Z_i = m_i / (m_i + k),  premium_i = Z_i x_i + (1 - Z_i) mean

with the mean weighted by Z. For events in exposure (Poisson), v is the mean itself and one period
is enough: k is then the b of a gamma prior.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.errors import Fault, Invalid, invalid
from models.priors.credibility import Counts, Law


@dataclass(frozen=True, slots=True)
class Group:
    """One group's experience, a period after another.

    Attributes:
        name: of the group.
        weights: above 0, `[n_periods]`.
        values: rate or mean of each period, `[n_periods]`.
    """

    name: str
    weights: tuple[float, ...]
    values: tuple[float, ...]

    @property
    def weight(self) -> float:
        """Sum of the weights."""
        return sum(self.weights)

    @property
    def mean(self) -> float:
        """Weighted mean of the values."""
        return sum(m * x for m, x in zip(self.weights, self.values, strict=True)) / self.weight


@dataclass(frozen=True, slots=True)
class Structure:
    """What the groups say of each other.

    Attributes:
        mean: of all groups, weighted by credibility.
        within: v, variance of one unit of weight within a group.
        between: w, variance of the groups' true means; nought where chance explains all.
        credibility: Z of each group, in their order.
        premiums: Z own + (1 - Z) mean of each group.
    """

    mean: float
    within: float
    between: float
    credibility: tuple[float, ...]
    premiums: tuple[float, ...]

    @property
    def k(self) -> float | None:
        """The weight that earns half credibility, v / w; None where groups do not differ."""
        return self.within / self.between if self.between else None


def buhlmann_straub(groups: Sequence[Group]) -> Structure:
    """Estimate within, between and mean from groups of several periods (empirical Bayes).

    Raises:
        Invalid: fewer than two groups, no group with two periods, or weights not above 0.
    """
    _check(groups)
    spare = sum(len(group.weights) - 1 for group in groups)
    if not spare:
        cure = "give at least one group of two periods or more"
        raise invalid("groups", "no group has a second period", cure)
    within = sum(
        m * (x - group.mean) ** 2
        for group in groups
        for m, x in zip(group.weights, group.values, strict=True)
    )
    return _structure(groups, within / spare)


def straub_of_counts(cohorts: Sequence[Counts]) -> Structure:
    """The same for events in right-years, Poisson within a cohort: v is the mean rate.

    Raises:
        Invalid: fewer than two cohorts, one without exposure, or no event at all.
    """
    groups = [
        Group(str(number), (cohort.exposure,), (cohort.rate or 0.0,))
        for number, cohort in enumerate(cohorts, 1)
    ]
    _check(groups)
    events, exposure = (
        sum(part) for part in zip(*((c.events, c.exposure) for c in cohorts), strict=True)
    )
    if not events:
        raise invalid("cohorts", "hold no event at all", "keep the published figure")
    return _structure(groups, events / exposure)


def gamma_of_cohorts(cohorts: Sequence[Counts]) -> Law | None:
    """The gamma prior that several cohorts imply: b = mean / between, a = mean b.

    None where the cohorts differ by no more than chance: their sum is then one cohort.
    """
    structure = straub_of_counts(cohorts)
    if not structure.between:
        return None
    rate = structure.mean / structure.between
    return Law("gamma", structure.mean * rate, rate)


def _structure(groups: Sequence[Group], within: float) -> Structure:
    total = sum(group.weight for group in groups)
    mean = sum(group.weight * group.mean for group in groups) / total
    apart = sum(group.weight * (group.mean - mean) ** 2 for group in groups)
    room = total - sum(group.weight**2 for group in groups) / total
    between = max(0.0, (apart - (len(groups) - 1) * within) / room)
    if between:
        trust = [group.weight / (group.weight + within / between) for group in groups]
        mean = sum(z * g.mean for z, g in zip(trust, groups, strict=True)) / sum(trust)
    else:
        trust = [0.0] * len(groups)
    premiums = [z * g.mean + (1.0 - z) * mean for z, g in zip(trust, groups, strict=True)]
    return Structure(mean, within, between, tuple(trust), tuple(premiums))


def _check(groups: Sequence[Group]) -> None:
    if len(groups) <= 1:
        raise invalid("groups", "are fewer than two", "give two groups or more to compare")
    faults = [
        Fault(f"groups.{group.name}", problem, "give one value and one weight above 0 a period")
        for group in groups
        for problem, wrong in (
            ("has no period", not group.weights),
            ("has other weights than values", len(group.weights) != len(group.values)),
            ("has a weight of 0 or less", any(not m > 0.0 for m in group.weights)),
        )
        if wrong
    ]
    if faults:
        raise Invalid("invalid", *faults)
