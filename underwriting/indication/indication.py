"""The indication itself: the range, where its ends come from, and how to make it narrower."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kernel.finding import Finding
from kernel.money import Money
from underwriting.indication.assumed import Assumption
from underwriting.indication.variants import Choice
from underwriting.providers import RightDraft
from underwriting.valued import Valued

WORDS = "indication, not binding"
WORDS_ZH = "意向报价，不具约束力"


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination of what was assumed, with its price."""

    choice: Choice
    valued: Valued

    @property
    def premium(self) -> Money:
        """Of the whole cover."""
        return self.valued.premium.total

    @property
    def yearly(self) -> float:
        """Premium over the sum insured and the years of cover."""
        contract = self.valued.contract
        return self.premium.minor / contract.sum_insured.minor / contract.period.years


@dataclass(frozen=True, slots=True)
class Indication:
    """A range of price, not binding.

    Attributes:
        on: its day.
        variants: every combination, cheapest first; at least one.
        assumptions: what was taken, one by one; those with several values make the range.
        drafts: the rights, with what their records do not say.
        record_findings: what the records say against their rights.
    """

    on: date
    variants: tuple[Variant, ...]
    assumptions: tuple[Assumption, ...]
    drafts: tuple[RightDraft, ...]
    record_findings: tuple[Finding, ...]

    @property
    def low(self) -> Variant:
        """The cheapest combination."""
        return self.variants[0]

    @property
    def high(self) -> Variant:
        """The dearest."""
        return self.variants[-1]

    @property
    def always(self) -> tuple[Finding, ...]:
        """What is found whatever is assumed, the records' own findings first."""
        every = [set(variant.valued.findings) for variant in self.variants]
        first = self.variants[0].valued.findings
        return (*self.record_findings, *(one for one in first if all(one in f for f in every)))

    @property
    def sometimes(self) -> tuple[Finding, ...]:
        """What is found under some assumptions only."""
        always = set(self.always)
        each = (one for variant in self.variants for one in variant.valued.findings)
        return tuple(one for one in dict.fromkeys(each) if one not in always)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What the decision may come to, mildest first."""
        found = {variant.valued.outcome.value for variant in self.variants}
        return tuple(one for one in ("accepted", "referred", "declined") if one in found)

    def worth(self, field: str) -> Money:
        """Return by how much the range surely narrows once `field` is stated.

        Its width now less the widest range that any value of the field would leave.
        """
        widths = [_width(group) for group in self._by(field)]
        return Money(_width(self.variants) - max(widths), self.low.premium.currency)

    def _by(self, field: str) -> Iterator[Sequence[Variant]]:
        for value in dict.fromkeys(variant.choice.get(field) for variant in self.variants):
            yield [one for one in self.variants if one.choice.get(field) == value]


def _width(variants: Sequence[Variant]) -> int:
    premiums = [variant.premium.minor for variant in variants]
    return max(premiums) - min(premiums)
