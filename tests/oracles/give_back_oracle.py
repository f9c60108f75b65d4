"""What each party gets back of a recovery, worked out a second time and in another way.

It keeps every party's outstanding part of every tranche, where the engine derives it from
what was given so far. Costs first; `pro_rata` by what is still borne, `reverse` tranche by
tranche from the last; whole units by largest remainder, ties in the order first written.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from sharing_oracle import by_largest_remainder


@dataclass
class Outstanding:
    """What is still borne, and what recovery costs no proceeds have met yet."""

    tranches: list[dict[str, int]]
    rule: str
    costs_open: int = 0
    last_net: int = 0
    last_surplus: int = 0
    last_parts: dict[str, int] = field(default_factory=dict)

    def receive(self, gross: int, costs: int) -> None:
        """Take one recovery in and hand it on."""
        free = gross - costs - self.costs_open
        self.costs_open = max(0, -free)
        self.last_net = max(0, free)
        self.last_parts = {}
        left = self.last_net
        if self.rule == "pro_rata":
            left = self._repay_all(left)
        else:
            for tranche in reversed(self.tranches):
                left = self._repay(tranche, left)
        self.last_surplus = left

    def _repay(self, owed: dict[str, int], left: int) -> int:
        """Repay one tranche in proportion, in place; return what remains."""
        parts = _in_proportion(owed, left)
        for name, part in parts.items():
            owed[name] -= part
            self.last_parts[name] = self.last_parts.get(name, 0) + part
        return left - sum(parts.values())

    def _repay_all(self, left: int) -> int:
        """Repay everybody in proportion, whatever the tranche; return what remains."""
        owed: dict[str, int] = {}
        for tranche in self.tranches:
            for name, part in tranche.items():
                owed[name] = owed.get(name, 0) + part
        left = self._repay(owed, left)
        self.tranches = [owed]
        return left


def _in_proportion(owed: dict[str, int], left: int) -> dict[str, int]:
    whole = sum(owed.values())
    if not whole or not left:
        return {}
    shares = [(name, Fraction(part, whole)) for name, part in owed.items()]
    return by_largest_remainder(min(left, whole), shares)
