"""What the books know of a matter, gathered for the tests of cover. Nothing here decides."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlmodel import Session, col, select

from claims.rules.coverage.known import Known, OtherCover, RightKnown
from kernel.money import Money
from underwriting import store
from underwriting.explained import unexplained_at_binding
from underwriting.loan_events.noted import WatchEventRow, noted, noted_of
from underwriting.loan_events.rights import right_name
from underwriting.loan_events.store import loan_file
from underwriting.loan_events.versions import quote_in_force
from underwriting.store import PolicyRow
from underwriting.watch.alert import Alert, alerts
from underwriting.watch.kinds import On


@dataclass(frozen=True, slots=True)
class _Day:
    """Two days of a matter: of its event, and of the test."""

    event_on: date
    on: date


def known_of(session: Session, policy: PolicyRow, event_on: date, on: date) -> Known:
    """Return what the books know on `on` of an event of `event_on` under a policy."""
    day = _Day(event_on, on)
    return Known(
        event_on=event_on,
        on=on,
        loan=loan_file(session, policy.id),
        rights=_rights(session, policy, day),
        obligor=_obligor(session, policy, on),
        others=others_of(session, policy, event_on),
        unexplained=tuple(one["code"] for one in unexplained_at_binding(session, policy.id)),
    )


def others_of(session: Session, policy: PolicyRow, event_on: date) -> tuple[OtherCover, ...]:
    """Return the other policies in the books that cover the same interest on a day.

    The same interest is the same loan contract of the same bank, or one of the same rights of
    the same insured under the same product. A default of a loan is one claim in this house,
    whatever policies guarantee it.
    """
    (found,) = others_of_each(session, [(policy, event_on)])
    return found


def others_of_each(
    session: Session, events: Sequence[tuple[PolicyRow, date]]
) -> tuple[tuple[OtherCover, ...], ...]:
    """Return the other policies that cover the interest of each event, read at once."""
    days = [day for _, day in events]
    query = select(PolicyRow).where(
        col(PolicyRow.borrower_register_id).in_({one.borrower_register_id for one, _ in events}),
        PolicyRow.state != "void",
        PolicyRow.starts_on <= max(days),
        PolicyRow.ends_on >= min(days),
    )
    if len(events) == 1:
        query = query.where(PolicyRow.id != events[0][0].id)  # not read a second time
    by_debtor: dict[tuple[str | None, ...], list[PolicyRow]] = {}
    for row in sorted(session.exec(query), key=lambda row: row.number):
        by_debtor.setdefault(_insured(row), []).append(row)
    return tuple(
        _covers(policy, day, by_debtor.get(_insured(policy), ())) for policy, day in events
    )


def _insured(row: PolicyRow) -> tuple[str | None, ...]:
    return row.borrower_register_id, row.client_id, row.product


def _covers(policy: PolicyRow, on: date, found: Iterable[PolicyRow]) -> tuple[OtherCover, ...]:
    return tuple(
        OtherCover(
            row.number,
            row.sum_insured_minor,
            f"policy {row.number} of this house",
            one_claim=row.contract["loan"] is not None,
        )
        for row in found
        if row.id != policy.id
        and row.starts_on <= on <= row.ends_on
        and _interest(row) & _interest(policy)
    )


def _interest(row: PolicyRow) -> set[str]:
    """Return what a policy covers: its loan contract, or its rights."""
    loan = row.contract["loan"]
    rights: Iterable[str] = row.contract["agreed"].get("rights", ())
    return {loan["contract"]} if loan else set(rights)


def _rights(session: Session, policy: PolicyRow, day: _Day) -> tuple[RightKnown, ...]:
    receipt = store.quote(session, quote_in_force(session, policy, day.event_on)).receipt
    stated = tuple(_stated(receipt))
    names = [right_name(right.get("office", "CN"), right["number"]) for right in stated]
    seen = _alerts(noted_of(session, On.RIGHT, names), day.on)
    return tuple(
        RightKnown(name, right["number"], _value(right), seen.get(name, ()))
        for name, right in zip(names, stated, strict=True)
    )


def _stated(receipt: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rights of a proposal; one whose right is not named has none."""
    risk = json.loads(receipt)["inputs"]["risk"]
    yield from (right for right in risk.get("rights", ()) if right.get("number"))


def _value(right: Mapping[str, Any]) -> int:
    appraised = right.get("appraised")
    return Money.of(appraised["amount"], appraised["currency"]).minor if appraised else 0


def _obligor(session: Session, policy: PolicyRow, on: date) -> tuple[Alert, ...]:
    name = policy.borrower_register_id
    return _alerts(noted_of(session, On.OBLIGOR, [name]), on).get(name, ())


def _alerts(rows: Iterable[WatchEventRow], on: date) -> dict[str, tuple[Alert, ...]]:
    """Return subject -> what was noted of it until a day, with what closed it."""
    told = [noted(row) for row in rows if row.noted_on <= on]
    by_name = groupby(sorted(told, key=lambda one: one.name), key=lambda one: one.name)
    return {name: alerts(of_name) for name, of_name in by_name}
