"""The lines of a case reserve, and how a change of them is booked."""

from dataclasses import dataclass, fields
from typing import Final

from kernel.money import allocate

LINES: Final = ("indemnity", "defence", "adjustment", "recovery")
"""What is owed, cost of a defence, own cost of adjusting; and what is expected to come back."""

ACCOUNTS: Final = {
    "indemnity": "case_reserve",
    "defence": "case_reserve:defence",
    "adjustment": "case_reserve:adjustment",
    "recovery": "recovery_reserve",
}
"""Line -> its account."""


@dataclass(frozen=True, slots=True)
class Reserves:
    """What is set aside, minor units of the issuer's share; none below zero.

    Attributes:
        indemnity: of what is owed to the insured or the third party.
        defence: of what the cover pays for a defence.
        adjustment: of surveys and experts, which the insurer bears (Insurance Law art. 64).
        recovery: what is expected to come back; it stands against the others.
    """

    indemnity: int = 0
    defence: int = 0
    adjustment: int = 0
    recovery: int = 0

    def __post_init__(self) -> None:
        assert min(self.line(name) for name in LINES) >= 0, "no reserve is below zero"

    def line(self, name: str) -> int:
        """Return one line."""
        return int(getattr(self, name))

    @property
    def loss(self) -> int:
        """What is set aside for what is asked: indemnity and defence."""
        return self.indemnity + self.defence

    @property
    def net(self) -> int:
        """All that is set aside, less what is expected back."""
        return self.loss + self.adjustment - self.recovery

    @property
    def height(self) -> int:
        """What authority is measured by: what is set aside, or expected back where that is more.

        One hides the other in the net: much is set aside against much that may never come back.
        """
        return max(self.loss + self.adjustment, self.recovery)

    def json(self) -> dict[str, int]:
        """The lines as they are kept."""
        return {one.name: self.line(one.name) for one in fields(self)}


def with_loss(reserves: Reserves, loss: int, asked: tuple[int, int]) -> Reserves:
    """Return reserves whose indemnity and defence come to `loss` together.

    Args:
        reserves: as they are; adjustment and recovery stay.
        loss: what both come to, minor units.
        asked: indemnity and defence that are asked; `loss` is shared in their proportion, all of
            it to indemnity where nothing is asked.

    >>> with_loss(Reserves(recovery=5), 100, (300, 100)).json()
    {'indemnity': 75, 'defence': 25, 'adjustment': 0, 'recovery': 5}
    """
    weights = list(asked) if any(asked) else [1, 0]
    indemnity, defence = allocate(loss, weights)
    return Reserves(indemnity, defence, reserves.adjustment, reserves.recovery)


def moves_between(before: Reserves, after: Reserves) -> list[tuple[str, int]]:
    """Return the entry that brings the books from one set to another, debit above zero.

    >>> moves_between(Reserves(100), Reserves(40, recovery=10))
    [('reserve_expense', -70), ('case_reserve', 60), ('recovery_reserve', 10)]
    """
    moves = [("reserve_expense", after.net - before.net)]
    for name in LINES:
        change = after.line(name) - before.line(name)
        moves.append((ACCOUNTS[name], change if name == "recovery" else -change))
    return [(account, minor) for account, minor in moves if minor]
