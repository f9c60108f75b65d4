"""What is due next in a sandbox, read anew from the books before each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from api.sandbox.claim import claim_items
from api.sandbox.cover import cover_items
from api.sandbox.item import Item
from api.sandbox.loan import Reported, loan_items, reported_loans
from api.sandbox.store import SandboxAdvanceRow, names, refusals, stories, turn
from api.sandbox.told import Told
from api.schemas.sandbox import ScenarioRequest
from kernel.working_days import Calendar
from underwriting import store
from underwriting.store import PolicyRow

_ALL = 10_000


@dataclass(frozen=True, slots=True)
class Span:
    """What a walk has before it.

    Attributes:
        today: where the clock stands.
        until: the last day of the walk.
        advance_id: of the walk.
    """

    today: date
    until: date
    advance_id: str


def next_item(session: Session, span: Span, calendar: Calendar) -> Item | None:
    """Return what is due first and has not happened, on its day or today if that has passed.

    What was refused comes after all else, on the last day, once a walk: it may go by now, and
    keeps nobody waiting. Once the scenario of its policy is stated anew it is due on its own day.
    """
    done, refused = names(session), refusals(session)
    due = [
        (one.again, max(one.on, span.today), one.on, place, one)
        for place, one in enumerate(_items(session, refused, calendar))
        if one.name not in done
        and max(one.on, span.today) <= span.until
        and not (one.again and refused[one.name].id == span.advance_id)
    ]
    if not due:
        return None
    again, on, _, _, item = min(due, key=lambda one: one[:4])
    return replace(item, on=span.until if again else on)


def _items(
    session: Session, refused: Mapping[str, SandboxAdvanceRow], calendar: Calendar
) -> Iterator[Item]:
    told = stories(session)
    policies = store.policies(session, client_id=None, after=None, limit=_ALL)
    loans = reported_loans(session, policies)
    for policy in reversed(policies):
        if policy.state == "cancelled":
            continue
        stated = told.get(policy.id)
        for one in _of_policy(session, policy, loans.get(policy.id), stated, calendar):
            yield replace(one, again=_stands(refused.get(one.name), stated))


def _of_policy(
    session: Session,
    policy: PolicyRow,
    loan: Reported | None,
    stated: SandboxAdvanceRow | None,
    calendar: Calendar,
) -> Iterator[Item]:
    scenario = ScenarioRequest.model_validate(stated.scenario, strict=False) if stated else None
    yield from cover_items(session, policy, calendar)
    if loan is None:
        return
    yield from loan_items(policy, loan, scenario)
    if scenario:
        yield from claim_items(session, Told.of(session, policy, loan, scenario))


def _stands(refused: SandboxAdvanceRow | None, stated: SandboxAdvanceRow | None) -> bool:
    """Whether a thing was refused under the scenario that holds now."""
    return refused is not None and (stated is None or turn(refused) >= turn(stated))
