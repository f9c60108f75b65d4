"""What each policy year costs: matters of all rights under the aggregates, discounted.

Aggregates count payments less repayments, so that what is repaid reinstates them. Counted over
policy years, each year has aggregates of its own. Counted over the whole period, year k costs what
it adds: E g(S_k) - E g(S_(k-1)), S_k the sum of all matters up to the end of year k.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Self

from underwriting.pricing.aggregate import Cover, policy_year
from underwriting.products.infringement_loss.capped import Capped
from underwriting.products.infringement_loss.covers import LATTICE, Which, covers_of
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.schedule import Schedule
from underwriting.products.infringement_loss.severity import Matter, matter


@dataclass(frozen=True, slots=True)
class YearTerms:
    """Terms of many matters; minor units.

    Attributes:
        per_right: most for one right in the period of the aggregate, above 0; `inf` for none.
        aggregate: most for all, above 0.
        yearly: whether they are counted over policy years and not over the whole period.
        share: the issuer's, (0, 1].
    """

    per_right: float
    aggregate: float
    yearly: bool
    share: float


@dataclass(frozen=True, slots=True)
class Spell:
    """What one policy year is taken to cost.

    Attributes:
        span: its length in years.
        middle: of the whole policy year, years from the beginning of cover.
        costs: the law of all payments that its aggregates count.
        shares: of the mean of the costs, by cover, before the aggregate.
        before: the spell without this year; None where its aggregates are its own.
    """

    span: float
    middle: float
    costs: Capped
    shares: dict[str, float]
    before: Self | None

    @property
    def mean(self) -> float:
        """What the year adds, minor units."""
        earlier = self.before.costs.mean() if self.before else 0.0
        return max(0.0, self.costs.mean() - earlier)

    def parts(self) -> dict[str, float]:
        """What it adds, by cover: the aggregate takes from all covers alike."""
        whole, earlier = self.costs.mean(), self.before
        now = {code: whole * share for code, share in self.shares.items()}
        if earlier is None:
            return now
        past = {code: earlier.costs.mean() * share for code, share in earlier.shares.items()}
        return {code: part - past.get(code, 0.0) for code, part in now.items()}


def spells(
    schedule: Schedule, terms: YearTerms, matters: Sequence[Matter], which: Which = "net"
) -> tuple[Spell, ...]:
    """Return every policy year; `matters` are those of the rights, in their order."""
    found: list[Spell] = []
    for year, (start, end) in enumerate(schedule.years):
        counted = range(year, year + 1) if terms.yearly else range(year + 1)
        numbers = [
            sum(schedule.filings(right, one) for one in counted) for right in schedule.rights
        ]
        covers = covers_of(numbers, matters, which=which, per_right=terms.per_right)
        before = found[-1] if found and not terms.yearly else None
        found.append(_spell(covers, terms, (end - start, year + 0.5), before))
    return tuple(found)


def _spell(
    covers: Sequence[Cover], terms: YearTerms, when: tuple[float, float], before: Spell | None
) -> Spell:
    year = policy_year(covers, agg_deductible=0.0, agg_limit=inf, share=1.0, points=LATTICE)
    law = year.distribution.scaled(terms.share)
    costs = Capped(law.step, law.mass, law.error, terms.share * terms.aggregate)
    whole = sum(year.parts.values())
    shares = {code: part / whole if whole else 0.0 for code, part in year.parts.items()}
    return Spell(*when, costs, shares, before)


def matters_of(schedule: Schedule, terms: MatterTerms) -> tuple[Matter, ...]:
    """Return the matter of each right, one object for each law."""
    return tuple(matter(right.laws, terms) for right in schedule.rights)
