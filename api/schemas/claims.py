"""Claims on the wire: what comes in."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.claim_lines import (
    MAX_LINES,
    Facts,
    LineName,
    Lines,
    currency_of,
    facts_of,
    minor_of,
)
from claims.assess import Assessment
from claims.notify import Notice
from claims.rules.repair import Repair
from kernel.errors import invalid
from kernel.wire import Code, Day, Identifier, MoneyWire, Wire, Words

MAX_PAPERS = 50

BreachName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{2,63}$")]
ConductName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{2,63}$")]


class NoticeRequest(Wire):
    """Notice of an insured event."""

    policy_id: Identifier
    default_date: Day = Field(
        description="Day of the insured event. Guarantee of a loan: first day on which an "
        "instalment was overdue. Infringement loss: the filing was accepted. Infringement "
        "liability: the demand or suit was first made. Customs: the demand came in"
    )
    known_on: Day = Field(description="The day on which the insured knew of it")
    asked: Lines
    papers: tuple[Code, ...] = Field(
        (), max_length=MAX_PAPERS, description="Codes of the papers that came with the notice"
    )
    facts: Facts = Field(default_factory=dict)

    def notice(self) -> Notice:
        """Read the figures into minor units.

        Raises:
            Invalid: the lines mix currencies, or an amount has decimals that its currency lacks.
        """
        return Notice(
            policy_id=self.policy_id,
            default_date=self.default_date,
            known_on=self.known_on,
            asked=minor_of(self.asked, "asked"),
            currency=currency_of(self.asked, "asked"),
            papers=self.papers,
            facts=facts_of(self.facts),
        )


class Adjustment(Wire):
    """What the adjuster allows of one line, and why not more."""

    amount: MoneyWire
    reason: Words


class RepairedBreach(Wire):
    """The loss that a breach caused; it is taken off instead of the claim being refused."""

    amount: MoneyWire
    line: LineName = Field(description="The line it is taken off")
    reason: Words


class AssessmentRequest(Wire):
    """What an adjuster has established."""

    papers: tuple[Code, ...] = Field(
        (), max_length=MAX_PAPERS, description="Codes of papers that have come in since"
    )
    conduct: dict[ConductName, bool] = Field(
        default_factory=dict,
        max_length=MAX_PAPERS,
        description="What was found of the conduct of the parties, by the names that the "
        "product's form lists",
    )
    facts: Facts = Field(default_factory=dict)
    adjusted: dict[LineName, Adjustment] = Field(
        default_factory=dict,
        max_length=MAX_LINES,
        description="What the adjuster allows; a line left out is allowed as it was asked",
    )
    denied: dict[LineName, Words] = Field(
        default_factory=dict,
        max_length=MAX_LINES,
        description="Line -> the clause by which nothing of it is paid; the rest is paid",
    )
    repairs: dict[BreachName, RepairedBreach] = Field(
        default_factory=dict, max_length=MAX_LINES, description="Code of a finding -> its repair"
    )
    shown_by: dict[ConductName, Code] = Field(
        default_factory=dict,
        max_length=MAX_PAPERS,
        description="Name of a conduct or fact -> code of the paper that shows it: the evidence "
        "that the finding and the decision letter name",
    )
    agreed_on: Day | None = Field(
        None, description="The day the bank agreed to the amount; today if left out"
    )

    def assessment(self, currency: str) -> Assessment:
        """Read the figures into minor units of the claim's currency.

        Raises:
            Invalid: an amount is in another currency, or has decimals that it lacks.
        """
        return Assessment(
            papers=self.papers,
            conduct=self.conduct,
            adjusted={
                name: (_minor(line.amount, currency, f"adjusted.{name}"), line.reason)
                for name, line in self.adjusted.items()
            },
            agreed_on=self.agreed_on,
            facts=facts_of(self.facts),
            repairs={
                code: Repair(_minor(one.amount, currency, f"repairs.{code}"), one.line, one.reason)
                for code, one in self.repairs.items()
            },
            denied=self.denied,
            shown_by=self.shown_by,
        )


def _minor(amount: MoneyWire, currency: str, field: str) -> int:
    if amount.currency != currency:
        place = f"{field}.amount.currency"
        raise invalid(place, f"the claim is in {currency}", "give it in that")
    return amount.money(f"{field}.amount.amount").minor
