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

    Each third party gets what it lacks, whatever the insured had: that is no debt of its own. The
    insured then gets what is owed in all beyond what was paid out and kept. What is too much is
    the insured's to pay back, for a third party that was paid keeps what it got.

    >>> first, now = pay_on(Payout(), {"insured": 60, "third_party": 40})
    >>> now
    {'third_party': 40, 'insured': 60}
    >>> lower, now = pay_on(first, {"insured": 30})
    >>> (lower.overpaid, now)
    (70, {})
    >>> other, now = pay_on(first, {"insured": 30, "third_party": 70})
    >>> (other.overpaid, now)
    (30, {'third_party': 30})
    """
    total = sum(owed.values())
    lacked = {
        payee: minor - before.payees.get(payee, 0)
        for payee, minor in owed.items()
        if payee != INSURED and minor > before.payees.get(payee, 0)
    }
    rest = total - (before.out - before.back) - sum(lacked.values())
    now = lacked | ({INSURED: rest} if rest > 0 else {})
    payees = {
        name: before.payees.get(name, 0) + now.get(name, 0) for name in {**before.payees, **now}
    }
    out = before.out + sum(now.values())
    return Payout(total, out, before.back, payees), now
