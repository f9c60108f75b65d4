"""The watch list: policies that are not green, gravest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from underwriting.loan_events.alerted import alerted
from underwriting.loan_events.tables import LoanEventRow, PledgedRightRow, WatchEventRow
from underwriting.loan_events.versions import quotes_bound
from underwriting.tables import PolicyRow
from underwriting.watch.level import Level
from underwriting.watch.moves import level_on


@dataclass(frozen=True, slots=True)
class OnList:
    """A policy on the watch list.

    Attributes:
        policy: the policy.
        level: how closely it is watched.
        kinds: of what is open, gravest first.
        next_deadline: the first day for a cure that has not passed; None where there is none.
    """

    policy: PolicyRow
    level: Level
    kinds: tuple[str, ...]
    next_deadline: date | None


def watch_list(
    session: Session, on: date, *, client_id: str | None, limit: int
) -> tuple[OnList, ...]:
    """Return policies in force that are watched, gravest first, of one client or of all."""
    found = [_on_list(session, policy, on) for policy in _candidates(session, on, client_id)]
    kept = [one for one in found if one.level is not Level.GREEN]
    order = sorted(kept, key=lambda one: (-one.level.rank, one.next_deadline or date.max))
    return tuple(order[:limit])


def _on_list(session: Session, policy: PolicyRow, on: date) -> OnList:
    seen = alerted(session, policy, on).alerts
    open_now = sorted(
        (one for one in seen if one.is_open(on)), key=lambda one: -one.level(on).rank
    )  # fmt: skip
    days = [one.noted.deadline for one in open_now]
    return OnList(
        policy,
        level_on(seen, on),
        tuple(dict.fromkeys(one.noted.kind for one in open_now)),
        min((day for day in days if day is not None and day >= on), default=None),
    )


def _candidates(session: Session, on: date, client_id: str | None) -> Iterable[PolicyRow]:
    """Return the policies in force of which anything was noted; rights not indexed count too."""
    right = col(PledgedRightRow.office) + " " + col(PledgedRightRow.number)
    noted = select(WatchEventRow.name)
    by_right = select(PledgedRightRow.policy_id).where(
        right.in_(noted.where(WatchEventRow.subject == "right"))
    )
    reports = select(LoanEventRow.policy_id)
    fresh = {policy_id for policy_id, _ in quotes_bound(session, indexed=False)}
    query = select(PolicyRow).where(
        col(PolicyRow.ends_on) >= on,
        col(PolicyRow.id).in_(by_right)
        | col(PolicyRow.id).in_(reports)
        | col(PolicyRow.id).in_(fresh)
        | col(PolicyRow.borrower_register_id).in_(noted.where(WatchEventRow.subject == "obligor")),
    )
    if client_id is not None:
        query = query.where(PolicyRow.client_id == client_id)
    return session.exec(query.order_by(col(PolicyRow.number))).all()
