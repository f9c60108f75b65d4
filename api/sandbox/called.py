"""What happens to the calls of a claim: each party pays, save one that never does."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sqlmodel import Session

from api.sandbox.item import Act, Item
from api.sandbox.told import Told
from claims.answer_call import answer_call
from claims.calls import store
from claims.calls.moves import State
from claims.calls.store import CallRow
from claims.default_call import default_call
from claims.warn_party import warn_party
from kernel.desk import Desk

_DAY = timedelta(days=1)


def call_items(session: Session, told: Told, claim_id: str) -> Iterator[Item]:
    """Yield what is due on each call of a claim; refunds are paid like calls."""
    for row in store.unpaid(session, claim_id):
        if row.direction == "call" and row.party == told.scenario.defaults:
            yield _default(told, row)
        else:
            on = row.raised_on + timedelta(days=told.scenario.parties_pay_after_days)
            act = partial(_pay, row.id)
            code = "call_paid" if row.direction == "call" else "refund_paid"
            yield _told(told, row, code, on, act)


def _default(told: Told, row: CallRow) -> Item:
    if row.state == State.NOTICED and row.cure_until:
        act, on = partial(_put_into_default, row.id), row.cure_until + _DAY
        return _told(told, row, "call_defaulted", on, act, role="second")
    return _told(told, row, "call_warned", row.due_on + _DAY, partial(_warn, row.id))


def _told(
    told: Told, row: CallRow, code: str, on: date, act: Act, *, role: str = "adjuster"
) -> Item:
    """Return a thing about a call, with the party and what it still has to pay."""
    return told.item(code, on, act, role=role, of=row.id, party=row.party, minor=row.open_minor)


def _pay(id_: str, session: Session, desk: Desk) -> str:
    answer_call(session, id_, desk.on, desk=desk)
    return f"/v1/calls/{id_}"


def _warn(id_: str, session: Session, desk: Desk) -> str:
    warn_party(session, id_, desk=desk)
    return f"/v1/calls/{id_}"


def _put_into_default(id_: str, session: Session, desk: Desk) -> str:
    default_call(session, id_, desk=desk)
    return f"/v1/calls/{id_}"
