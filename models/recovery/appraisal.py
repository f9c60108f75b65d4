"""What the appraisals say about the value of a right: one lognormal law.

An appraisal is read as the true value at its date x bias x an error whose logarithm is normal.
Since its date the value has moved: its logarithm has a drift and a variance that grows with
time. Two appraisers share part of their error (the same forecasts, the same client), and two
old appraisals share what moved since the later one. The best weights are those of generalised
least squares, Sigma^-1 1 / (1' Sigma^-1 1); a weight below zero is set to zero, and that
appraisal is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Self

import numpy as np

from kernel.errors import invalid
from models.priors import Prior, PriorTable
from models.recovery.laws import LogNormal

METHODS = ("market", "income", "cost")
"""How a right can be appraised; `appraisal_log_sd` has a row for each."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One appraisal of a right.

    Attributes:
        value: as appraised, above zero, major or minor units.
        method: `market`, `income` or `cost`.
        age_years: from its valuation date to today, 0 or more.
    """

    value: float
    method: str = "income"
    age_years: float = 0.0


@dataclass(frozen=True, slots=True)
class AppraisalLaw:
    """How far an appraisal may be from the value.

    Attributes:
        log_sd: method -> standard deviation of the log error of a fresh appraisal.
        bias: method -> appraised over true value; 1 where the price ratio of the sale was
            itself measured on appraised values, so that the same haircut is not taken twice.
        drift_sd: standard deviation of one year's change of the log value.
        growth: yearly change of the log value, mostly 0.
        correlation: of the errors of two appraisers, 0 to below 1.
        priors: the figures that it rests on.
    """

    log_sd: dict[str, float]
    bias: dict[str, float]
    drift_sd: float
    growth: float
    correlation: float
    priors: tuple[Prior, ...] = field(default=())

    @classmethod
    def of(cls, table: PriorTable) -> Self:
        """Take the figures of `table` (see `recovery_table`)."""
        errors = {method: table.find("appraisal_log_sd", method) for method in METHODS}
        biases = {method: table.find("appraisal_bias", method) for method in METHODS}
        names = ("appraisal_drift_sd", "appraisal_growth", "appraisal_correlation")
        rest = tuple(table.find(name, "any") for name in names)
        return cls(
            {method: row.value for method, row in errors.items()},
            {method: row.value for method, row in biases.items()},
            drift_sd=rest[0].value,
            growth=rest[1].value,
            correlation=rest[2].value,
            priors=(*errors.values(), *biases.values(), *rest),
        )

    def covariance(self, one: Appraisal, two: Appraisal) -> float:
        """Covariance of the log errors of two different appraisals as statements about today.

        correlation x sd_1 x sd_2 + drift_sd^2 x min(age_1, age_2).
        """
        common = self.correlation * self.log_sd[one.method] * self.log_sd[two.method]
        return common + self.drift_sd**2 * min(one.age_years, two.age_years)

    def today(self, one: Appraisal) -> float:
        """Log of the value that it states, without its bias, brought forward to today."""
        return log(one.value / self.bias[one.method]) + self.growth * one.age_years

    def variance(self, one: Appraisal) -> float:
        """sd^2 + drift_sd^2 x age: an old appraisal says less."""
        return self.log_sd[one.method] ** 2 + self.drift_sd**2 * one.age_years


def combined_value(appraisals: Sequence[Appraisal], law: AppraisalLaw) -> LogNormal:
    """Return the law of a right's value today from one or several appraisals.

    Its mean is the weighted geometric mean of the appraisals, each over its bias and brought
    forward: doubt lowers the median and leaves the mean, so that nobody gains by a vague
    appraisal.

    Raises:
        Invalid: there is none, or one has no value, no known method, or lies in the future.
    """
    _refuse(appraisals)
    if len(appraisals) == 1:
        return _alone(appraisals[0], law)
    kept = list(range(len(appraisals)))
    whole = np.array([[law.covariance(one, two) for two in appraisals] for one in appraisals])
    whole[np.diag_indices(len(kept))] = [law.variance(one) for one in appraisals]
    while True:
        raw = np.linalg.solve(whole[np.ix_(kept, kept)], np.ones(len(kept)))
        if raw.min() >= 0:
            break
        del kept[int(raw.argmin())]
    logs = [law.today(appraisals[place]) for place in kept]
    return LogNormal.of_mean(float(np.exp(raw @ logs / raw.sum())), sqrt(1.0 / float(raw.sum())))


def _alone(one: Appraisal, law: AppraisalLaw) -> LogNormal:
    """Return the same of one appraisal, to the last bit, without solving for its weight."""
    raw = 1.0 / law.variance(one)
    return LogNormal.of_mean(float(np.exp(raw * law.today(one) / raw)), sqrt(1.0 / raw))


def _refuse(appraisals: Sequence[Appraisal]) -> None:
    if not appraisals:
        raise invalid("appraisals", "there is none", "give at least one appraisal")
    for place, one in enumerate(appraisals):
        path = f"appraisals[{place}]"
        if one.method not in METHODS:
            cure = f"use one of {', '.join(METHODS)}"
            raise invalid(f"{path}.method", f"{one.method!r} is not known", cure)
        if not one.value > 0:
            raise invalid(f"{path}.value", f"{one.value:g} is no value", "give one above zero")
        if not one.age_years >= 0:
            cure = "give a valuation date that is not after today"
            raise invalid(f"{path}.age_years", f"{one.age_years:g} lies in the future", cure)
