"""ACTS of record: a party, a pool and its money, a ratio that a fuse watches."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.journal import entry
from kernel.money import MAX_MINOR, Money
from kernel.sharing import Scheme
from underwriting import store
from underwriting.tables import MeasureRow, PartyRow, PoolRow, PoolYearRow


def register_party(
    session: Session, kind: str, name: str, register_id: str, *, desk: Desk
) -> PartyRow:
    """Record a party; its register number is unique.

    Raises:
        Conflict: the number is taken.
    """
    if store.party_by_register(session, register_id) is not None:
        fault = Fault("register_id", f"{register_id} is registered", "use the party that has it")
        raise Conflict("party-twice", fault)
    row = store.add(
        session,
        PartyRow(
            id=new_id("pt"), created_at=desk.at, kind=kind, name=name, register_id=register_id
        ),
    )
    subject = books.Subject("party", row.id)
    payload = {"kind": kind, "name": name, "register_id": register_id}
    books.note(session, subject, "registered", payload, actor=desk.actor, at=desk.at)
    return row


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a pool stands when it comes into these books, in minor units.

    Attributes:
        drawn: shares of losses paid so far, less what came back.
        paid_this_year: of these, since the first of January.
    """

    drawn: int = 0
    paid_this_year: int = 0


NOTHING_YET = Opening()


def register_pool(
    session: Session,
    scheme: Scheme,
    party: str,
    contribution: Money,
    *,
    portfolio: Money | None,
    desk: Desk,
    opening: Opening = NOTHING_YET,
) -> PoolRow:
    """Record the means that stand behind one party of a scheme.

    Raises:
        Invalid: the party is not one of the scheme's, or it has paid more than it has.
        Conflict: it is registered already.
    """
    if party not in scheme.parties:
        known = ", ".join(scheme.parties)
        raise invalid("party", f"{party!r} is no party of {scheme.code}", f"use one of {known}")
    if portfolio is not None and portfolio.currency != contribution.currency:
        cure = f"give it in {contribution.currency}"
        raise invalid("portfolio", "is in another currency than the contribution", cure)
    if store.pool(session, scheme.code, party, contribution.currency) is not None:
        fault = Fault("party", f"{party} of {scheme.code} is registered", "contribute to it")
        raise Conflict("pool-twice", fault)
    row = store.add(
        session,
        PoolRow(
            id=new_id("pl"),
            created_at=desk.at,
            scheme_code=scheme.code,
            party=party,
            currency=contribution.currency,
            contributed_minor=0,
            drawn_minor=0,
            portfolio_minor=None if portfolio is None else portfolio.minor,
        ),
    )
    contribute(session, row.id, contribution, key="opening", desk=desk)
    return _open(session, row, opening, desk)


def _open(session: Session, row: PoolRow, opening: Opening, desk: Desk) -> PoolRow:
    """Take over what the pool paid before it came into these books."""
    if opening.drawn > row.contributed_minor:
        raise invalid("drawn", "is more than was contributed", "state what was paid out so far")
    row.drawn_minor = opening.drawn
    session.add(row)
    name = f"{row.scheme_code}:{row.party}"
    moves = [(f"pool_losses:{name}", opening.drawn), (f"pool_money:{name}", -opening.drawn)]
    posting = entry(f"losses of pool {name} before", desk.on, row.currency, moves)
    subject = books.Subject("pool", row.id)
    books.post(session, posting, subject=subject, key=f"opening:{row.id}", at=desk.at)
    if opening.paid_this_year:
        counted = store.pool_year(session, row.scheme_code, row.party, row.currency, desk.on.year)
        if counted is not None:
            cure = "leave it out: these books count it"
            raise invalid("paid_this_year", "is counted for this year already", cure)
        store.add(
            session,
            PoolYearRow(
                id=new_id("py"),
                created_at=desk.at,
                scheme_code=row.scheme_code,
                party=row.party,
                currency=row.currency,
                year=desk.on.year,
                paid_minor=opening.paid_this_year,
            ),
        )
    return row


def contribute(session: Session, pool_id: str, money: Money, *, key: str, desk: Desk) -> PoolRow:
    """Add money to a pool; `key` names the contribution and counts once.

    Raises:
        Invalid: the currency is not the pool's, or the amount is nothing or too much.
    """
    row = store.pool_by_id(session, pool_id, lock=True)
    if money.currency != row.currency:
        raise invalid("currency", f"the pool is in {row.currency}", "contribute in it")
    if not 0 < money.minor <= MAX_MINOR - row.contributed_minor:
        raise invalid("amount", "is nothing or more than a pool can hold", "give another amount")
    row.contributed_minor += money.minor
    session.add(row)
    subject = books.Subject("pool", row.id)
    name = f"{row.scheme_code}:{row.party}"
    moves = [(f"pool_money:{name}", money.minor), (f"pool_contributed:{name}", -money.minor)]
    posting = entry(f"contribution to pool {name}", desk.on, row.currency, moves)
    books.post(session, posting, subject=subject, key=f"contribution:{row.id}:{key}", at=desk.at)
    payload = {"amount_minor": money.minor, "key": key}
    books.note(session, subject, "contributed", payload, actor=desk.actor, at=desk.at)
    return row


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio as it is stated: name, exact value per 1, day it holds for, who states it."""

    name: str
    ratio: Fraction
    as_of: date
    source: str


def state_measure(
    session: Session, scheme: Scheme, bank_id: str, measure: Measure, *, desk: Desk
) -> MeasureRow:
    """Record a ratio that a fuse of the scheme watches, for one bank.

    Raises:
        Invalid: no fuse of the scheme watches it, or its day lies ahead.
        Conflict: it is stated for that day already.
    """
    watched = [fuse.measure for fuse in scheme.fuses]
    if measure.name not in watched:
        known = ", ".join(dict.fromkeys(watched)) or "none"
        raise invalid("measure", f"no fuse of {scheme.code} watches it", f"watched: {known}")
    if measure.as_of > desk.on:
        raise invalid("as_of", f"{measure.as_of} lies ahead", "state what is known today")
    store.party(session, bank_id)
    earlier = store.latest_measure(session, scheme.code, bank_id, measure.name, measure.as_of)
    if earlier is not None and earlier.as_of == measure.as_of:
        fault = Fault("as_of", f"{measure.name} is stated for {measure.as_of}", "give a later day")
        raise Conflict("measure-twice", fault)
    row = store.add(
        session,
        MeasureRow(
            id=new_id("ms"),
            created_at=desk.at,
            scheme_code=scheme.code,
            bank_id=bank_id,
            measure=measure.name,
            ratio=str(measure.ratio),
            as_of=measure.as_of,
            source=measure.source,
        ),
    )
    subject = books.Subject("measure", row.id)
    payload = {"measure": measure.name, "ratio": str(measure.ratio), "bank_id": bank_id}
    books.note(session, subject, "stated", payload, actor=desk.actor, at=desk.at)
    return row
