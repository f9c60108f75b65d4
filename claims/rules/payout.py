"""What is paid now, when a new settlement replaces the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

INSURED: Final = "insured"
THIRD_PARTY: Final = "third_party"
"""Payees of a claim: the insured bank or firm, and whoever demands of it."""


@dataclass(frozen=True, slots=True)
class Payout:
    """What the house owes on a claim and what it has done about it, minor units.

    Attributes:
        owed: all in all, by the newest settlement.
        out: paid out; it never falls.
        back: of that, what came back from the insured.
        payees: payee -> paid out.
    """

    owed: int = 0
    out: int = 0
    back: int = 0
    payees: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert min(self.owed, self.back) >= 0, "no figure is negative"
        assert self.out >= self.owed + self.back, "what is owed is paid at once"
        assert sum(self.payees.values()) == self.out, "every payment has its payee"

    @property
    def overpaid(self) -> int:
        """What the insured must pay back still."""
        return self.out - self.owed - self.back


def pay_on(before: Payout, owed: Mapping[str, int]) -> tuple[Payout, dict[str, int]]:
    """Return how a claim stands once `owed` is owed, and what is paid now: payee -> minor units.

    Now is paid what is owed beyond what was paid out and kept. A third party gets first what it
    lacks, the insured the rest; what is too much is the insured's to pay back, for a third party
    that was paid keeps what it got.

    >>> first, now = pay_on(Payout(), {"insured": 60, "third_party": 40})
    >>> now
    {'third_party': 40, 'insured': 60}
    >>> lower, now = pay_on(first, {"insured": 30})
    >>> (lower.overpaid, now)
    (70, {})
    """
    total = sum(owed.values())
    now = left = max(0, total - (before.out - before.back))
    paid: dict[str, int] = {}
    for payee in sorted(owed, key=lambda name: name == INSURED):
        lacks = max(0, owed[payee] - before.payees.get(payee, 0))
        paid[payee] = left if payee == INSURED else min(left, lacks)
        left -= paid[payee]
    if left:
        paid[INSURED] = paid.get(INSURED, 0) + left
    payees = {
        name: before.payees.get(name, 0) + paid.get(name, 0) for name in {**before.payees, **paid}
    }
    after = Payout(total, before.out + now, before.back, {k: v for k, v in payees.items() if v})
    return after, {name: minor for name, minor in paid.items() if minor}
