"""A right as collateral, and what the pledged rights are expected to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from models.priors import Prior, PriorTable
from models.recovery.laws import LogNormal
from models.recovery.quadrature import Nodes
from models.recovery.sale import SaleLaw


class Life(Protocol):
    """Anything that says how long it lasts.

    One that also has `survivals(years)`, for many times at once, is asked that way.
    """

    def survival(self, years: float, /) -> float:
        """Chance that it is still there `years` from today; 1 at nought, never rising."""

    def __hash__(self) -> int:
        """It never changes, so what was read off it can be kept."""


@dataclass(frozen=True, slots=True)
class PledgedRight:
    """A right as collateral.

    Attributes:
        value: expected value, major or minor units, as appraised and before any haircut.
        life: its survival from today, every end included.
        killed: its survival of whole invalidation alone, which is what strikes the borrower
            too; None takes `life` for it. Lapse and the end of the term strike nobody.
        spread: log standard deviation of its value; 0 where the value is taken as certain.
        haircut: part of the value that is cut for its kind, per 1.
    """

    value: float
    life: Life
    killed: Life | None = None
    spread: float = 0.0
    haircut: float = 0.0

    @classmethod
    def of(
        cls, value: LogNormal, life: Life, killed: Life | None = None, haircut: float = 0.0
    ) -> Self:
        """Build it from the law of its value (see `combined_value`)."""
        return cls(value.mean, life, killed, value.sigma, haircut)

    @property
    def after_haircut(self) -> float:
        """Value x (1 - haircut)."""
        return self.value * (1.0 - self.haircut)


@dataclass(frozen=True, slots=True)
class Disposal:
    """A forced sale in short: what the pricing of a pledge needs of it.

    Attributes:
        recovery_rate: expected proceeds over appraised value, per 1, unsold lots included.
        cost_rate: costs over proceeds, per 1.
        years_to_sale: mean years from default to money.
        priors: the figures that it rests on.
        waits: the years to sale as nodes; empty takes `years_to_sale` as certain.
    """

    recovery_rate: float
    cost_rate: float
    years_to_sale: float
    priors: tuple[Prior, ...]
    waits: Nodes = ()

    @classmethod
    def of(cls, table: PriorTable) -> Self:
        """Take the published figures in short: 10 % of the valuation, 18 months, 15 % cost."""
        rows = tuple(
            table.find(param, "ip_only_collateral")
            for param in ("recovery_on_value", "disposal_cost_rate", "years_to_sale")
        )
        return cls(rows[0].value, rows[1].value, rows[2].value, rows)

    @classmethod
    def of_sale(cls, sale: SaleLaw, nodes: int = 4) -> Self:
        """Take the law of the sale, with its time to sale as so many nodes for each listing."""
        return cls(
            sale.recovery_rate, sale.cost_rate, sale.years_to_sale, sale.priors, sale.waits(nodes)
        )

    @property
    def times(self) -> Nodes:
        """The time to sale as nodes (weight, years)."""
        return self.waits or ((1.0, self.years_to_sale),)

    def alive_at_sale(self, life: Life, years: float) -> float:
        """Chance that a right is in force when it is sold after a default `years` from today."""
        return sum(weight * life.survival(years + wait) for weight, wait in self.times)

    def gross(self, rights: Sequence[PledgedRight], years: float) -> float:
        """Expected proceeds of a default `years` from today, in the unit of the values.

        Sum over rights of value x (1 - haircut) x recovery rate x S_right(years + years to
        sale): default and value taken as independent. `joint_law` is the law that links them.
        """
        return sum(
            right.after_haircut * self.recovery_rate * self.alive_at_sale(right.life, years)
            for right in rights
        )
