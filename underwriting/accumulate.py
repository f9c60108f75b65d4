"""ACTS on what accumulates: a policy counts, counts otherwise, or counts no longer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting.holdings import store
from underwriting.holdings.tables import AccumulationRow, RetentionRow
from underwriting.portfolio.keys import Dimension, Key
from underwriting.tables import PolicyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """For how much a policy counts, in minor units of its currency.

    Attributes:
        minor: sum insured now, all parties together.
        retained: of it, what the insurer keeps.
        premium: for what is kept, of the whole policy so far.
        ends_on: last day on which it counts.
    """

    minor: int
    retained: int
    premium: int
    ends_on: date


def accumulate(
    session: Session, policy: PolicyRow, keys: Collection[Key], counted: Counted, *, desk: Desk
) -> None:
    """Let a policy count under its keys, as it stands now; what stood before is replaced.

    Called at binding and after every change. A key that it no longer has ends on the day
    before; the change of what the insurer keeps is written as one more row.
    """
    obligors = [key for key in keys if key.dimension is Dimension.OBLIGOR]
    assert len(obligors) == 1, "a policy has one obligor"
    assert 0 <= counted.retained <= counted.minor, "what is kept is part of the whole"
    rows = {(row.dimension, row.name): row for row in store.of_policy(session, policy.id)}
    for key in dict.fromkeys(keys):
        row = rows.pop((key.dimension.value, key.name), None) or _blank(policy, key, desk)
        row.minor, row.retained_minor = counted.minor, counted.retained
        row.ends_on = counted.ends_on
        session.add(row)
    for row in rows.values():
        row.ends_on = min(row.ends_on, desk.on - timedelta(days=1))
        session.add(row)
    session.flush()
    _move(session, policy, counted.retained, counted.premium, desk=desk)


def release(
    session: Session, policy: PolicyRow, last_day: date, premium: int, *, desk: Desk
) -> None:
    """Let a policy count no longer after `last_day`; `premium` is what stays earned, minor units.

    Called at cancellation, with the day before it takes effect.
    """
    for row in store.of_policy(session, policy.id):
        row.ends_on = min(row.ends_on, last_day)
        session.add(row)
    session.flush()
    _move(session, policy, 0, premium, desk=desk)


def _blank(policy: PolicyRow, key: Key, desk: Desk) -> AccumulationRow:
    return AccumulationRow(
        id=new_id("au"),
        created_at=desk.at,
        policy_id=policy.id,
        dimension=key.dimension.value,
        name=key.name,
        currency=policy.currency,
        product=policy.product,
        minor=0,
        retained_minor=0,
        starts_on=policy.starts_on,
        ends_on=policy.ends_on,
    )


def _move(session: Session, policy: PolicyRow, retained: int, premium: int, *, desk: Desk) -> None:
    """Write what the insurer keeps more, or less, than before; nothing where nothing changed."""
    before = store.kept_of_policy(session, policy.id)
    if (retained, premium) != before:
        write(
            session,
            RetentionRow(
                id=new_id("rt"),
                created_at=desk.at,
                policy_id=policy.id,
                product=policy.product,
                currency=policy.currency,
                retained_minor=retained - before[0],
                premium_minor=premium - before[1],
                moved_on=desk.on,
            ),
        )
