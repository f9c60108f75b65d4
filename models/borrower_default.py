"""When a borrower defaults: a survival law from the one-year probability of its grade.

Until a fit serves, the law is exponential: the published one-year default probability of the
grade gives one constant hazard.
"""

from dataclasses import dataclass
from math import exp, log1p, sqrt
from statistics import NormalDist
from typing import Self

from kernel.errors import invalid
from models.priors import Prior, PriorTable

GRADES = ("A", "BBB", "BB", "B", "CCC")
"""Master scale, best first; `A` stands for AAA to A."""


@dataclass(frozen=True, slots=True)
class DefaultCurve:
    """Exponential survival of a borrower.

    Attributes:
        hazard: defaults per year, above zero.
        correlation: asset correlation with the common factor, per 1.
        priors: the figures that it rests on.
    """

    hazard: float
    correlation: float
    priors: tuple[Prior, ...]

    @classmethod
    def of_grade(cls, grade: str, table: PriorTable) -> Self:
        """Take the published default probability of `grade`: hazard = -ln(1 - PD).

        Raises:
            Invalid: the grade is not on the master scale.
        """
        if grade not in GRADES:
            raise invalid("grade", f"{grade!r} is not a grade", f"use one of {', '.join(GRADES)}")
        default = table.find("default_1y", grade)
        correlation = table.find("asset_correlation", "ip_pledge_sme")
        return cls(-log1p(-default.value), correlation.value, (default, correlation))

    def survival(self, years: float) -> float:
        """S(t) = exp(-hazard t), the chance of no default within `years`."""
        return exp(-self.hazard * years)

    def default_between(self, start: float, end: float) -> float:
        """P(start < T <= end), years from today."""
        return self.survival(start) - self.survival(end)

    def stressed_default(self, years: float, quantile: float = 0.995) -> float:
        """Default probability within `years` in a bad state of the common factor.

        Vasicek: Phi((Phi^-1(PD) + sqrt(R) Phi^-1(q)) / sqrt(1 - R)), with R the correlation.

        >>> from models.priors import load_priors
        >>> curve = DefaultCurve.of_grade("BB", load_priors())
        >>> round(curve.stressed_default(1.0), 3)  # published check: 7.8 % at R 0.05
        0.078
        """
        law = NormalDist()
        default = 1.0 - self.survival(years)
        shock = sqrt(self.correlation) * law.inv_cdf(quantile)
        return law.cdf((law.inv_cdf(default) + shock) / sqrt(1.0 - self.correlation))
