"""Pools on the wire."""

from datetime import datetime
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer, money
from kernel.wire import Code, MoneyWire, Wire
from underwriting.register import Opening
from underwriting.store import PoolRow


class PoolRequest(Wire):
    """The means that stand behind one party of a scheme."""

    scheme: Code
    party: Code = Field(description="Its name in the scheme")
    contribution: MoneyWire = Field(description="Money paid in at the opening")
    portfolio: MoneyWire | None = Field(
        None, description="Agreed volume of loans, where a cap of the scheme counts it"
    )

    drawn: MoneyWire | None = Field(
        None, description="Paid for losses before, less what came back; nothing if left out"
    )
    paid_this_year: MoneyWire | None = Field(
        None, description="Of that, since the first of January; nothing if left out"
    )

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        others = [self.portfolio, self.drawn, self.paid_this_year]
        if any(money and money.currency != self.contribution.currency for money in others):
            raise PydanticCustomError("one_currency", "mixes currencies")
        return self

    def opening(self) -> Opening:
        """Return where the pool stands when it comes into these books."""
        drawn, year = self.drawn, self.paid_this_year
        return Opening(
            drawn.money("drawn.amount").minor if drawn else 0,
            year.money("paid_this_year.amount").minor if year else 0,
        )


class ContributionRequest(Wire):
    """Money paid into a pool."""

    amount: MoneyWire
    reference: Code = Field(description="The payer's; each contribution has its own")


class PoolAnswer(Answer):
    """A pool and what it has left."""

    id: str
    scheme: str
    party: str
    contributed: MoneyWire
    drawn: MoneyWire = Field(description="Shares of losses, less what came back")
    balance: MoneyWire
    portfolio: MoneyWire | None
    created_at: datetime


def pool_answer(row: PoolRow) -> PoolAnswer:
    """Return a pool."""
    portfolio = row.portfolio_minor
    return PoolAnswer(
        id=row.id,
        scheme=row.scheme_code,
        party=row.party,
        contributed=money(row.contributed_minor, row.currency),
        drawn=money(row.drawn_minor, row.currency),
        balance=money(row.contributed_minor - row.drawn_minor, row.currency),
        portfolio=None if portfolio is None else money(portfolio, row.currency),
        created_at=row.created_at,
    )
