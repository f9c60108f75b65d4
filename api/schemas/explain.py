"""Answers about a price on the wire."""

from typing import Annotated, Any

from pydantic import Field

from api.schemas.common import Answer, Finding
from api.schemas.quotes import QuoteRequest
from kernel.errors import invalid
from kernel.wire import Code, MoneyWire
from underwriting.explain.frontier import MOST_POINTS, Frontier, frontier, given
from underwriting.explain.solve import Asked, by_name
from underwriting.explain.turn import position
from underwriting.inputs import Inputs
from underwriting.product import Product

Stated = Annotated[str, Field(pattern=r"^[0-9]{1,15}([./][0-9]{1,15})?$")]
"""A position: an amount such as "3000000.00", months such as "12", a share such as "3/10"."""


class FrontierRequest(QuoteRequest):
    """A proposal, what is given of it, and what is sought."""

    find: Code = Field(description="The lever whose furthest position is sought")
    along: Code | None = Field(None, description="The lever that is stepped through")
    steps: tuple[Stated, ...] = Field((), max_length=MOST_POINTS)
    given: dict[Code, Stated] = Field(
        default_factory=dict, max_length=10, json_schema_extra={"additionalProperties": False}
    )
    premium: MoneyWire | None = Field(None, description="Most that may be paid for it")
    referred: bool = Field(default=False, description="Whether what is referred passes too")

    def frontier(self, product: Product, inputs: Inputs) -> Frontier:
        """Solve it.

        Raises:
            Invalid: a lever that the product has not, or a position that is none.
        """
        levers, currency = product.levers, inputs.exposures.currency
        found = by_name(levers, self.find, "find")
        along = by_name(levers, self.along, "along") if self.along else None
        if found == along:
            raise invalid("along", "is what is sought", "step through another lever")
        if self.find in self.given:
            raise invalid(f"given.{self.find}", "is what is sought", "leave it out")
        if self.steps and along is None:
            raise invalid("steps", "step through no lever", "name it under `along`")
        turned = {by_name(levers, name, f"given.{name}"): at for name, at in self.given.items()}
        fixed = {
            lever: position(lever, at, currency, f"given.{lever.name}")
            for lever, at in turned.items()
        }
        steps = [position(along, at, currency, "steps") for at in self.steps] if along else ()
        budget = self.premium.money("premium") if self.premium else None
        asked = Asked(budget, self.referred)
        start = given(inputs, fixed)
        return frontier(product, start, found, asked, along=along, steps=steps)


class Point(Answer):
    """One point of a frontier, and what stops the next step."""

    at: str | int | None
    reached: str | int | None = Field(description="None where nothing passes")
    premium: MoneyWire | None
    decision: str | None
    binding: tuple[Finding, ...]


class FrontierAnswer(Answer):
    """How far a proposal may go."""

    find: str
    along: str | None
    points: tuple[Point, ...]


class Waterfall(Answer):
    """One step between two prices; the amount may lie below nothing."""

    what: tuple[str, ...]
    fields: tuple[dict[str, Any], ...] = Field(description="Fields exchanged: field, from, to")
    moved: dict[str, str]
    after: MoneyWire


class DifferenceAnswer(Answer):
    """Two technical premiums and the way from one to the other."""

    first: MoneyWire
    second: MoneyWire
    difference: dict[str, str]
    changes: tuple[Waterfall, ...]
    decision_before: str
    decision_after: str


class WaysAnswer(Answer):
    """What would change the answer, smallest change first."""

    decision: str
    premium: MoneyWire
    barred_by: tuple[Finding, ...] = Field(description="What stops it, each with its cure")
    ways: tuple[dict[str, Any], ...]


class WhoPaysAnswer(Answer):
    """Who pays what, by month and party."""

    currency: str
    parties: tuple[dict[str, str], ...]
    months: tuple[dict[str, Any], ...]
