"""When a cohort is too thin to speak for itself, and what would mend it."""

from dataclasses import dataclass
from math import ceil

from kernel.finding import Effect, Finding
from models.priors.table import Prior

_FIRMS = ("default", "infringed_owner_firm", "sued_firm")
"""Rates per firm and year; all others are per right and year."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """A house's own experience beside a published figure.

    Attributes:
        prior: the published row.
        events: seen by the house.
        exposure: right-years, firm-years or cases in which they were seen.
        weight: exposure that the published figure stands for.
    """

    prior: Prior
    events: float
    exposure: float
    weight: float

    @property
    def credibility(self) -> float:
        """Z = own / (own + weight)."""
        return self.exposure / (self.exposure + self.weight)

    @property
    def unit(self) -> tuple[str, str]:
        """What its exposure counts, in English and Chinese."""
        if self.prior.kind == "probability":
            return "cases", "件案例"
        if self.prior.param in _FIRMS:
            return "firm-years", "企业年"
        return "right-years", "权利年"

    def short_of(self, minimum: float) -> float:
        """Exposure that is missing until Z reaches `minimum`; nought where none is.

        minimum weight / (1 - minimum) - own, from Z = own / (own + weight).
        """
        return max(0.0, minimum * self.weight / (1.0 - minimum) - self.exposure)


def thin(cohort: Cohort, minimum: float, use: str) -> tuple[Finding, ...]:
    """Refer a cohort whose credibility is below the minimum of a use.

    Args:
        cohort: the house's own experience and the figure beside it.
        minimum: least Z, 0 to below 1.
        use: what the figure is for, as the finding names it.

    >>> from models.priors import load_priors
    >>> published = load_priors().find("suit_rate", "gi")
    >>> seen, = thin(Cohort(published, 0, 0, published.b), 0.25, "quote")
    >>> seen.cure
    'record 60 more right-years of this cohort, have the case approved, or state another minimum'
    """
    if cohort.credibility >= minimum:
        return ()
    unit, unit_zh = cohort.unit
    prior, z, missing = cohort.prior, cohort.credibility, ceil(cohort.short_of(minimum))
    return (
        Finding(
            "thin-cohort", Effect.REFER,
            f"refer: thin cohort. {prior.key} rests on {cohort.exposure:,.10g} {unit} of the "
            f"house's own: credibility {z:.3f}, below {minimum:g} for {use}; "
            f"{1.0 - z:.1%} of it is still the published figure, grade {prior.grade}",
            f"转人工：样本不足。{prior.key} 的自有经验为 {cohort.exposure:,.10g} {unit_zh}，"
            f"可信度 {z:.3f}，低于 {use} 所需的 {minimum:g}；"
            f"其中 {1.0 - z:.1%} 仍为公开数据（{prior.grade} 级）",
            f"least credibility for {use}: priors/minimum.toml",
            f"record {missing:,} more {unit} of this cohort, have the case approved, "
            "or state another minimum",
        ),
    )  # fmt: skip
