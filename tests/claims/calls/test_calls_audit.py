"""The audit of calls bites: each breach that is planted in the books is found and named."""

from datetime import date

import pytest
from builders import SETTLED, House, a_desk, yuan
from calls_floor import act, call_on, settled
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.calls.audit import verify_calls
from claims.default_call import default_call
from claims.pay_call import CallPayment, pay_call
from claims.warn_party import warn_party
from kernel.db import books
from kernel.db.engine import transact
from kernel.journal import entry

BREACHES = {
    "UPDATE call SET paid_minor = paid_minor + 1 WHERE party = 'fund'": "its payments are not",
    "UPDATE call SET amount_minor = amount_minor - 1 WHERE party = 'fund'": "owes CNY 1,620,000.00",
    "UPDATE call SET state = 'superseded' WHERE party = 'fund'": "called CNY 0.00",
    "UPDATE call SET state = 'paid' WHERE party = 'fund'": "paid in state but not in money",
    "UPDATE share SET paid_minor = paid_minor + 1 WHERE party = 'fund'": "memo_call:fund is not",
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_found(house: House, breach: str) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, pay_call, row.id, CallPayment(yuan("1000.00"), SETTLED, "W1"))
    with house.engine.begin() as bind:
        bind.execute(text(breach))
    found = " | ".join(str(fault) for fault in house.read(verify_calls))
    assert BREACHES[breach] in found


def test_an_entry_that_no_call_explains_is_found(house: House) -> None:
    claim = settled(house, settles="lead")
    moves = [("share_receivable:fund", -1), ("cash", 1)]
    stray = entry("stray", SETTLED, "CNY", moves)
    subject, desk = books.Subject("claim", claim.id), a_desk(SETTLED)
    transact(house.engine, lambda s: books.post(s, stray, subject=subject, key="stray", at=desk.at))
    (fault,) = house.read(verify_calls)
    assert "share_receivable:fund is not CNY 1,620,000.00" in fault.problem


def test_arrears_that_are_forgotten_are_found(house: House) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, warn_party, row.id, on=date(2026, 6, 16))
    act(house, default_call, row.id, on=date(2026, 7, 2))
    with house.engine.begin() as bind:
        bind.execute(text("UPDATE call SET state = 'superseded' WHERE party = 'fund'"))
    found = [fault.problem for fault in house.read(verify_calls)]
    assert "is in default and owes nothing" in found
    assert "share_in_default:fund is not CNY 0.00" in found


@pytest.mark.parametrize("table", ["call_answer", "call_payment"])
def test_what_was_said_and_paid_is_never_changed(house: House, table: str) -> None:
    claim = settled(house)
    row = call_on(house, claim, "fund")
    act(house, pay_call, row.id, CallPayment(yuan("1000.00"), SETTLED, "W1"))
    with pytest.raises(DBAPIError, match="only grows"), house.engine.begin() as bind:
        bind.execute(text(f"UPDATE {table} SET amount_minor = 1"))
