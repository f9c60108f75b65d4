"""What is due next in a sandbox, read anew from the books before each step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from api.sandbox.claim import claim_items
from api.sandbox.cover import cover_items
from api.sandbox.item import Item
from api.sandbox.loan import loan_items
from api.sandbox.store import names, stories
from api.sandbox.told import Told
from api.schemas.sandbox import ScenarioRequest
from kernel.working_days import Calendar
from underwriting import store

_ALL = 10_000


def next_item(session: Session, today: date, until: date, calendar: Calendar) -> Item | None:
    """Return what is due first and has not happened, on its day or today if that has passed."""
    done = names(session)
    due = [
        (max(one.on, today), one.on, place, one)
        for place, one in enumerate(_items(session, calendar))
        if one.name not in done and max(one.on, today) <= until
    ]
    if not due:
        return None
    on, _, _, item = min(due, key=lambda one: one[:3])
    return replace(item, on=on)


def _items(session: Session, calendar: Calendar) -> Iterator[Item]:
    told = stories(session)
    policies = store.policies(session, client_id=None, after=None, limit=_ALL)
    for policy in reversed(policies):
        if policy.state == "cancelled":
            continue
        stated = told.get(policy.id)
        scenario = ScenarioRequest.model_validate(stated, strict=False) if stated else None
        yield from cover_items(session, policy, calendar)
        yield from loan_items(session, policy, scenario)
        if scenario:
            yield from claim_items(session, Told.of(session, policy, scenario))
