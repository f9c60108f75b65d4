"""All that one obligor has in force and on offer: what a limit of authority is measured on."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from kernel.money import Money
from underwriting.holdings.exposed import exposures_of
from underwriting.holdings.tables import AccumulationRow
from underwriting.portfolio.keys import Dimension, Key
from underwriting.rules.referral import Other
from underwriting.tables import PolicyRow, QuoteRow

OPEN = ("accepted", "referred", "approved")
"""States of a quote that may still be bound."""

_MOST = 100
"""Rows of each kind that a pack shows, newest first; sums count all of them."""


def obligor_total(
    session: Session, keys: Collection[Key], this: Money, on: date, *, but: str | None = None
) -> Money:
    """Return what is in force for the obligor or its group, on open offer to it, and `this`.

    The larger of obligor and group counts. The quote `but` is left out of the open offers,
    because it is `this`.
    """
    whose = [key for key in keys if key.dimension in (Dimension.OBLIGOR, Dimension.GROUP)]
    held = exposures_of(session, whose, this.currency, on).held.values()
    offered = sum(
        _offered(session, key.name, this.currency, on, but)
        for key in whose
        if key.dimension is Dimension.OBLIGOR
    )
    in_force = max((one.minor for one in held), default=0)
    return Money(in_force + offered + this.minor, this.currency)


def others_of(
    session: Session, obligor_id: str, on: date, *, but: str | None = None
) -> tuple[Other, ...]:
    """Return the obligor's policies that count on a day, then its open quotes without `but`."""
    counted = select(AccumulationRow, PolicyRow).where(
        AccumulationRow.policy_id == PolicyRow.id,
        AccumulationRow.dimension == Dimension.OBLIGOR.value,
        AccumulationRow.name == obligor_id,
        col(AccumulationRow.ends_on) >= on,
    )
    counted = counted.order_by(col(PolicyRow.created_at).desc(), col(PolicyRow.id)).limit(_MOST)
    quotes = select(QuoteRow).where(*_open(obligor_id, on, but))
    quotes = quotes.order_by(col(QuoteRow.created_at).desc(), col(QuoteRow.id)).limit(_MOST)
    return (
        *(_policy(row, policy) for row, policy in session.exec(counted)),
        *(_quote(row) for row in session.exec(quotes)),
    )


def _open(obligor_id: str, on: date, but: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a quote an open offer to this obligor."""
    return (
        col(QuoteRow.borrower_register_id) == obligor_id,
        col(QuoteRow.state).in_(OPEN),
        col(QuoteRow.valid_until) >= on,
        col(QuoteRow.id) != (but or ""),
    )


def _offered(session: Session, obligor_id: str, currency: str, on: date, but: str | None) -> int:
    query = select(func.sum(QuoteRow.sum_insured_minor)).where(
        QuoteRow.currency == currency, *_open(obligor_id, on, but)
    )
    return int(session.exec(query).one() or 0)


def _policy(row: AccumulationRow, policy: PolicyRow) -> Other:
    money = Money(row.minor, row.currency)
    return Other(
        "policy", policy.id, policy.number, policy.product, policy.state, money, row.ends_on
    )


def _quote(row: QuoteRow) -> Other:
    money = Money(row.sum_insured_minor, row.currency)
    return Other("quote", row.id, row.number, row.product, row.state, money, row.valid_until)
