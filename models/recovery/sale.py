"""A forced sale of rights: whether a lot sells, at what price, when, and what is left of it.

Three published auctions sold 26 of 78, 28 of 69 and 40 % of 83 lots; those of Hamburg fetched a
quarter of their valuation where they sold. So P(sold) is a beta on the pooled counts, and

    expected gross = value x (1 - haircut) x P(sold) x price ratio.

A lot that fails may be listed again at a lower price; a second list is worth less than the first,
because a lot that failed once is not a fresh one.
"""

from dataclasses import dataclass, replace
from math import exp, log1p
from typing import NamedTuple, Self

from kernel.errors import invalid
from models.priors import Prior, PriorTable
from models.recovery.laws import BetaLaw, GammaLaw
from models.recovery.quadrature import Nodes, gamma_nodes

AUCTIONS = ("ocean_tomo_2006", "cas_2010", "hamburg_2007")
_JEFFREYS = 0.5


class Listing(NamedTuple):
    """One time that a lot is put up.

    Attributes:
        sold: chance that it sells at this listing, seen before the first.
        ratio: price over appraised value if it does.
        delay_years: after the first listing's sale date.
    """

    sold: float
    ratio: float
    delay_years: float


@dataclass(frozen=True, slots=True)
class SaleLaw:
    """The law of a forced sale.

    Attributes:
        first: chance that a lot sells when first listed.
        price_ratio: price over appraised value of a lot that sells at once.
        wait: years from default to the first listing's money.
        cost_rate: costs over proceeds, per 1.
        listings: how often a lot is put up, 1 or more.
        relisted_chance: chance to sell at each further listing over that of the one before.
        relisted_price: its price ratio over that of the one before.
        years_between: between two listings.
        priors: the figures that it rests on.
    """

    first: BetaLaw
    price_ratio: float
    wait: GammaLaw
    cost_rate: float
    listings: int = 1
    relisted_chance: float = 0.5
    relisted_price: float = 0.8
    years_between: float = 0.5
    priors: tuple[Prior, ...] = ()

    @classmethod
    def of(cls, table: PriorTable, listings: int = 1) -> Self:
        """Take the figures of `table` (see `recovery_table`); counts of lots are pooled.

        Raises:
            Invalid: no listing is asked for.
        """
        if listings < 1:
            raise invalid("listings", f"{listings} is none", "list the rights at least once")
        counts = tuple(table.find("lots_sold", name) for name in AUCTIONS)
        sold, unsold = (sum(getattr(row, name) for row in counts) for name in ("a", "b"))
        ratio, *again = (table.find(name, "patent_lots") for name in _LOTS)
        mean, cv, cost = (table.find(name, "ip_only_collateral") for name in _WAITS)
        return cls(
            BetaLaw(sold + _JEFFREYS, unsold + _JEFFREYS),
            ratio.value,
            GammaLaw.of_mean(mean.value, cv.value),
            cost.value,
            listings,
            relisted_chance=again[0].value,
            relisted_price=again[1].value,
            years_between=again[2].value,
            priors=(*counts, ratio, mean, cv, cost, *(again if listings > 1 else ())),
        )

    def listed(self, times: int) -> "SaleLaw":
        """Return the law with so many listings."""
        return replace(self, listings=times)

    def course(self) -> tuple[Listing, ...]:
        """Return each listing with its chance, price ratio and delay."""
        left, chance, ratio, rows = 1.0, self.first.mean, self.price_ratio, []
        for place in range(self.listings):
            rows.append(Listing(left * chance, ratio, place * self.years_between))
            left *= 1.0 - chance
            chance, ratio = chance * self.relisted_chance, ratio * self.relisted_price
        return tuple(rows)

    @property
    def sold(self) -> float:
        """Chance that a lot sells in the end."""
        return sum(row.sold for row in self.course())

    @property
    def recovery_rate(self) -> float:
        """Expected gross proceeds over appraised value, unsold lots included."""
        return sum(row.sold * row.ratio for row in self.course())

    @property
    def years_to_sale(self) -> float:
        """Mean years from default to the money of a lot that sells."""
        return sum(weight * years for weight, years in self.waits(1))

    def waits(self, count: int = 4) -> Nodes:
        """Return the time to the money as nodes, weighted by their part of the proceeds."""
        nodes = gamma_nodes(self.wait.shape, self.wait.scale, count)
        total = self.recovery_rate
        return tuple(
            (row.sold * row.ratio / total * weight, row.delay_years + years)
            for row in self.course()
            for weight, years in nodes
        )

    def present(self, discount_rate: float) -> float:
        """Expected proceeds net of costs, discounted to the default, over appraised value.

        Sum over listings of P(sold) x ratio x (1 - cost) x (1 + r)^-delay x E[(1 + r)^-T], where
        the last is the Laplace transform of the gamma wait at ln(1 + r).
        """
        force = log1p(discount_rate)
        gross = sum(row.sold * row.ratio * exp(-force * row.delay_years) for row in self.course())
        return gross * (1.0 - self.cost_rate) * self.wait.laplace(force)


_LOTS = ("price_ratio", "relisted_chance", "relisted_price", "years_between_lists")
_WAITS = ("years_to_sale", "years_to_sale_cv", "disposal_cost_rate")


def haircut(right: str, table: PriorTable) -> Prior:
    """Return the part of the appraised value that is cut for this kind of right, with its grade.

    Raises:
        Invalid: no figure is there for it.
    """
    return table.find("haircut", right)
