"""What a claim gains after its notice, on the wire: items, payments on account, repayments."""

from collections.abc import Sequence

from pydantic import Field

from api.schemas.claim_answers import ItemAnswer
from api.schemas.claim_lines import LineName, Lines, minor_in
from api.schemas.common import ReasonRequest, money
from claims.ask_more import Item
from claims.rules.purpose import Purpose
from claims.settling.early import Agreed
from claims.store import ClaimItemRow
from claims.take_back import Repayment
from kernel.errors import invalid
from kernel.wire import Code, Day, LongWords, MoneyWire, Wire, Words

MAX_ITEMS = 100


class ItemRequest(Wire):
    """Something more that is asked."""

    line: LineName
    amount: MoneyWire
    reference: Code = Field(description="Of the bill, the court or the bank; each has its own")
    stage: Code | None = Field(None, description="Of the matter, such as first_instance")
    words: Words = Field(description="What it is for")


def items_of(sent: Sequence[ItemRequest]) -> tuple[Item, ...]:
    """Read the figures of what is sent as `items` into minor units.

    Raises:
        Invalid: one has decimals that its currency lacks.
    """
    return tuple(
        Item(
            line=one.line,
            amount=one.amount.money(f"items.{place}.amount.amount"),
            reference=one.reference,
            words=one.words,
            stage=one.stage or "",
        )
        for place, one in enumerate(sent)
    )


class ItemsRequest(Wire):
    """What more is asked; all of it is taken or none."""

    items: tuple[ItemRequest, ...] = Field(min_length=1, max_length=MAX_ITEMS)

    def read(self) -> tuple[Item, ...]:
        """Read the figures into minor units."""
        return items_of(self.items)


class OnAccountRequest(Wire):
    """A part of the loss that is recognised now, before the decision."""

    purpose: Purpose = Field(
        description="advance: what can be ascertained (Insurance Law art. 25); interim: costs as "
        "they arise; early: by agreement, before the waiting period ends",
        strict=False,
    )
    amounts: Lines
    agreed_on: Day | None = Field(
        None, description="Of an early payment, which cannot do without: day of the agreement"
    )
    words: LongWords | None = Field(
        None, description="Of an early payment: why the waiting period is not waited for"
    )

    def agreed(self) -> Agreed | None:
        """Return what an early payment rests on; None for another purpose.

        Raises:
            Invalid: it is early and does not say, or is not and says.
        """
        stated = {"agreed_on": self.agreed_on, "words": self.words}
        if self.purpose is not Purpose.EARLY:
            if said := [name for name, value in stated.items() if value is not None]:
                raise invalid(said[0], "is of an early payment only", "leave it out")
            return None
        if self.agreed_on is None or self.words is None:
            lacking = next(name for name, value in stated.items() if value is None)
            cure = "state the day of the agreement, and why the waiting period is not waited for"
            raise invalid(lacking, "is missing: an early payment rests on an agreement", cure)
        return Agreed(self.agreed_on, self.words)

    def minor(self, currency: str) -> dict[str, int]:
        """Read the figures into minor units of the claim's currency.

        Raises:
            Invalid: they are in another currency, or have decimals that it lacks.
        """
        return minor_in(currency, self.amounts, "amounts")


class RecomputationRequest(ReasonRequest):
    """Why a loss is shared again."""

    known_on: Day | None = Field(
        None,
        description="The day on which the house knew of the fact: what is paid more is due ten "
        "days, or the policy's own, after it. Today if left out",
    )


class RepaymentRequest(Wire):
    """Money that the insured paid back."""

    reference: Code = Field(description="Of its bank; each repayment has its own")
    amount: MoneyWire
    paid_on: Day = Field(description="Value date")

    def repayment(self) -> Repayment:
        """Read the figures into minor units."""
        return Repayment(self.reference, self.amount.money("amount.amount"), self.paid_on)


def item_answer(row: ClaimItemRow, currency: str) -> ItemAnswer:
    """Return an item."""
    plain = ("id", "line", "reference", "stage", "stated_on", "words")
    fields = {name: getattr(row, name) for name in plain}
    return ItemAnswer(**fields, amount=money(row.amount_minor, currency))
