"""Every query of policy life, as named functions of a session. Nothing here decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, select

from kernel.db import books
from kernel.db.tables import JournalRow, PostingRow
from kernel.journal import Entry, Posting
from underwriting import store
from underwriting.history.tables import AmendmentRow, PolicyTransactionRow
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction
from underwriting.rules.history_state import State, state_as_of
from underwriting.tables import PolicyRow, QuoteRow

__all__ = ["AmendmentRow", "PolicyTransactionRow"]  # what the houses above may name


@dataclass(frozen=True, slots=True)
class History:
    """A policy with all that was done with it.

    Attributes:
        policy: the row.
        rows: every transaction, in the order in which they were done.
        past: the same, as values.
    """

    policy: PolicyRow
    rows: tuple[PolicyTransactionRow, ...]
    past: tuple[Transaction, ...]

    def row(self, id_: str) -> PolicyTransactionRow:
        """Return a transaction of this policy.

        Raises:
            NotFound: it is none of them.
        """
        for row in self.rows:
            if row.id == id_:
                return row
        raise store.missing("transaction")


def history(session: Session, policy_id: str, *, lock: bool = False) -> History:
    """Return a policy with its transactions, held against other writers where `lock`."""
    policy = store.policy(session, policy_id, lock=lock)
    rows = transactions(session, policy_id)
    return History(policy, rows, tuple(map(transaction_of, rows)))


def transactions(session: Session, policy_id: str) -> tuple[PolicyTransactionRow, ...]:
    """Return what was done with a policy, in the order in which it was done."""
    query = select(PolicyTransactionRow).where(PolicyTransactionRow.policy_id == policy_id)
    return tuple(session.exec(query.order_by(col(PolicyTransactionRow.seq))))


def policy_named(session: Session, name: str) -> PolicyRow:
    """Return a policy by its id or number.

    Raises:
        NotFound: there is none.
    """
    query = select(PolicyRow).where((PolicyRow.id == name) | (PolicyRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise store.missing("policy")
    return row


def quote_named(session: Session, name: str) -> QuoteRow:
    """Return a quote by its id or number.

    Raises:
        NotFound: there is none.
    """
    query = select(QuoteRow).where((QuoteRow.id == name) | (QuoteRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise store.missing("quote")
    return row


def amendment_of(session: Session, quote_id: str) -> AmendmentRow | None:
    """Return what policy a quote is meant to amend, if it is."""
    query = select(AmendmentRow).where(AmendmentRow.quote_id == quote_id)
    return session.exec(query).one_or_none()


def state(session: Session, policy_id: str, *, valid: date, known: datetime | None = None) -> State:
    """Return the state of a policy on a day, as known at an instant."""
    return state_as_of(history(session, policy_id).past, valid, known)


def contract_on(session: Session, policy_id: str, day: date) -> Contract:
    """Return the terms that an event of `day` is measured by, with all that is known today."""
    (found,) = contracts_on(session, [(store.policy(session, policy_id), day)])
    return found


def contracts_on(
    session: Session, events: Sequence[tuple[PolicyRow, date]]
) -> tuple[Contract, ...]:
    """Return the terms that each event of a policy on a day is measured by, read at once."""
    query = select(PolicyTransactionRow).where(
        col(PolicyTransactionRow.policy_id).in_([policy.id for policy, _ in events])
    )
    past: dict[str, list[Transaction]] = {}
    for row in session.exec(query.order_by(col(PolicyTransactionRow.seq))):
        past.setdefault(row.policy_id, []).append(transaction_of(row))
    return tuple(
        state_as_of(tuple(past.get(policy.id, ())), day).contract or Contract.of(policy.contract)
        for policy, day in events
    )


def posted_lines(session: Session, key: str) -> tuple[Posting, ...]:
    """Return the postings under `key`, in their order; none where nothing moved."""
    head = books.posted(session, key)
    return _lines(session, head) if head else ()


def posted_entry(session: Session, key: str) -> Entry | None:
    """Return the journal entry under `key` as it was posted; None where nothing moved."""
    head = books.posted(session, key)
    return Entry(head.memo, head.booked_on, _lines(session, head)) if head else None


def _lines(session: Session, head: JournalRow) -> tuple[Posting, ...]:
    lines = session.exec(
        select(PostingRow).where(PostingRow.entry_id == head.id).order_by(col(PostingRow.line))
    )
    return tuple(Posting(line.account, line.currency, line.amount_minor) for line in lines)


def transaction_of(row: PolicyTransactionRow) -> Transaction:
    """Read a transaction back as a value."""
    return Transaction(
        id=row.id,
        seq=row.seq,
        kind=Kind(row.kind),
        effective_on=row.effective_on,
        known_at=row.created_at,
        contract=Contract.of(row.after) if row.after is not None else None,
        price=_price(row),
        kept=kept_of(row.agreed["kept"]) if row.kind == Kind.CANCELLATION else None,
        undoes=row.reverses_id,
    )


def kept_json(kept: Kept) -> dict[str, Any]:
    """What a cancellation keeps, as it is frozen."""
    return {
        "share": str(kept.share), "floor_minor": kept.floor, "exhausted": str(kept.exhausted)
    }  # fmt: skip


def kept_of(frozen: Mapping[str, Any]) -> Kept:
    """Read it back."""
    share, exhausted = Fraction(frozen["share"]), Fraction(frozen["exhausted"])
    return Kept(share=share, floor=frozen["floor_minor"], exhausted=exhausted)


def _price(row: PolicyTransactionRow) -> Price | None:
    if row.premium_minor is None:
        return None
    assert row.tax_minor is not None, "a premium has its tax stated"
    assert row.subsidy_minor is not None, "and what a public payer bears"
    return Price(total=row.premium_minor, tax=row.tax_minor, subsidy=row.subsidy_minor)
