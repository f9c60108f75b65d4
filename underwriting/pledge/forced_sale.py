"""The forced sale of a pledge by a frozen fit: its laws, read once for a table of figures."""

from functools import lru_cache
from typing import Final, NamedTuple

from kernel.same import Same
from models.priors import Prior, PriorTable
from models.recovery import AppraisalLaw, Disposal, Link, SaleLaw
from models.recovery.frozen import figures_of
from models.shelf import fit_named

_NODES: Final = 2
"""Of the time to sale."""


class ForcedSale(NamedTuple):
    """What a fit says of selling pledged rights.

    Attributes:
        figures: those of the house, with the fit's own behind them.
        sale: whether a lot sells, when, and at what price.
        link: how default, death and value of a right hang together.
        appraisals: how far an appraisal may be from the value.
        disposal: the sale in short.
        sold: chance that a lot sells.
    """

    figures: PriorTable
    sale: SaleLaw
    link: Link
    appraisals: AppraisalLaw
    disposal: Disposal
    sold: float

    @property
    def priors(self) -> tuple[Prior, ...]:
        """Every published figure behind it."""
        return (*self.sale.priors, *self.link.priors, *self.appraisals.priors)


def forced_sale(fit_id: str, table: PriorTable) -> ForcedSale:
    """Return the laws of a fit, with the figures of `table` before its own.

    Raises:
        Invalid: the fit is not on the shelf, or lacks a figure.
    """
    return _forced_sale(fit_id, Same(table))


@lru_cache(maxsize=32)
def _forced_sale(fit_id: str, table: Same[PriorTable]) -> ForcedSale:
    figures = figures_of(fit_named(fit_id).parameters, table.value)
    sale = SaleLaw.of(figures)
    return ForcedSale(
        figures=figures,
        sale=sale,
        link=Link.of(figures),
        appraisals=AppraisalLaw.of(figures),
        disposal=Disposal.of_sale(sale, _NODES),
        sold=sale.sold,
    )
