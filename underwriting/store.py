"""Every query of underwriting, as named functions of a session. Nothing here decides."""

from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, tuple_
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from kernel.db.row import Row, UtcInstant
from kernel.db.tables import DocumentRow
from kernel.errors import Fault, NotFound, invalid
from underwriting.tables import (
    MeasureRow,
    PartyRow,
    PolicyRow,
    PoolRow,
    PoolYearRow,
    QuoteOverrideRow,
    QuoteRow,
)

__all__ = [
    "DocumentRow",
    "MeasureRow",
    "PartyRow",
    "PolicyRow",
    "PoolRow",
    "QuoteOverrideRow",
    "QuoteRow",
]  # what the houses above may name

RowT = TypeVar("RowT", bound=Row)


def page(
    session: Session,
    query: SelectOfScalar[RowT],
    table: type[RowT],
    *,
    after: str | None,
    limit: int,
) -> list[RowT]:
    """Return up to `limit` rows of `query`, newest first, after its row `after`."""
    if after is not None:
        last = session.exec(query.where(col(table.id) == after)).one_or_none()
        if last is None:  # not there, or not in this list: another bank's row is no cursor
            raise invalid("after", "is not a cursor", "use `next` of the page before")
        query = query.where(
            tuple_(col(table.created_at), col(table.id))
            < tuple_(bindparam(None, last.created_at, UtcInstant()), bindparam(None, last.id))
        )
    query = query.order_by(col(table.created_at).desc(), col(table.id).desc())
    return list(session.exec(query.limit(limit)))


def add(session: Session, row: RowT) -> RowT:
    """Write a new row, so that a broken key shows at once."""
    session.add(row)
    session.flush()
    return row


def missing(kind: str, field: str = "") -> NotFound:
    """Refuse what names nothing the caller may see, in the same words for all of a kind.

    Args:
        kind: what is named, in words, such as `letter of demand`.
        field: by which it is named; the id of its kind where left out.
    """
    cure = f"give a {field} that an answer gave" if field else f"list the {kind} ids"
    fault = Fault(field or f"{kind}_id", f"names no {kind} that you may see", cure)
    return NotFound(f"no-such-{kind.replace(' ', '-')}", fault)


def party(session: Session, id_: str) -> PartyRow:
    """Return a party."""
    row = session.identity_map.get(identity_key(PartyRow, id_))
    row = row or session.exec(_PARTY, params={"id": id_}).one_or_none()
    if row is None:
        raise missing("party")
    return row


_PARTY = select(PartyRow).where(PartyRow.id == bindparam("id"))


def party_by_register(session: Session, register_id: str) -> PartyRow | None:
    """Return the party with this number in its register, if any."""
    query = select(PartyRow).where(PartyRow.register_id == register_id)
    return session.exec(query).one_or_none()


def parties(session: Session) -> tuple[PartyRow, ...]:
    """Return all parties by name."""
    return tuple(session.exec(select(PartyRow).order_by(col(PartyRow.name))))


def parties_page(
    session: Session, *, only: str | None, after: str | None, limit: int
) -> list[PartyRow]:
    """Return parties, newest first, `only` this one or all, after the party `after`."""
    query = select(PartyRow)
    if only is not None:
        query = query.where(PartyRow.id == only)
    return page(session, query, PartyRow, after=after, limit=limit)


def quote(session: Session, id_: str, *, lock: bool = False) -> QuoteRow:
    """Return a quote, held against other writers where `lock`."""
    row = session.get(QuoteRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("quote")
    return row


def quotes(
    session: Session, *, client_id: str | None, after: str | None, limit: int
) -> list[QuoteRow]:
    """Return quotes, newest first, of one bank or of all, after the quote `after`."""
    query = select(QuoteRow)
    if client_id is not None:
        query = query.where(QuoteRow.client_id == client_id)
    return page(session, query, QuoteRow, after=after, limit=limit)


def policy(session: Session, id_: str, *, lock: bool = False) -> PolicyRow:
    """Return a policy, held against other writers where `lock`."""
    row = session.get(PolicyRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("policy")
    return row


def policies(
    session: Session, *, client_id: str | None, after: str | None, limit: int
) -> list[PolicyRow]:
    """Return policies, newest first, of one bank or of all, after the policy `after`."""
    query = select(PolicyRow)
    if client_id is not None:
        query = query.where(PolicyRow.client_id == client_id)
    return page(session, query, PolicyRow, after=after, limit=limit)


def policy_of_quote(session: Session, quote_id: str) -> PolicyRow | None:
    """Return the policy that a quote was bound into, if any."""
    query = select(PolicyRow).where(PolicyRow.quote_id == quote_id)
    return session.exec(query).one_or_none()


def overrides(session: Session, quote_id: str) -> tuple[QuoteOverrideRow, ...]:
    """Return the prices offered for a quote, oldest first."""
    query = select(QuoteOverrideRow).where(QuoteOverrideRow.quote_id == quote_id)
    order = (col(QuoteOverrideRow.created_at), col(QuoteOverrideRow.id))
    return tuple(session.exec(query.order_by(*order)))


def pool(
    session: Session, scheme_code: str, party_name: str, currency: str, *, lock: bool = False
) -> PoolRow | None:
    """Return what is counted for one party of a scheme, if it is registered."""
    query = select(PoolRow).where(
        PoolRow.scheme_code == scheme_code,
        PoolRow.party == party_name,
        PoolRow.currency == currency,
    )
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def pool_by_id(session: Session, id_: str, *, lock: bool = False) -> PoolRow:
    """Return a pool."""
    row = session.get(PoolRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("pool")
    return row


def pools(session: Session) -> tuple[PoolRow, ...]:
    """Return all pools by scheme and party."""
    query = select(PoolRow).order_by(col(PoolRow.scheme_code), col(PoolRow.party))
    return tuple(session.exec(query))


def pools_page(session: Session, *, after: str | None, limit: int) -> list[PoolRow]:
    """Return pools, newest first, after the pool `after`."""
    return page(session, select(PoolRow), PoolRow, after=after, limit=limit)


def pool_year(
    session: Session, scheme_code: str, party_name: str, currency: str, year: int
) -> PoolYearRow | None:
    """Return what one party of a scheme was charged in a year, if anything."""
    query = select(PoolYearRow).where(
        PoolYearRow.scheme_code == scheme_code,
        PoolYearRow.party == party_name,
        PoolYearRow.currency == currency,
        PoolYearRow.year == year,
    )
    return session.exec(query).one_or_none()


def latest_measure(
    session: Session, scheme_code: str, bank_id: str, measure: str, on: date
) -> MeasureRow | None:
    """Return the newest statement of a ratio that holds on `on`, if any."""
    query = (
        select(MeasureRow)
        .where(
            MeasureRow.scheme_code == scheme_code,
            MeasureRow.bank_id == bank_id,
            MeasureRow.measure == measure,
            MeasureRow.as_of <= on,
        )
        .order_by(col(MeasureRow.as_of).desc())
        .limit(1)
    )
    return session.exec(query).one_or_none()


def measures_page(
    session: Session, *, bank_id: str | None, after: str | None, limit: int
) -> list[MeasureRow]:
    """Return the ratios stated, last stated first, of one bank or of all, after `after`."""
    query = select(MeasureRow)
    if bank_id is not None:
        query = query.where(MeasureRow.bank_id == bank_id)
    return page(session, query, MeasureRow, after=after, limit=limit)


def document(session: Session, id_: str) -> DocumentRow:
    """Return a paper as it left the house."""
    row = session.get(DocumentRow, id_)
    if row is None:
        raise missing("document")
    return row
