"""Extend or pay: only an extension in time, to the day that was asked for, answers a demand."""

from datetime import date, timedelta
from typing import Any

import pytest
from guaranteeing import a_demand, a_use

from kernel.db.engine import read
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import accept_letter
from underwriting.approve_letter import approve_letter
from underwriting.guarantees import store
from underwriting.guarantees.stated import ChangeStated
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign, sign_letter

MARCH_12, LAST = date(2025, 3, 12), date(2025, 5, 7)
"""`LAST`: the thirtieth day after receipt on 7 April, until which payment is suspended."""


def amended(issuer: Any, letter: Any, on: date, **parts: Any) -> Any:
    """Draft, approve, sign, send and accept the next edition."""
    change = ChangeStated.model_validate({"reason": "as asked", **parts}, strict=False)
    issuer.do(amend_letter, letter.id, change, on=on)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=on)
    issuer.papered(sheets_to_sign, sign_letter, letter.id, on=on)
    issuer.do(send_letter, letter.id, on=on)
    return issuer.do(accept_letter, letter.id, "GRN1", on, on=on)


def a_short_letter(issuer: Any) -> Any:
    """A letter in use with a last day of demand before that of its policy."""
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    amended(issuer, letter, MARCH_12, claim_until="2026-08-09", consent="C-1")
    return letter


def state_of(issuer: Any, letter: Any, reference: str) -> str:
    found = read(issuer.engine, lambda s: store.demand_named(s, letter.id, reference))
    return str(found.state)


@pytest.mark.parametrize(
    ("late", "state", "stands"), [(0, "extended", "in_use"), (1, "suspended", "demanded")]
)
def test_an_extension_answers_until_the_last_day_of_suspension(
    issuer: Any, late: int, state: str, stands: str
) -> None:
    letter = a_short_letter(issuer)
    demand = issuer.demand(letter, a_demand(extend_to="2026-09-09"))
    assert demand.suspended_until == LAST
    amended(issuer, letter, LAST + timedelta(days=late), claim_until="2026-09-09")
    assert state_of(issuer, letter, "C1") == state
    row = issuer.see(letter)
    assert (row.state, row.claim_until, row.edition) == (stands, date(2026, 9, 9), 3)
    if late:
        issuer.pay(letter, "C1", on=LAST + timedelta(days=1))
        assert issuer.see(letter).state == "paid"


def test_an_extension_that_does_not_reach_the_day_answers_nothing(issuer: Any) -> None:
    letter = a_short_letter(issuer)
    issuer.demand(letter, a_demand(extend_to="2026-09-09"))
    amended(issuer, letter, date(2025, 4, 8), claim_until="2026-09-08")
    assert (state_of(issuer, letter, "C1"), issuer.see(letter).state) == ("suspended", "demanded")


def test_a_demand_that_holds_nothing_does_not_keep_the_letter_demanded(issuer: Any) -> None:
    letter = a_short_letter(issuer)
    issuer.demand(letter, a_demand("C1", extend_to="2026-09-09"))
    assert not issuer.demand(letter, a_demand("C2", "1.00")).held
    amended(issuer, letter, date(2025, 4, 8), claim_until="2026-09-09")
    assert (state_of(issuer, letter, "C2"), issuer.see(letter).state) == ("received", "in_use")
    issuer.refuse_demand(letter, "C2", on=date(2025, 4, 9))
    issuer.demand(letter, a_demand("C3"))
    assert issuer.pay(letter, "C3").state == "paid"
