"""What the stated appraisals say of a right's value: one law, and what is cut at a quantile."""

from collections.abc import Sequence
from datetime import date
from math import sqrt

from kernel.period import DAYS_PER_YEAR
from models.recovery import Appraisal, AppraisalLaw, LogNormal, combined_value
from underwriting.pledge.forms import PledgedRight


def appraisals_of(right: PledgedRight, on: date) -> list[Appraisal]:
    """Return every stated appraisal of a right with a value, its age in years on `on`."""
    stated = [
        (right.appraised, right.method, right.appraised_on),
        *((one.value, one.method, one.on) for one in right.appraisals),
    ]
    return [
        Appraisal(float(value.money().minor), method.value, _years(day, on))
        for value, method, day in stated
        if value.money().minor
    ]


def value_of(right: PledgedRight, on: date, law: AppraisalLaw) -> LogNormal:
    """Return the law of the value of a right by all its appraisals, minor units.

    Raises:
        Invalid: it is appraised at nothing.
    """
    return combined_value(appraisals_of(right, on), law)


def package_of(values: Sequence[tuple[float, float]]) -> LogNormal:
    """Return the law of a package from (mean, log spread) of each right, minor units.

    The sum of independent lognormals, matched by one with the same mean and variance (Fenton
    and Wilkinson).

    >>> package_of([(100.0, 0.5)]).quantile(0.1) == LogNormal.of_mean(100.0, 0.5).quantile(0.1)
    True
    """
    assert values, "a package holds a right"
    laws = [LogNormal.of_mean(mean, spread) for mean, spread in values]
    if len(laws) == 1:
        return laws[0]
    return LogNormal.of_moments(sum(one.mean for one in laws), sqrt(sum(one.sd**2 for one in laws)))


def quantile_haircut(law: LogNormal, chance: float) -> float:
    """Return what is cut from the mean to stand at a quantile, per 1; below nought: added.

    1 - quantile / mean = 1 - exp(spread z - spread^2 / 2).
    """
    return 1.0 - law.quantile(chance) / law.mean


def _years(start: date, end: date) -> float:
    return max(0, (end - start).days) / DAYS_PER_YEAR
