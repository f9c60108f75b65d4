"""The cover that is asked for: perils, limits, what the insured bears, and the time."""

from enum import StrEnum
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kernel.wire import Code, Day, MoneyWire, Share, Wire


class AggregateBasis(StrEnum):
    """What the aggregate limits are counted over."""

    POLICY_PERIOD = "policy_period"
    POLICY_YEAR = "policy_year"


class PerilWanted(Wire):
    """One peril of the cover."""

    sublimit: MoneyWire | None = Field(None, description="Any one matter; none: the limit holds")


class Perils(Wire):
    """What is paid for; a peril left out is not covered. In the order of payment."""

    investigation: PerilWanted | None = Field(None, description="Cost before the filing is in")
    litigation: PerilWanted | None = Field(None, description="Legal cost from the filing on")
    loss_of_profit: PerilWanted | None = Field(None, description="Direct economic loss")
    adverse_costs: PerilWanted | None = Field(None, description="Costs of losing")

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.taken:
            raise PydanticCustomError("perils", "cover nothing; take at least one peril")
        return self

    @property
    def taken(self) -> dict[str, PerilWanted]:
        """Perils that are covered, in the order of payment."""
        every = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: wanted for name, wanted in every.items() if wanted is not None}


class EconomicBenefit(Wire):
    """The insured repays out of what it wins, which reinstates the limits."""

    exempt: MoneyWire = Field(description="First part of a benefit in kind that is its own")


class CoverWanted(Wire):
    """The cover asked for."""

    scheme: Code = "own-account"
    issuer: Code = Field("insurer", description="The party of the scheme whose share this is")
    start: Day
    months: int = Field(12, ge=1, le=36)
    retroactive_months: int = Field(0, ge=0, le=36)
    perils: Perils
    retention: MoneyWire = Field(description="Any one matter; the insured bears it first")
    coinsurance: Share = Field(description="Part above the retention that the insured bears")
    limit: MoneyWire = Field(description="Any one matter")
    per_right: MoneyWire | None = Field(None, description="Any one right, all matters together")
    aggregate: MoneyWire = Field(description="All rights and matters together")
    aggregate_basis: AggregateBasis = AggregateBasis.POLICY_PERIOD
    economic_benefit: EconomicBenefit | None = None
    insured_value: MoneyWire | None = Field(
        None,
        description="Value at risk of the insured rights. Stating it agrees average: a loss is "
        "borne in the proportion of the sum insured to it (Insurance Law art. 55); none: none",
    )

    @model_validator(mode="after")
    def _shares_something(self) -> Self:
        if Fraction(self.coinsurance) == 1:
            raise PydanticCustomError("coinsurance", "leaves nothing to the insurer")
        return self

    @property
    def amounts(self) -> dict[str, MoneyWire]:
        """Every amount, by its place in the form."""
        benefit = self.economic_benefit
        taken = {f"perils.{name}.sublimit": one.sublimit for name, one in self.perils.taken.items()}
        every = {
            "retention": self.retention,
            "limit": self.limit,
            "per_right": self.per_right,
            "aggregate": self.aggregate,
            "economic_benefit.exempt": benefit.exempt if benefit else None,
            "insured_value": self.insured_value,
            **taken,
        }
        return {name: money for name, money in every.items() if money is not None}
