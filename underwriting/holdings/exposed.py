"""What is held under the keys of a proposal, and what stands behind it, in two statements."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    union_all,
)
from sqlmodel import Session

from kernel.db.page import table_of
from underwriting.holdings.tables import AccumulationRow, MeansRow, RetentionRow
from underwriting.portfolio.exposures import NOTHING, Exposures, Held, Written
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.means import RATIOS, Means

_ON: BindParameter[date] = bindparam("on")


def exposures_of(
    session: Session, keys: Collection[Key], currency: str, on: date, *, but: str | None = None
) -> Exposures:
    """Return what is in force or yet to start under `keys`, without the policy `but`.

    Two statements, however many keys; both are answered from an index alone.
    """
    held: dict[Key, Held] = dict.fromkeys(keys, NOTHING)
    elsewhere: dict[Key, dict[str, int]] = {}
    for key, unit, product, minor, retained, policies in _sums(session, keys, on, but):
        if unit == currency:
            before = held[key]
            kept = {**(before.retained or {}), product: retained}
            held[key] = Held(before.minor + minor, before.policies + policies, kept)
        else:
            sums = elsewhere.setdefault(key, {})
            sums[unit] = sums.get(unit, 0) + minor
    means, written = _standing(session, currency, on)
    return Exposures(currency, held, means, written, elsewhere)


def _sums(
    session: Session, keys: Collection[Key], on: date, but: str | None
) -> list[tuple[Key, str, str, int, int, int]]:
    """Return key, currency, product, sum insured, kept, policies.

    One range of the index for each key: a plain `(dimension, name) IN` would read the table.
    """
    names: dict[Dimension, list[str]] = {}
    for key in keys:
        names.setdefault(key.dimension, []).append(key.name)
    if not names:
        return []
    given = {dimension.value: named for dimension, named in names.items()} | {"on": on, "but": but}
    query = _under(tuple(names), but=but is not None)
    return [
        (Key(Dimension(dimension), name), unit, product, int(minor), int(kept), policies)
        for dimension, name, unit, product, minor, kept, policies in session.execute(query, given)
    ]


@lru_cache(maxsize=256)
def _under(
    dimensions: tuple[Dimension, ...], *, but: bool
) -> CompoundSelect[str, str, str, str, int, int, int]:
    """Return the statement for keys of these dimensions; made once, run with their names."""
    return union_all(*(_along(dimension, but=but) for dimension in dimensions))


def _along(dimension: Dimension, *, but: bool) -> Select[str, str, str, str, int, int, int]:
    row = table_of(AccumulationRow).c
    by = (row.dimension, row.name, row.currency, row.product)
    names: BindParameter[str] = bindparam(dimension.value, expanding=True)
    query = (
        select(*by, func.sum(row.minor), func.sum(row.retained_minor), func.count())
        .where(row.dimension == dimension.value, row.name.in_(names), row.ends_on >= _ON)
        .group_by(*by)
    )
    return query.where(row.policy_id != bindparam("but")) if but else query


@cache
def _moved_since() -> Select[*tuple[Any, ...]]:
    """Return the statement for the newest means known on a day, and what each product moved."""
    means, moved = table_of(MeansRow).c, table_of(RetentionRow).c
    latest = (
        select(means.id)
        .where(means.currency == bindparam("currency"), means.as_of <= _ON)
        .order_by(means.as_of.desc())
        .limit(1)
        .scalar_subquery()
    )
    stated = tuple(means[name] for name in Means.__slots__)
    since = and_(moved.currency == means.currency, moved.moved_on > means.as_of)
    of_year = case((moved.moved_on >= bindparam("year_start"), moved.premium_minor), else_=0)
    return (
        select(*stated, moved.product, func.sum(moved.retained_minor), func.sum(of_year))
        .join_from(table_of(MeansRow), table_of(RetentionRow), since, isouter=True)
        .where(means.id == latest)
        .group_by(means.id, moved.product)
    )


def _standing(session: Session, currency: str, on: date) -> tuple[Means | None, dict[str, Written]]:
    """Return the newest means known on a day, and what each product has moved since."""
    given = {"currency": currency, "on": on, "year_start": date(on.year, 1, 1)}
    means, written = None, {}
    for *stated, product, retained, premium in session.execute(_moved_since(), given):
        means = means or _means(dict(zip(Means.__slots__, stated, strict=True)))
        if product is not None:
            written[product] = Written(int(retained), int(premium))
    return means, written


def means_of(row: MeansRow) -> Means:
    """Return a statement as a value."""
    return _means({name: getattr(row, name) for name in Means.__slots__})


def _means(stated: Mapping[str, Any]) -> Means:
    return Means(**{**stated, **{name: Fraction(stated[name]) for name in RATIOS}})
