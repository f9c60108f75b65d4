"""What made an amount: the layers of the scheme, then each fuse, cap and default in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.tables import SettlementRow
from kernel.money import parse_minor


@dataclass(frozen=True, slots=True)
class MadeOf:
    """How the share of one party was made.

    Attributes:
        scheme: code of the scheme.
        due: by the layers, minor units.
        borne: after fuses, caps and defaults, minor units.
        steps: each of these, in Chinese and English.
    """

    scheme: str
    due: int
    borne: int
    steps: tuple[str, ...]

    @property
    def clause(self) -> str:
        """The terms that made the amount, as a call cites them."""
        return "; ".join((f"{self.scheme}: 各层份额 layers", *self.steps))


def made_of(settlement: SettlementRow, scheme: str, party: str) -> MadeOf:
    """Read from a settlement how the share of `party` was made; nothing where it has none."""
    shared: Mapping[str, Any] = settlement.split
    unit = settlement.currency
    chinese = dict(zip(shared["lines"], shared["lines_zh"], strict=True))
    for part in shared["shares"]:
        if part["party"] == party:
            steps = tuple(f"{chinese[words]}。 {words}" for words in part["reasons"])
            due, borne = (parse_minor(part[name], unit) for name in ("due", "paid"))
            return MadeOf(scheme, due, borne, steps)
    return MadeOf(scheme, 0, 0, ())
