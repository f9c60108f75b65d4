"""What the price of one proposal is worked out from: figures, suits and the law of each court."""

from dataclasses import dataclass
from functools import cached_property

from models.priors import Prior
from models.severity.laws.normal import FloatArray
from underwriting.disputes import Figures
from underwriting.disputes.rows import Row
from underwriting.product import Rated
from underwriting.products.infringement_liability.court_law import CourtLaw, court_law
from underwriting.products.infringement_liability.exposure import Suits, suits_of
from underwriting.products.infringement_liability.nodes import Nodes, nodes_of
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk


@dataclass(frozen=True, eq=False)
class Room:
    """What the kinds of one proposal are made of.

    Attributes:
        risk: the proposal.
        basis: what it is rated on.
        figures: frozen, in the policy's currency.
        exposure: years of suits that are covered in each month, `[n_months]`.
    """

    risk: InfringementLiabilityRisk
    basis: Rated
    figures: Figures
    exposure: FloatArray

    @cached_property
    def nodes(self) -> Nodes:
        """Where the integrals are taken."""
        return nodes_of(self.figures.disputes.table.rate("loss_cost_tau", "*").value)

    @cached_property
    def suits(self) -> tuple[Suits, ...]:
        """Suits a year by court."""
        return suits_of(self.risk, self.basis, self.figures)

    @cached_property
    def laws(self) -> dict[str, CourtLaw]:
        """The law of a suit at each court."""
        return {
            one.court.value: court_law(
                one.court, one.sales, self.basis, figures=self.figures, nodes=self.nodes
            )
            for one in self.suits
        }

    @property
    def priors(self) -> tuple[Prior, ...]:
        """Every published figure behind the kinds, each once."""
        rates = (prior for one in self.suits for prior in one.priors)
        laws = (prior for law in self.laws.values() for prior in law.priors)
        return tuple(dict.fromkeys((*rates, *laws)))

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the frozen figures behind them."""
        table = self.figures.disputes.table
        chosen = [self.figures.rate("selection", one.court) for one in self.suits]
        laws = (row for law in self.laws.values() for row in law.rows)
        return (table.rate("loss_cost_tau", "*"), *chosen, *laws)
