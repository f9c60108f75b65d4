"""What an insured's own history makes of the pure premium, by credibility.

Insureds differ by a rate theta of mean 1, gamma with shape alpha; given theta, claims are Poisson
with mean theta x E, E what our own rate expects of the years stated. Then (Bühlmann 1967)

    factor = 1 + Z (observed / E - 1),   Z = E / (E + alpha (1 + cv^2))

with cv = 0 for numbers of claims, where it is exact: (alpha + observed) / (alpha + E), the mean
that `models.priors.credibility` gives for the same gamma. For amounts, each capped so that one
large claim does not speak for all, cv is the coefficient of variation of a capped claim, and
observed is their sum over the mean capped claim: the best linear estimate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from models.priors.credibility import Law
from models.severity.laws.normal import FloatArray
from underwriting.pricing.view import NO_EXPERIENCE, Experience


class Amounts(Protocol):
    """A law of one claim from the ground up, as far as experience asks."""

    def between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[min(X, high)] - E[min(X, low)]."""

    def squares_between(self, low: ArrayLike, high: ArrayLike) -> FloatArray:
        """E[min(X, high)^2] - E[min(X, low)^2]."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was seen beside what was to be expected.

    Attributes:
        expected: claims that our rate expects of the years stated, 0 or more.
        observed: claims, or capped amounts over the mean capped claim; 0 or more.
        spread: squared coefficient of variation of a capped claim; 0 where claims are counted.
        words: what was compared.
    """

    expected: float
    observed: float
    spread: float
    words: str

    @classmethod
    def counted(cls, years: float, claims: float, rate: float) -> Self:
        """Compare numbers of claims; `rate` is ours, events a year."""
        words = f"{claims:g} claims in {years:g} years, {years * rate:.4g} expected"
        return cls(years * rate, claims, 0.0, words)

    @classmethod
    def incurred(
        cls, years: float, amounts: Sequence[float], rate: float, *, law: Amounts, cap: float
    ) -> Self:
        """Compare amounts, each capped; `law`, `amounts` and `cap` (above 0) in minor units."""
        if not cap > 0:
            raise invalid("experience.cap", f"is {cap}", "give an amount above zero")
        mean = float(law.between(0.0, cap))
        spread = float(law.squares_between(0.0, cap)) / mean**2 - 1.0
        seen = float(np.minimum(np.asarray(amounts, float), cap).sum()) / mean
        words = (
            f"{len(amounts)} claims in {years:g} years worth {seen:.4g} of their mean, "
            f"each capped, {years * rate:.4g} expected"
        )
        return cls(years * rate, seen, max(0.0, spread), words)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and greatest factor of the tariff, 0 < low <= 1 <= high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse bounds that leave out no change at all."""
        if not 0 < self.low <= 1 <= self.high:
            cure = "give a low in (0, 1] and a high of 1 or more"
            raise invalid("experience", f"bounds are {self.low} to {self.high}", cure)

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> Self:
        """Read `[experience]` of a tariff: low and high."""
        return cls(terms["experience"]["low"], terms["experience"]["high"])


@dataclass(frozen=True, slots=True)
class Rating:
    """What own history comes to.

    Attributes:
        experience: the factor as charged, for the price.
        credibility: Z, 0 to below 1.
        unbound: the factor before the bounds of the tariff.
        findings: one where a bound bites, else none.
    """

    experience: Experience
    credibility: float
    unbound: float
    findings: tuple[Finding, ...]


def rate_experience(past: Past | None, alpha: float, bounds: Bounds) -> Rating:
    """Return the factor on the pure premium; 1 where no history is stated.

    Args:
        past: seen beside expected, or None.
        alpha: shape of the gamma by which insureds differ, above 0 (`alpha_of`).
        bounds: of the tariff; where they bite the finding says what they kept back.
    """
    if past is None:
        return Rating(NO_EXPERIENCE, 0.0, 1.0, ())
    assert alpha > 0, "a gamma has a shape"
    need = alpha * (1.0 + past.spread)
    credibility = past.expected / (past.expected + need)
    unbound = (need + past.observed) / (need + past.expected)
    factor = min(max(unbound, bounds.low), bounds.high)
    basis = f"{past.words}; Z {credibility:.4g}, factor {unbound:.4g}"
    if factor == unbound:
        return Rating(Experience(factor, basis), credibility, unbound, ())
    basis = f"{basis}, bounded to {factor:g}"
    return Rating(Experience(factor, basis), credibility, unbound, (_bounded(unbound, factor),))


def alpha_of(law: Law) -> float:
    """Return the shape by which insureds differ, from the law of a published figure.

    a of a gamma; a of a beta, whose Z = n / (n + a + b) is E / (E + a) in expected events.
    """
    return law.a


def _bounded(unbound: float, factor: float) -> Finding:
    return Finding(
        "experience-bounded",
        Effect.INFORM,
        f"own history gives a factor of {unbound:.4g}; the tariff charges {factor:g}",
        f"自身赔付经验系数为 {unbound:.4g}，按费率表边界取 {factor:g}",
        "tariff: [experience] low, high",
        "an underwriter may charge the factor found, with a reason",
    )
