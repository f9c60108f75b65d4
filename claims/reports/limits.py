"""The limits on guarantee business as records: what the house kept on the last day of a period."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.reports.period import Asked
from claims.reports.records import Record
from underwriting.holdings.exposed import means_of
from underwriting.holdings.store import AccumulationRow, RetentionRow, means_stated
from underwriting.portfolio.exposures import Exposures, Written
from underwriting.portfolio.headroom import balance, ceiling
from underwriting.portfolio.limits import Counts, Limits, Statutory, load_limits
from underwriting.portfolio.means import Means


def limits(session: Session, asked: Asked) -> tuple[Record, ...]:
    """Return a record of each statutory limit, as used at the end of a period.

    Without stated means, what is used of them and the limit are not recorded.
    """
    stated, on = load_limits(), asked.closes_on
    rows = [row for row in means_stated(session, asked.currency) if row.as_of <= on]
    means = means_of(rows[0]) if rows else None
    return tuple(_record(session, limit, means, asked) for limit in _guarantee(stated))


def _guarantee(stated: Limits) -> Iterator[Statutory]:
    """Yield the limits that bind guarantee business."""
    return (one for one in stated.statutory if one.products & stated.classes["guarantee"])


def _record(session: Session, limit: Statutory, means: Means | None, asked: Asked) -> Record:
    most = None if means is None else ceiling(limit, means)
    used, key = _used(session, limit, means, asked)
    return {
        "limit": f"{limit.grounds.zh} {limit.grounds.en}",
        "code": limit.grounds.code,
        "currency": asked.currency,
        "used_minor": used,
        "most_minor": most,
        "left_minor": None if most is None or used is None else most - used,
        "key": key,
        "times": f"{limit.times}",
        "of": limit.of,
        "means_on": None if means is None else means.as_of,
        "base_minor": None if means is None else Fraction(getattr(means, limit.of)),
        "clause": limit.grounds.clause,
        "unverified": limit.grounds.unverified or "无 none",
    }


def _used(
    session: Session, limit: Statutory, means: Means | None, asked: Asked
) -> tuple[int | None, str]:
    """Return what is used and, of a limit on keys, the key that uses most."""
    if limit.counts is Counts.KEY:
        return _largest(session, limit, asked)
    if means is None:
        return None, ""
    written = _written(session, means, asked)
    return balance(limit, Exposures(asked.currency, {}, means, written), asked.closes_on), ""


def _written(session: Session, means: Means, asked: Asked) -> dict[str, Written]:
    """Return product -> what was kept between the means and the period's end."""
    row, found = RetentionRow, dict[str, Written]()
    query = select(row).where(row.currency == asked.currency)
    for one in session.exec(query):
        if not means.as_of < one.moved_on <= asked.closes_on:
            continue
        before = found.get(one.product, Written(0, 0))
        of_year = one.premium_minor if one.moved_on.year == asked.closes_on.year else 0
        kept = before.retained + one.retained_minor
        found[one.product] = Written(kept, before.premium + of_year)
    return found


def _largest(session: Session, limit: Statutory, asked: Asked) -> tuple[int, str]:
    """Return most that was kept under one key on the last day, by what had moved until then."""
    held, moved = AccumulationRow, RetentionRow
    kept: Any = func.sum(moved.retained_minor)
    query = (
        select(held.dimension, held.name, kept)
        .join(moved, col(moved.policy_id) == held.policy_id)
        .where(col(held.dimension).in_([one.value for one in limit.dimensions]))
        .where(col(held.product).in_(limit.products), held.currency == asked.currency)
        .where(col(held.ends_on) >= asked.closes_on, col(moved.moved_on) <= asked.closes_on)
        .group_by(col(held.dimension), col(held.name))
        .order_by(kept.desc(), col(held.dimension), col(held.name))
        .limit(1)
    )
    found = session.exec(query).first()
    return (int(found[2]), f"{found[0]} {found[1]}") if found else (0, "")
