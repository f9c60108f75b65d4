"""Every query of what is held, as named functions of a session. Nothing here decides."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from underwriting.holdings.exposed import exposures_of
from underwriting.holdings.tables import AccumulationRow, MeansRow, RetentionRow
from underwriting.portfolio.exposures import Held
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.report import Accumulated

__all__ = [
    "AccumulationRow",
    "MeansRow",
    "RetentionRow",
    "exposures_of",
]  # what the houses above may name


def means_stated(session: Session, currency: str | None = None) -> list[MeansRow]:
    """Return the statements of one currency or of all, newest quarter first."""
    query = select(MeansRow).order_by(col(MeansRow.as_of).desc(), col(MeansRow.currency))
    if currency is not None:
        query = query.where(MeansRow.currency == currency)
    return list(session.exec(query))


def accumulations(
    session: Session, dimension: Dimension, on: date, *, limit: int, currency: str | None = None
) -> list[Accumulated]:
    """Return the keys of one dimension with what is held, largest sum first."""
    row = AccumulationRow
    whole = func.sum(row.minor)
    query = (
        sa_select(
            col(row.name), col(row.currency), whole, func.sum(row.retained_minor), func.count()
        )
        .where(col(row.dimension) == dimension.value, col(row.ends_on) >= on)
        .group_by(col(row.name), col(row.currency))
        .order_by(whole.desc(), col(row.name), col(row.currency))
        .limit(limit)
    )
    if currency is not None:
        query = query.where(col(row.currency) == currency)
    return [
        Accumulated(Key(dimension, name), unit, Held(int(minor), policies, {"": int(kept)}))
        for name, unit, minor, kept, policies in session.execute(query)
    ]


def policies_under(session: Session, key: Key, on: date, *, limit: int) -> list[AccumulationRow]:
    """Return what policies count under a key on a day, largest first."""
    row = AccumulationRow
    query = (
        select(row)
        .where(row.dimension == key.dimension.value, row.name == key.name, row.ends_on >= on)
        .order_by(col(row.minor).desc(), col(row.id))
        .limit(limit)
    )
    return list(session.exec(query))


def of_policy(session: Session, policy_id: str) -> list[AccumulationRow]:
    """Return the keys that a policy counts under, in their order."""
    row = AccumulationRow
    query = select(row).where(row.policy_id == policy_id)
    return list(session.exec(query.order_by(col(row.dimension), col(row.name))))


def kept_of_policy(session: Session, policy_id: str) -> tuple[int, int]:
    """Return what the insurer keeps of a policy and the premium for it, minor units."""
    row = RetentionRow
    query = select(func.sum(row.retained_minor), func.sum(row.premium_minor)).where(
        row.policy_id == policy_id
    )
    retained, premium = session.exec(query).one()
    return int(retained or 0), int(premium or 0)


def largest_kept(
    session: Session, dimension: Dimension, products: Collection[str], currency: str, on: date
) -> tuple[Key, int] | None:
    """Return the key of a dimension under which most is kept of some products, and how much."""
    row = AccumulationRow
    kept = func.sum(row.retained_minor)
    query = (
        select(row.name, kept)
        .where(row.dimension == dimension.value, row.currency == currency)
        .where(col(row.ends_on) >= on, col(row.product).in_(products))
        .group_by(col(row.name))
        .order_by(kept.desc(), col(row.name))
        .limit(1)
    )
    found = session.exec(query).first()
    return found and (Key(dimension, found[0]), int(found[1]))
