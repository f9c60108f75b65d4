"""A demand that came in time is recorded after its letter expired; one that did not is refused."""

from datetime import date
from typing import Any

import pytest
from guaranteeing import a_demand, a_use, an_end

from kernel.db.engine import read
from underwriting.end_letter import expire_letter
from underwriting.guarantees import store
from underwriting.guarantees.register import standing
from underwriting.guarantees.stated import GroundStated
from underwriting.pay_demand import payment_sheets
from underwriting.receive_demand import receive_demand

LAST, LATE = date(2026, 9, 9), date(2026, 9, 14)
GROUND = GroundStated(code="unsigned", zh="未签字", en="not signed")


def expired(issuer: Any) -> Any:
    """A letter on which two declarations were open when it expired."""
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.reserve(letter, a_use("D2", "40000.00"))
    return issuer.do(expire_letter, letter.id, on=date(2026, 9, 10))


def came(day: date, reference: str = "C1", **parts: Any) -> Any:
    return a_demand(reference, received_on=day.isoformat(), **parts)


def account(issuer: Any, letter: Any) -> tuple[str, int, int]:
    row = issuer.see(letter)
    return row.state, row.reserved_minor, row.drawn_minor


def events(issuer: Any, letter: Any) -> list[tuple[str, str, str]]:
    uses = read(issuer.engine, lambda s: store.uses(s, letter.id))
    return [(one.event, one.declaration, one.reference) for one in uses]


def test_what_came_on_the_last_day_is_recorded_and_paid(issuer: Any) -> None:
    letter = expired(issuer)
    assert account(issuer, letter) == ("expired", 0, 0)
    demand = issuer.demand(letter, came(LAST), on=LATE)
    assert (demand.grounds, demand.held) == ([], True)
    assert account(issuer, letter) == ("demanded", 300_000_00, 0), "as it was at expiry"
    line = read(issuer.engine, lambda s: standing(s, letter.number, 1))
    assert line.status == "demanded"
    issuer.pay(letter, "C1", on=LATE)
    assert account(issuer, letter) == ("paid", 40_000_00, 260_000_00)
    again = issuer.do(expire_letter, letter.id, on=LATE)
    assert account(issuer, again) == ("expired", 0, 260_000_00)
    assert [one for one in events(issuer, letter) if one[0] in ("expire", "revive")] == [
        ("expire", "D1", ""), ("expire", "D2", ""), ("revive", "D1", ""), ("revive", "D2", ""),
        ("expire", "D2", "2"),
    ]  # fmt: skip


def test_what_came_a_day_late_is_refused_and_nothing_moves(issuer: Any) -> None:
    letter = expired(issuer)
    refused = issuer.refuse(
        "letter-not-in-force", receive_demand, letter.id, came(date(2026, 9, 10)), on=LATE
    )
    assert str(LAST) in refused.faults[0].problem
    assert account(issuer, letter) == ("expired", 0, 0)


def test_a_letter_comes_back_more_than_once(issuer: Any) -> None:
    letter = expired(issuer)
    issuer.demand(letter, came(LAST), on=LATE)
    issuer.refuse_demand(letter, "C1", GROUND, on=LATE)
    assert account(issuer, letter) == ("in_use", 300_000_00, 0)
    issuer.do(expire_letter, letter.id, on=LATE)
    issuer.demand(letter, came(LAST, "C2", declaration="D2", tax="40000.00"), on=LATE)
    assert account(issuer, letter) == ("demanded", 300_000_00, 0)
    backs = [one for one in events(issuer, letter) if one[0] == "revive"]
    assert [one[2] for one in backs] == ["", "", "2", "2"]


def test_what_asks_for_more_than_was_open_brings_the_letter_back_too(issuer: Any) -> None:
    letter = expired(issuer)
    demand = issuer.demand(letter, came(LAST, tax="260000.01"), on=LATE)
    assert ([one["code"] for one in demand.grounds], demand.held) == (["above-open"], False)
    assert account(issuer, letter) == ("demanded", 300_000_00, 0)
    issuer.refuse("own-demand", payment_sheets, letter.id, "C1", "国库 1", on=LATE, public_url="u")
    issuer.refuse_demand(letter, "C1", on=LATE)
    assert account(issuer, letter)[0] == "in_use"


@pytest.mark.parametrize("ends", ["released", "revoked"])
def test_what_customs_gave_back_is_demanded_no_more(issuer: Any, ends: str) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    on = date(2025, 4, 14)
    (issuer.release if ends == "released" else issuer.revoke)(letter, an_end(), on)
    said = came(date(2025, 4, 7))
    issuer.refuse("letter-not-in-force", receive_demand, letter.id, said, on=on)


def test_a_letter_that_came_back_counts_as_open_again(issuer: Any) -> None:
    policy = issuer.policy()
    letter = issuer.accepted(letter=issuer.drafted(policy))
    issuer.reserve(letter, a_use())
    issuer.do(expire_letter, letter.id, on=date(2026, 9, 10))
    found = read(issuer.engine, lambda s: store.open_letters_of(s, policy.id))
    assert found == ()
    issuer.demand(letter, came(LAST), on=LATE)
    found = read(issuer.engine, lambda s: store.open_letters_of(s, policy.id))
    assert [one.number for one in found] == [letter.number]
