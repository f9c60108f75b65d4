"""A user's own counts update a published figure: gamma for a rate, beta for a probability.

With a prior gamma(a, b) and `events` in `exposure` right-years, the rate is afterwards
gamma(a + events, b + exposure): its mean (a + events) / (b + exposure) is the Bühlmann mixture
Z own + (1 - Z) prior with Z = exposure / (exposure + b). With a prior beta(a, b) and `events` in
`exposure` cases it is beta(a + events, b + exposure - events), and Z = n / (n + a + b).
Bühlmann 1967 and Jewell 1974 (exact credibility of conjugate laws).
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from kernel.errors import Fault, Invalid, invalid
from kernel.finding import Finding
from models.priors.cohort import Cohort, thin
from models.priors.minimum import DEFAULT_USE, least, minimum_of, width_of
from models.priors.quantile import beta_quantile, gamma_quantile
from models.priors.table import Prior

COVER = 0.95
"""Chance that lies between `low` and `high` of a posterior, equal tails."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a house has seen itself.

    Attributes:
        events: how often it happened, nought or more.
        exposure: right-years (firm-years) behind a rate, cases behind a probability.
    """

    events: float
    exposure: float

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        faults = [
            Fault(f"counts.{name}", f"{value} is no count", "give a finite number, 0 or more")
            for name, value in (("events", self.events), ("exposure", self.exposure))
            if not (isfinite(value) and value >= 0.0)
        ]
        if not faults and self.events and not self.exposure:
            cure = "give the right-years or cases in which they were seen"
            faults.append(Fault("counts.exposure", f"{self.events} events in no exposure", cure))
        if faults:
            raise Invalid("invalid", *faults)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.events + other.events, self.exposure + other.exposure)

    @property
    def rate(self) -> float | None:
        """Events over exposure; None where nothing was seen."""
        return self.events / self.exposure if self.exposure else None


@dataclass(frozen=True, slots=True)
class Law:
    """A gamma in events and right-years, or a beta in successes and failures.

    Attributes:
        name: `gamma` or `beta`.
        a: events or successes, above 0.
        b: right-years or failures, above 0.
    """

    name: str
    a: float
    b: float

    @property
    def mean(self) -> float:
        """Gamma a / b; beta a / (a + b)."""
        return self.a / (self.b if self.name == "gamma" else self.a + self.b)

    @property
    def weight(self) -> float:
        """Own exposure that counts as much as this law: b of a gamma, a + b of a beta."""
        return self.b if self.name == "gamma" else self.a + self.b

    def quantile(self, p: float) -> float:
        """The value that it stays below with chance `p`."""
        return _quantile(self.name, self.a, self.b, p)

    def after(self, counts: Counts) -> "Law":
        """The law once `counts` were seen."""
        missed = counts.exposure if self.name == "gamma" else counts.exposure - counts.events
        return Law(self.name, self.a + counts.events, self.b + missed)


@lru_cache(maxsize=4096)
def _quantile(name: str, a: float, b: float, p: float) -> float:
    """Solve once for each law: every quote asks for the same published ones."""
    return (gamma_quantile if name == "gamma" else beta_quantile)(p, a, b)


def law_of(prior: Prior) -> Law:
    """Return the law of a published figure; a point gets the width of its grade.

    Rate: gamma of shape 1 / cv^2 and mean `value`, cv 15 % (A), 35 % (B), 75 % (C and K).
    Probability: beta of mean `value` that weighs 200 (A), 40 (B) or 10 (C, K) observations.

    Raises:
        Invalid: it is a level, which no count can update.

    >>> from models.priors import load_priors
    >>> law_of(load_priors().find("p_full", "gi"))
    Law(name='beta', a=3.0, b=7.0)
    """
    if prior.law != "point":
        return Law(prior.law, prior.a, prior.b)
    if prior.kind == "rate_per_year":
        shape = width_of().cv[prior.grade] ** -2
        return Law("gamma", shape, shape / prior.value)
    if prior.kind == "probability":
        weight = width_of().weight[prior.grade]
        return Law("beta", weight * prior.value, weight * (1.0 - prior.value))
    raise invalid(
        f"priors.{prior.param}",
        "is a level: no count of events updates it",
        "state another figure in the priors instead",
        code="no-count-law",
    )


@dataclass(frozen=True, slots=True)
class Posterior:
    """A figure after own counts, and how much of it is still the published one.

    Attributes:
        prior: the published row.
        counts: the house's own.
        law: of the figure now.
        low: lower end of the central 95 % interval.
        high: upper end.
        credibility: Z, weight of the house's own experience, 0 to below 1.
        minimum: least Z that the use asks for.
        use: what it is for.
    """

    prior: Prior
    counts: Counts
    law: Law
    low: float
    high: float
    credibility: float
    minimum: float
    use: str

    @property
    def mean(self) -> float:
        """The figure: mean of its law, per year or per 1."""
        return self.law.mean

    @property
    def share_prior(self) -> float:
        """1 - Z: how much of the mean is still the published figure."""
        return 1.0 - self.credibility

    @property
    def cohort(self) -> Cohort:
        """The house's own cohort, in words that a finding can use."""
        of = law_of(self.prior)
        return Cohort(self.prior, self.counts.events, self.counts.exposure, of.weight)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """`thin-cohort`, referred, where Z is below the minimum; else none."""
        return thin(self.cohort, self.minimum, self.use)

    def json(self) -> dict[str, float | str]:
        """What a receipt states of it."""
        return {
            "key": self.prior.key, "grade": self.prior.grade, "use": self.use,
            "mean": self.mean, "low": self.low, "high": self.high,
            "published": self.prior.value, "events": self.counts.events,
            "cohort": self.counts.exposure, "credibility": self.credibility,
            "share_prior": self.share_prior, "minimum": self.minimum,
        }  # fmt: skip


def update(
    prior: Prior, counts: Counts, *, minimum: float | None = None, use: str = DEFAULT_USE
) -> Posterior:
    """Bring own counts into a published figure.

    Args:
        prior: the published row, a rate or a probability.
        counts: events in right-years of a rate, in cases of a probability.
        minimum: least Z, 0 to below 1; None takes the stated default of `use`.
        use: a key of `minimum.toml`.

    Raises:
        Invalid: a level; more events than cases; a minimum or a use that is not one.

    >>> from models.priors import load_priors
    >>> own = update(load_priors().find("challenge", "invention"), Counts(4, 5229))
    >>> own.credibility, round(own.mean, 6)  # as much own as published: half and half
    (0.5, 0.000553)
    """
    law = law_of(prior)
    if law.name == "beta" and counts.events > counts.exposure:
        raise invalid(
            "counts.events",
            f"{counts.events:g} of {counts.exposure:g} cases: {prior.param} is a probability",
            "count each case once, and as exposure the cases, not years",
        )
    asked = minimum_of(use).of(prior) if minimum is None else least(minimum)
    now, tail = law.after(counts), (1.0 - COVER) / 2.0
    credibility = counts.exposure / (counts.exposure + law.weight)
    low, high = now.quantile(tail), now.quantile(1.0 - tail)
    return Posterior(prior, counts, now, low, high, credibility, asked, use)
