"""What one more transaction makes of a policy: pure, so that a preview and the act agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from underwriting.rules.contract import Contract
from underwriting.rules.history import Transaction, in_force
from underwriting.rules.history_differences import Difference, differences
from underwriting.rules.history_segments import segments
from underwriting.rules.history_state import State, Status, seen_contract, state_as_of
from underwriting.rules.returns_amounts import Amounts, charged


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody states or consents to, as recorded.

    Attributes:
        by: who.
        on: the day of it.
        reference: where it is found.
    """

    by: str
    on: date
    reference: str

    def json(self) -> dict[str, str]:
        """The statement as it is frozen."""
        return {"by": self.by, "on": self.on.isoformat(), "reference": self.reference}


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction with what it does.

    Attributes:
        transaction: the one.
        change: of the premium; a return is below zero.
        before: the state on its day without it.
        after: the state on its day with it.
    """

    transaction: Transaction
    change: Amounts
    before: State
    after: State

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The terms of its day that it alters."""
        return differences(_json(self.before.contract), _json(self.after.contract))


def step(past: Sequence[Transaction], one: Transaction) -> Step:
    """Return what `one` does to a policy with this past."""
    return Step(
        one,
        charged(segments(in_force((*past, one)))) - charged(segments(in_force(past))),
        state_as_of(past, one.effective_on),
        state_as_of((*past, one), one.effective_on),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A policy as agreed, everything that is known applied: what lists show.

    Attributes:
        state: `bound`, `cancelled` or `void`.
        contract: the last version that is agreed; None where nothing counts.
        charged: the premium in all.
        ends_on: last day of cover; None likewise.
        version_id: the transaction that brought the terms; None likewise.
    """

    state: str
    contract: Contract | None
    charged: Amounts
    ends_on: date | None
    version_id: str | None


def projection(transactions: Sequence[Transaction]) -> Projection:
    """Return what is agreed in the end: the state after the last day that anybody has fixed."""
    found = segments(in_force(transactions))
    if not found:
        return Projection(
            state="void", contract=None, charged=Amounts(), ends_on=None, version_id=None
        )
    last = found[-1]
    state = state_as_of(transactions, last.until)
    return Projection(
        state="cancelled" if state.status is Status.CANCELLED else "bound",
        contract=seen_contract(last),
        charged=state.charged,
        ends_on=state.ends_on,
        version_id=last.transaction_id,
    )


def _json(contract: Contract | None) -> dict[str, Any]:
    return contract.json() if contract else {}
