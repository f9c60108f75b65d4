"""What is held under the keys of a proposal, and what stands behind it, in two statements."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from sqlalchemy import Select, case, func, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, select

from underwriting.holdings.tables import AccumulationRow, MeansRow, RetentionRow
from underwriting.portfolio.exposures import NOTHING, Exposures, Held, Written
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.means import RATIOS, Means


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
    parts = (_along(dimension, named, on, but) for dimension, named in names.items())
    return [
        (Key(Dimension(dimension), name), unit, product, int(minor), int(kept), policies)
        for dimension, name, unit, product, minor, kept, policies in session.execute(
            union_all(*parts)
        )
    ]


def _along(
    dimension: Dimension, names: list[str], on: date, but: str | None
) -> Select[str, str, str, str, int, int, int]:
    row = AccumulationRow
    by = (col(row.dimension), col(row.name), col(row.currency), col(row.product))
    query = (
        sa_select(*by, func.sum(row.minor), func.sum(row.retained_minor), func.count())
        .where(by[0] == dimension.value, by[1].in_(names), col(row.ends_on) >= on)
        .group_by(*by)
    )
    return query if but is None else query.where(col(row.policy_id) != but)


def _standing(session: Session, currency: str, on: date) -> tuple[Means | None, dict[str, Written]]:
    """Return the newest means known on a day, and what each product has moved since."""
    latest = (
        select(MeansRow.id)
        .where(MeansRow.currency == currency, MeansRow.as_of <= on)
        .order_by(col(MeansRow.as_of).desc())
        .limit(1)
        .scalar_subquery()
    )
    moved = RetentionRow
    since = and_(moved.currency == MeansRow.currency, moved.moved_on > MeansRow.as_of)
    of_year = case((col(moved.moved_on) >= date(on.year, 1, 1), moved.premium_minor), else_=0)
    query = (
        select(MeansRow, moved.product, func.sum(moved.retained_minor), func.sum(of_year))
        .join(moved, since, isouter=True)
        .where(MeansRow.id == latest)
        .group_by(col(MeansRow.id), col(moved.product))
    )
    means, written = None, {}
    for row, product, retained, premium in session.exec(query):
        means = means_of(row)
        if product is not None:
            written[product] = Written(int(retained), int(premium))
    return means, written


def means_of(row: MeansRow) -> Means:
    """Return a statement as a value."""
    stated = {name: getattr(row, name) for name in Means.__slots__}
    return Means(**{**stated, **{name: Fraction(stated[name]) for name in RATIOS}})
