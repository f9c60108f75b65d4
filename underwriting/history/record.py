"""Write one transaction: sealed onto the one before, booked, shown in the policy, counted."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.journal import entry, reverse
from underwriting.history.holding import count_again
from underwriting.history.project import project
from underwriting.history.seal import FIRST, transaction_hash
from underwriting.history.store import History, PolicyTransactionRow, posted_entry, transaction_of
from underwriting.numbers import number
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction
from underwriting.rules.history_step import Step
from underwriting.rules.returns_amounts import Amounts
from underwriting.rules.returns_moves import moved, premium_change_moves

_PREFIX = {
    Kind.ISSUE: "IS",
    Kind.CHANGE: "EN",
    Kind.RENEWAL: "RN",
    Kind.CANCELLATION: "CX",
    Kind.REINSTATEMENT: "RE",
    Kind.REVERSAL: "RV",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is about to be done; see `Transaction` and `PolicyTransactionRow`."""

    kind: Kind
    effective_on: date
    reason: str
    contract: Contract | None = None
    price: Price | None = None
    kept: Kept | None = None
    undoes: str | None = None
    quote_id: str | None = None
    agreed: dict[str, Any] = field(default_factory=dict)

    def transaction(self, past: tuple[Transaction, ...], desk: Desk) -> Transaction:
        """Return it as the next transaction of a policy, known from now on.

        Never is it known before the one it follows, even where a clock was set back.
        """
        return Transaction(
            id=new_id("tx"),
            seq=len(past) + 1,
            kind=self.kind,
            effective_on=self.effective_on,
            known_at=max([desk.at, *(one.known_at for one in past[-1:])]),
            contract=self.contract,
            price=self.price,
            kept=self.kept,
            undoes=self.undoes,
        )


def record(
    session: Session, history: History, draft: Draft, step: Step, *, desk: Desk
) -> PolicyTransactionRow:
    """Write a transaction with all that follows from it, but its paper and its event."""
    row = append(session, history, draft, step, desk=desk)
    _book(session, history, row, step.change, desk=desk)
    past = (*history.past, transaction_of(row))
    project(session, history.policy, past)
    count_again(session, history.policy, (*history.rows, row), past, desk=desk)
    return row


def append(
    session: Session, history: History, draft: Draft, step: Step, *, desk: Desk
) -> PolicyTransactionRow:
    """Seal a transaction onto the one before and write it."""
    one, price = step.transaction, draft.price
    row = PolicyTransactionRow(
        id=one.id,
        created_at=one.known_at,
        number=number(_PREFIX[one.kind], one.id, desk.on),
        policy_id=history.policy.id,
        seq=one.seq,
        kind=one.kind.value,
        effective_on=one.effective_on,
        booked_on=desk.on,
        actor=desk.actor,
        reason=draft.reason,
        reverses_id=draft.undoes,
        quote_id=draft.quote_id,
        after=draft.contract.json() if draft.contract else None,
        agreed=draft.agreed,
        currency=history.policy.currency,
        premium_minor=price.total if price else None,
        tax_minor=price.tax if price else None,
        subsidy_minor=price.subsidy if price else None,
        delta_minor=step.change.total,
        delta_tax_minor=step.change.tax,
        delta_subsidy_minor=step.change.subsidy,
        prev_hash=history.rows[-1].hash if history.rows else FIRST,
        hash="",
    )
    row.hash = transaction_hash(row)
    return write(session, row)


def premium_key(row: PolicyTransactionRow) -> str:
    """Return the key under which the premium of a transaction is posted."""
    return f"premium:{row.policy_id if row.kind == Kind.ISSUE else row.id}"


def _book(
    session: Session, history: History, row: PolicyTransactionRow, change: Amounts, *, desk: Desk
) -> None:
    """Post the change of the premium; a reversal first turns the entry that it undoes."""
    subject, memo = books.Subject("policy", row.policy_id), f"{row.kind} {row.number}"
    left = change
    if row.reverses_id is not None and row.kind == Kind.REVERSAL:
        undone = history.row(row.reverses_id)
        posted = posted_entry(session, premium_key(undone))
        if posted is not None:
            turned = reverse(posted, desk.on)
            books.post(session, turned, subject=subject, key=f"reversal:{row.id}", at=desk.at)
            left = change + moved([(line.account, line.minor) for line in posted.postings])
        memo = f"what follows {undone.number}, applied again without it"
    moves = entry(memo, desk.on, row.currency, premium_change_moves(left))
    books.post(session, moves, subject=subject, key=premium_key(row), at=desk.at)
