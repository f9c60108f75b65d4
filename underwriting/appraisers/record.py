"""An appraiser's record: appraised against realised, shrunk by credibility to the house's mean.

A case ends unsold, or with a ratio realised / appraised. Both halves are shrunk alike: with n own
cases and the weight k of what stands behind them,

    Z = n / (n + k),  figure = Z own + (1 - Z) behind.

Behind an appraiser stands the house, behind the house the published auctions. Once there are
cases enough, k of each half is estimated after Bühlmann and Straub; where chance explains every
difference between appraisers, the house's figure stands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean
from typing import NamedTuple

from models.priors.straub import Group, Structure, buhlmann_straub
from models.recovery import LogNormal
from underwriting.appraisers.law import RecordLaw


class Weights(NamedTuple):
    """How much what stands behind an appraiser counts.

    Attributes:
        ratio: k of the log ratio; None where chance explains every difference.
        sale: k of the chance to sell; None likewise.
        sigma: standard deviation of a log ratio within one appraiser; None takes the house's.
    """

    ratio: float | None
    sale: float | None
    sigma: float | None = None


_APPRAISERS = 3
"""Least number of appraisers from which differences between them are estimated."""


@dataclass(frozen=True, slots=True)
class Case:
    """One appraisal whose end is known, in minor units; realised is 0 where nobody bought."""

    appraised: int
    realised: int

    @property
    def ratio(self) -> float:
        """Realised over appraised, 0 or more."""
        return self.realised / self.appraised


@dataclass(frozen=True, slots=True)
class RatioLaw:
    """What the next case is expected to fetch, over its appraised value.

    Attributes:
        cases: behind it.
        unsold: of these.
        sold: chance that the next one sells.
        mu: mean of the log ratio if it does.
        sigma: standard deviation of it.
        credibility: weight of the own cases in `mu`, 0 to below 1.
    """

    cases: int
    unsold: int
    sold: float
    mu: float
    sigma: float
    credibility: float

    @property
    def mean(self) -> float:
        """Mean ratio, unsold cases as nought: sold x exp(mu + sigma^2 / 2)."""
        return self.sold * exp(self.mu + self.sigma**2 / 2.0)

    def quantile(self, p: float) -> float:
        """The ratio that is not passed with chance p, 0 < p < 1; 0 within the unsold."""
        inside = (p - (1.0 - self.sold)) / self.sold
        return LogNormal(self.mu, self.sigma).quantile(inside) if inside > 0.0 else 0.0


def house_record(cases: Mapping[str, Sequence[Case]], law: RecordLaw) -> RatioLaw:
    """Return the law of all appraisers together, shrunk to the published auctions."""
    every = [case for listed in cases.values() for case in listed]
    published = RatioLaw(0, 0, law.sold, law.log_mean, law.log_sd, 0.0)
    k = law.house_weight
    return _shrunk(every, published, Weights(k, k), _spread(every, law))


def own_record(own: Sequence[Case], house: RatioLaw, k: Weights) -> RatioLaw:
    """Return the law of one appraiser's cases, shrunk to the house's with `weights`."""
    return _shrunk(own, house, k, house.sigma if k.sigma is None else k.sigma)


def weights(cases: Mapping[str, Sequence[Case]], law: RecordLaw) -> Weights:
    """Return k of both halves, and the spread within one appraiser.

    Stated, or estimated once `estimate_from` cases of three appraisers are known; None where no
    difference is left to an appraiser.
    """
    ratio, sale = differences(cases, law, _logs), differences(cases, law, _sales)
    return Weights(
        law.own_weight if ratio is None else ratio.k,
        law.own_weight if sale is None else sale.k,
        None if ratio is None else sqrt(ratio.within),
    )


def differences(
    cases: Mapping[str, Sequence[Case]],
    law: RecordLaw,
    part: Callable[[Sequence[Case]], tuple[float, ...]],
) -> Structure | None:
    """Return how appraisers differ in one half; None where too few cases are known."""
    values = {name: part(listed) for name, listed in cases.items()}
    groups = [Group(name, (1.0,) * len(own), own) for name, own in values.items() if own]
    known = sum(len(group.values) for group in groups)
    if len(groups) < _APPRAISERS or known < law.estimate_from:
        return None
    return buhlmann_straub(groups)


def _shrunk(own: Sequence[Case], behind: RatioLaw, k: Weights, sigma: float) -> RatioLaw:
    logs, sales = _logs(own), _sales(own)
    mu, trust = _half(logs, behind.mu, k.ratio)
    sold, _ = _half(sales, behind.sold, k.sale)
    return RatioLaw(len(own), len(own) - len(logs), sold, mu, sigma, trust)


def _half(own: Sequence[float], behind: float, k: float | None) -> tuple[float, float]:
    """Return Z own + (1 - Z) behind, and Z; a k of None leaves the figure behind."""
    if not own or k is None:
        return behind, 0.0
    trust = len(own) / (len(own) + k)
    return trust * fmean(own) + (1.0 - trust) * behind, trust


def _logs(cases: Sequence[Case]) -> tuple[float, ...]:
    return tuple(log(case.ratio) for case in cases if case.realised)


def _sales(cases: Sequence[Case]) -> tuple[float, ...]:
    return tuple(1.0 if case.realised else 0.0 for case in cases)


def _spread(every: Sequence[Case], law: RecordLaw) -> float:
    """Return the standard deviation of a log ratio, the stated one weighing like the published."""
    logs = _logs(every)
    if not logs:
        return law.log_sd
    centre = fmean(logs)
    squares = sum((one - centre) ** 2 for one in logs)
    return sqrt((law.house_weight * law.log_sd**2 + squares) / (law.house_weight + len(logs)))
