"""Sums of a shared tape: who bore what of the losses of a vintage."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from kernel.sharing import Split


@dataclass(slots=True)
class Sums:
    """Losses of one vintage, minor units.

    Attributes:
        losses: how many.
        eligible: what was shared of them.
        ineligible: the rest.
        uncovered: what nobody bore.
        paid: party -> what it bore.
    """

    losses: int = 0
    eligible: int = 0
    ineligible: int = 0
    uncovered: int = 0
    paid: dict[str, int] = field(default_factory=dict)

    def add(self, shared: Split) -> None:
        """Count one loss."""
        self.losses += 1
        self.eligible += shared.eligible
        self.ineligible += shared.ineligible
        self.uncovered += shared.uncovered
        for part in shared.parts:
            self.paid[part.party] = self.paid.get(part.party, 0) + part.paid
        assert self.whole, "what parties bear and what nobody does is the eligible loss"

    @property
    def total(self) -> int:
        """The losses themselves."""
        return self.eligible + self.ineligible

    @property
    def whole(self) -> bool:
        """Do the parts add up?"""
        return sum(self.paid.values()) + self.uncovered == self.eligible

    def share(self, party: str) -> Fraction:
        """Return a party's part of the losses, 0 where there are none."""
        return Fraction(self.paid.get(party, 0), self.total) if self.total else Fraction(0)


def by_vintage(named: Iterable[tuple[str, Split]]) -> dict[str, Sums]:
    """Return the sums of each vintage, in order of its name."""
    sums: defaultdict[str, Sums] = defaultdict(Sums)
    for vintage, shared in named:
        sums[vintage].add(shared)
    return dict(sorted(sums.items()))
