"""Which rights the terms of each policy pledge or insure, and which policies one right hits."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from kernel.db.row import new_id
from kernel.money import Money
from underwriting import store
from underwriting.holdings.store import AccumulationRow, policies_under
from underwriting.loan_events.tables import PledgedRightRow
from underwriting.loan_events.versions import quote_in_force, quotes_bound
from underwriting.portfolio.keys import Dimension, Key
from underwriting.tables import PolicyRow

_MOST = 1000
"""Policies under one key that are named; a list of that length says that there are more."""


def right_name(office: str, number: str) -> str:
    """Return a right's name as the watch keeps it: its office and its number without blanks.

    >>> right_name("CN", "zl 2020 1.x")
    'CN ZL20201.X'
    """
    return f"{office} {''.join(number.split()).upper()}"


def index_rights(session: Session, *, at: datetime) -> int:
    """Write the rights of every bound quote that is not indexed yet; return how many quotes."""
    quotes = quotes_bound(session, indexed=False)
    for policy_id, quote_id in quotes:
        for office, number, family in _named(session, quote_id):
            session.add(
                PledgedRightRow(
                    id=new_id("pr"),
                    created_at=at,
                    policy_id=policy_id,
                    quote_id=quote_id,
                    office=office,
                    number=number,
                    family=family,
                )
            )
    session.flush()
    return len(quotes)


@dataclass(frozen=True, slots=True)
class Hit:
    """A policy that an event on a right hits.

    Attributes:
        policy: the policy.
        direct: does it pledge or insure that right itself, or one of its family?
        counted: sum insured, all parties together.
        retained: of it, what the insurer keeps.
    """

    policy: PolicyRow
    direct: bool
    counted: Money
    retained: Money


def hits(session: Session, name: str, on: date, *, family: str | None = None) -> tuple[Hit, ...]:
    """Return the policies in force that share a right or its family, largest first.

    `name` as `right_name` gives it; the rights must be indexed.
    """
    office, _, number = name.partition(" ")
    query = select(PledgedRightRow).where(
        PledgedRightRow.office == office, PledgedRightRow.number == number
    )
    known = session.exec(query).all()
    families = dict.fromkeys([*(row.family for row in known), *((family,) if family else ())])
    counted: dict[str, AccumulationRow] = {}
    for one in families or {number: None}:
        for row in policies_under(session, Key(Dimension.FAMILY, one), on, limit=_MOST):
            counted.setdefault(row.policy_id, row)
    pledging = {row.quote_id for row in known}
    found = [_hit(session, row, pledging, on) for row in counted.values()]
    return tuple(sorted(found, key=lambda one: (-one.counted.minor, one.policy.number)))


def hit_obligor(session: Session, register_id: str, on: date) -> tuple[Hit, ...]:
    """Return the policies in force of an obligor, largest first."""
    rows = policies_under(session, Key(Dimension.OBLIGOR, register_id), on, limit=_MOST)
    return tuple(_hit(session, row, None, on) for row in rows)


def totals(found: Sequence[Hit]) -> tuple[Money, ...]:
    """Return what is hit in all, one sum for each currency."""
    sums: dict[str, Money] = {}
    for one in found:
        unit = one.counted.currency
        sums[unit] = sums.get(unit, Money(0, unit)) + one.counted
    return tuple(sums[unit] for unit in sorted(sums))


def _hit(session: Session, row: AccumulationRow, pledging: set[str] | None, on: date) -> Hit:
    policy = store.policy(session, row.policy_id)
    direct = pledging is None or quote_in_force(session, policy, on) in pledging
    counted, kept = Money(row.minor, row.currency), Money(row.retained_minor, row.currency)
    return Hit(policy, direct, counted, kept)


def rights_in(receipt: str) -> tuple[dict[str, Any], ...]:
    """Return the rights that a receipt's proposal states."""
    return tuple(json.loads(receipt)["inputs"]["risk"].get("rights", ()))


def _named(session: Session, quote_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield office, number and family; blanks once where no right is named."""
    stated = rights_in(store.quote(session, quote_id).receipt)
    seen: set[str] = set()
    for right in stated:
        name = right_name(right.get("office", "CN"), right["number"])
        if name not in seen:
            seen.add(name)
            office, _, number = name.partition(" ")
            yield office, number, right.get("family") or right["number"]
    if not stated:
        yield "", "", ""
