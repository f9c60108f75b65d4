"""The one door to the database. Nothing else commits.

    engine = make_engine(settings.database_url)
    row = transact(engine, lambda session: quote(session, proposal, clock=clock))
    rows = read(engine, store.open_claims)

    make_engine(url: str) -> Engine
    transact(engine, act: Callable[[Session], T], *, read_only=False, attempts=60) -> T
    read(engine, act: Callable[[Session], T]) -> T
    inside_an_act() -> bool

An act is run whole and may be run again from its start after a lost race; so it sends no
mail, makes no request and reads no clock but the one handed to it. What it returns stays
readable after the commit. Refusals raised by an act undo everything and pass through.
"""

import contextvars
import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from kernel.db.connect import READ_ONLY, make_engine
from kernel.db.turn import TURNS, Awaited, turn_of, turns_of
from kernel.errors import Conflict, Fault, Unavailable

__all__ = ["inside_an_act", "make_engine", "read", "transact"]

T = TypeVar("T")

ATTEMPTS: Final = 60
"""How often an act is run before a race is given up."""

FLOOR_ATTEMPTS: Final = 3
"""How often an act is run when a unique key refuses it: the next run sees the winner."""

PATIENCE_SECONDS: Final = 45.0
"""How long an act is tried again, whatever the number of attempts."""

_RACE: Final = {"40001", "40P01"}
_UNIQUE: Final = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_WAITED_TOO_LONG: Final = {"55P03", "57014"}
_OUR_MISTAKE: Final = {"SQLITE_ERROR", "SQLITE_READONLY"}

_inside: contextvars.ContextVar[bool] = contextvars.ContextVar("inside an act", default=False)

_SAME_KEY = "repeat the request with the same Idempotency-Key"


def transact(
    engine: Engine,
    act: Callable[[Session], T],
    *,
    read_only: bool = False,
    attempts: int = ATTEMPTS,
) -> T:
    """Run `act` in one transaction, commit it, and return what it returned.

    An act that queues (`kernel.db.turn.take_turn`) is run again once it has its turn.
    A lost race (40001, 40P01, locked, a stale version) runs the whole act again, at most
    `attempts` times within 45 s; a broken unique key at most 3 times. Raises
    `Unavailable` with code `database-busy`, `database-unreachable` (nothing was written)
    or `outcome-unknown` (the answer to COMMIT was lost), `Conflict` with `changed-meanwhile`.
    A broken CHECK, foreign key or trigger is a mistake of ours and passes as it is.
    """
    assert not _inside.get(), "an act runs in one transaction; it does not open another"
    mark = _inside.set(True)
    try:
        return _try(engine, act, read_only, attempts)
    finally:
        _inside.reset(mark)


def inside_an_act() -> bool:
    """Say whether a transaction is under way here, which opens no other."""
    return _inside.get()


def read(engine: Engine, act: Callable[[Session], T]) -> T:
    """Run `act` on one consistent snapshot; a write in it is refused by the database."""
    return transact(engine, act, read_only=True)


def _try(engine: Engine, act: Callable[[Session], T], read_only: bool, attempts: int) -> T:  # noqa: FBT001 - private
    """Run the act until it is done or there is no sense in another run."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    attempt, turns = 1, frozenset[str]()
    while True:
        try:
            return _once(engine, act, read_only, turns)
        except Awaited as wanted:  # run again with the turn; each adds a queue, so it ends
            turns = wanted.names
            continue
        except (DBAPIError, StaleDataError, PoolTimeoutError) as trouble:
            allowed = min(attempts, _attempts_for(trouble))
            if attempt >= allowed or time.monotonic() > give_up_at:
                raise _last_word(trouble) from trouble
        jitter = random.uniform(0, min(0.2, 0.002 * 2 ** min(attempt, 7)))  # noqa: S311 - no secret
        time.sleep(jitter)
        attempt += 1


def _once(
    engine: Engine,
    act: Callable[[Session], T],
    read_only: bool,  # noqa: FBT001 - private
    turns: frozenset[str],
) -> T:
    with (
        turn_of(engine, read_only=read_only),
        turns_of(engine, turns) as place,
        Session(place, expire_on_commit=False) as session,
    ):
        if not read_only and engine.dialect.name == "postgresql":
            session.info[TURNS] = turns
        if read_only:
            session.connection(execution_options=READ_ONLY)
        outcome = act(session)
        session.flush()
        try:
            session.commit()
        except DBAPIError as trouble:
            if read_only or _surely_undone(trouble):
                raise
            raise Unavailable(
                "outcome-unknown",
                Fault("database", "the connection was lost while it committed", _SAME_KEY),
            ) from trouble
        return outcome


def _sign(trouble: Exception) -> str:
    """Return the SQLSTATE of PostgreSQL or the error name of SQLite, "" when there is none."""
    orig = getattr(trouble, "orig", None)
    return getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None) or ""


def _is_race(sign: str) -> bool:
    return sign in _RACE or sign.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _surely_undone(trouble: DBAPIError) -> bool:
    """Tell whether the database itself said that it did not commit."""
    return _is_race(_sign(trouble)) or isinstance(trouble, IntegrityError)


def _attempts_for(trouble: Exception) -> int:
    sign = _sign(trouble)
    if isinstance(trouble, StaleDataError) or _is_race(sign):
        return ATTEMPTS
    return FLOOR_ATTEMPTS if sign in _UNIQUE else 1


def _last_word(trouble: Exception) -> Exception:
    """Turn trouble with the database into a refusal; leave our own mistakes as they are."""
    sign = _sign(trouble)
    if isinstance(trouble, StaleDataError):
        fault = Fault("version", "somebody else changed this meanwhile", "read it again and decide")
        return Conflict("changed-meanwhile", fault)
    if isinstance(trouble, PoolTimeoutError) or _is_race(sign) or sign in _WAITED_TOO_LONG:
        return Unavailable("database-busy", Fault("database", "is too busy", _SAME_KEY))
    if isinstance(trouble, OperationalError | InterfaceError) and sign not in _OUR_MISTAKE:
        fault = Fault("database", "cannot be reached or cannot write", _SAME_KEY + " later")
        return Unavailable("database-unreachable", fault)
    return trouble
