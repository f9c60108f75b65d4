"""The life of a policy on the wire: what goes out: what was done, and how it stands."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.schemas.common import Answer, Finding, money
from kernel.wire import MoneyWire
from underwriting.history.done import Done
from underwriting.history.store import PolicyTransactionRow
from underwriting.rules.earning_cover import Repaid, sum_insured_on
from underwriting.rules.history_state import State
from underwriting.rules.returns_amounts import Amounts


class PremiumChange(Answer):
    """How a premium, or a part of it, changes; one of the two is nothing."""

    charged: MoneyWire
    returned: MoneyWire


class PremiumChanges(Answer):
    """How the premium changes: in all, of that tax, and by payer."""

    total: PremiumChange
    tax: PremiumChange
    policyholder: PremiumChange
    subsidy: PremiumChange


class StateAnswer(Answer):
    """A policy on a day, as known at an instant."""

    valid_on: date
    known_at: datetime | None = Field(description="Null: with all that is known")
    status: str
    ends_on: date | None
    sum_insured: MoneyWire | None
    premium: MoneyWire = Field(description="Of its whole life, as it stands")
    earned: MoneyWire = Field(description="Before that day begins")
    unearned: MoneyWire
    contract: dict[str, Any] | None
    transactions: tuple[str, ...] = Field(description="Those that count, in order of their days")


class PolicyStateAnswer(StateAnswer):
    """A policy on a day, with the cover that is left as the loan is repaid."""

    covered: MoneyWire | None = Field(description="Sum insured on that day, for principal owed")
    covered_by: str = Field(description="What decides it: `plan` or `repayments` on record")


class DifferenceAnswer(Answer):
    """One term before and after."""

    path: str
    before: str | None
    after: str | None


class PolicyActAnswer(Answer):
    """What an act on a policy did; of a preview, what it would do."""

    committed: bool = Field(description="False: nothing was done; see `decision` and `findings`")
    policy_id: str
    kind: str
    effective_on: date
    decision: str = Field(description="Of new terms: accepted, referred or declined")
    findings: tuple[Finding, ...]
    premium: PremiumChanges
    differences: tuple[DifferenceAnswer, ...]
    before: StateAnswer
    after: StateAnswer
    transaction_id: str | None
    number: str | None
    quote_id: str | None = Field(description="Send it again with this when it was cleared")


class TransactionAnswer(Answer):
    """One thing that was done with a policy; each seals the one before."""

    id: str
    number: str
    seq: int
    kind: str
    effective_on: date
    booked_on: date
    known_at: datetime
    actor: str
    reason: str
    reverses_id: str | None
    quote_id: str | None
    premium: PremiumChanges
    agreed: dict[str, Any]
    counts: bool = Field(description="Is it in force, with all that is known?")
    reversible_until: date | None
    prev_hash: str
    hash: str


def act_answer(done: Done) -> PolicyActAnswer:
    """Return what an act did, or would do."""
    step, unit = done.step, done.policy.currency
    return PolicyActAnswer(
        committed=done.committed,
        policy_id=done.policy.id,
        kind=step.transaction.kind.value,
        effective_on=step.transaction.effective_on,
        decision=done.outcome.value,
        findings=tuple(Finding(**found.json()) for found in done.findings),
        premium=changes(step.change, unit),
        differences=tuple(
            DifferenceAnswer(path=one.path, before=one.before, after=one.after)
            for one in step.differences
        ),
        before=state_answer(step.before, unit),
        after=state_answer(step.after, unit, but="" if done.row else step.transaction.id),
        transaction_id=done.row.id if done.row else None,
        number=done.row.number if done.row else None,
        quote_id=done.quote_id,
    )


def state_answer(state: State, currency: str, *, but: str = "") -> StateAnswer:
    """Return a state; `but` is a transaction that is not written, and has no id to show."""
    insured = state.sum_insured
    return StateAnswer(
        valid_on=state.valid,
        known_at=state.known,
        status=state.status.value,
        ends_on=state.ends_on,
        sum_insured=MoneyWire.of(insured) if insured else None,
        premium=money(state.charged.total, currency),
        earned=money(state.earned, currency),
        unearned=money(state.unearned, currency),
        contract=state.contract.json() if state.contract else None,
        transactions=tuple(one for one in state.counting if one != but),
    )


def policy_state_answer(state: State, currency: str, repaid: Repaid | None) -> PolicyStateAnswer:
    """Return a state with the cover that is left; `repaid` is None where nobody records it."""
    covered = sum_insured_on(state.contract, state.valid, repaid) if state.contract else None
    return PolicyStateAnswer(
        **dict(state_answer(state, currency)),
        covered=MoneyWire.of(covered) if covered else None,
        covered_by="plan" if repaid is None else "repayments",
    )


def transaction_answer(
    row: PolicyTransactionRow, *, counts: bool, until: date | None
) -> TransactionAnswer:
    """Return a transaction."""
    plain = (
        "id", "number", "seq", "kind", "effective_on", "booked_on", "actor", "reason",
        "reverses_id", "quote_id", "agreed", "prev_hash", "hash",
    )  # fmt: skip
    moved = Amounts(row.delta_minor, row.delta_tax_minor, row.delta_subsidy_minor)
    return TransactionAnswer(
        **{name: getattr(row, name) for name in plain},
        known_at=row.created_at,
        premium=changes(moved, row.currency),
        counts=counts,
        reversible_until=until,
    )


def changes(change: Amounts, currency: str) -> PremiumChanges:
    """Return how a premium changes: an amount is charged, or returned."""

    def one(minor: int) -> PremiumChange:
        return PremiumChange(
            charged=money(max(0, minor), currency), returned=money(max(0, -minor), currency)
        )

    return PremiumChanges(
        total=one(change.total),
        tax=one(change.tax),
        policyholder=one(change.policyholder),
        subsidy=one(change.subsidy),
    )
