"""A demand can always be answered: paid as far as it is open, by another person, or refused."""

from datetime import date
from typing import Any

import pytest
from guaranteeing import a_demand, a_use

from kernel.db import books
from kernel.db.engine import read
from kernel.errors import Conflict, Invalid, NotPermitted
from kernel.money import format_minor
from underwriting.end_letter import expire_letter
from underwriting.guarantees import store
from underwriting.guarantees.stated import GroundStated
from underwriting.receive_demand import receive_demand

APRIL_7, IN_TIME, LATE = date(2025, 4, 7), date(2025, 4, 14), date(2025, 4, 15)
WHY = "the last day of examination was missed"


def cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def told_last(issuer: Any, letter: Any) -> Any:
    """What the last event of a letter says."""
    subject = books.Subject("letter", letter.id)
    return read(issuer.engine, lambda s: books.events(s, subject))[-1].payload


def test_a_demand_above_what_is_open_is_paid_as_far_as_it_is_open(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    demand = issuer.demand(letter, a_demand("C1", "260000.01"))
    assert (demand.held, issuer.see(letter).state) == (False, "in_use")
    with pytest.raises(Conflict, match="refusal-precluded"):
        issuer.refuse_demand(letter, "C1", on=LATE)
    done = issuer.pay(letter, "C1", on=LATE, waiver=WHY)
    row = issuer.see(letter)
    assert (done.state, done.paid_minor) == ("paid", 260_000_00)
    assert (row.state, row.reserved_minor, row.drawn_minor) == ("paid", 0, 260_000_00)
    assert issuer.house.balances("letter_recourse") == {"letter_recourse:policyholder": 260_000_00}
    assert told_last(issuer, letter) == {
        "reference": "C1", "asked_minor": 260_000_01, "paid_minor": 260_000_00, "late": True,
        "waiver": WHY,
    }  # fmt: skip
    pay = read(issuer.engine, lambda s: store.use(s, letter.id, "D1", "pay", "C1"))
    assert (pay.amount_minor, pay.drawn_change_minor) == (260_000_00, 260_000_00)
    issuer.do(expire_letter, letter.id, on=date(2026, 9, 10))


def test_what_could_not_be_paid_at_all_is_refused_late(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand("C1", declaration="D9"))
    with pytest.raises(Conflict, match="demand-not-payable"):
        issuer.pay(letter, "C1", on=LATE, waiver=WHY)
    assert issuer.refuse_demand(letter, "C1", on=LATE).state == "refused"
    assert told_last(issuer, letter)["late"] is True
    issuer.tax_paid(letter, a_use())
    issuer.demand(letter, a_demand("C2"))
    assert issuer.refuse_demand(letter, "C2", on=LATE).state == "refused"
    issuer.do(expire_letter, letter.id, on=date(2026, 9, 10))


def test_two_demands_on_one_declaration_are_answered_one_after_the_other(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand("C1", "100000.00"))
    second = issuer.demand(letter, a_demand("C2"))
    assert [one["code"] for one in second.grounds] == ["demand-open"]
    with pytest.raises(Conflict, match="demand-open"):
        issuer.pay(letter, "C2", on=LATE, waiver=WHY)
    with pytest.raises(Conflict, match="demand-open"):
        issuer.refuse_demand(letter, "C2", on=LATE)
    issuer.pay(letter, "C1", on=LATE)
    assert issuer.pay(letter, "C2", on=LATE, waiver=WHY).paid_minor == 160_000_00
    row = issuer.see(letter)
    assert (row.state, row.reserved_minor, row.drawn_minor) == ("paid", 0, 260_000_00)


def test_surcharge_that_the_letter_does_not_hold_is_left_unpaid(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use("D1", "2999999.00"))
    asked = a_demand("C1", "2999999.00", surcharge=cny("3.00"))
    assert not issuer.demand(letter, asked).held
    assert issuer.pay(letter, "C1", on=LATE, waiver=WHY).paid_minor == 3_000_000_00
    pay = read(issuer.engine, lambda s: store.use(s, letter.id, "D1", "pay", "C1"))
    assert (pay.amount_minor, pay.surcharge_minor) == (2_999_999_00, 1_00)


def test_surcharge_beyond_the_amount_is_paid_up_to_its_limit(issuer: Any) -> None:
    policy = issuer.policy(cover={"surcharge": "beyond"})
    letter = issuer.accepted(letter=issuer.drafted(policy))
    terms = read(issuer.engine, lambda s: store.terms_in_force(s, store.letter(s, letter.id)))
    limit = terms.surcharge.limit.minor
    issuer.reserve(letter, a_use())
    asked = cny(format_minor(limit + 1, "CNY"))
    assert not issuer.demand(letter, a_demand("C1", surcharge=asked)).held
    done = issuer.pay(letter, "C1", on=LATE, waiver=WHY)
    assert done.paid_minor == 260_000_00 + limit
    row = issuer.see(letter)
    assert (row.reserved_minor, row.drawn_minor) == (0, 260_000_00)


def test_who_recorded_a_demand_does_not_pay_it(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand())
    with pytest.raises(NotPermitted, match="own-demand"):
        issuer.pay(letter, "C1", actor="clerk")
    assert issuer.see(letter).state == "demanded"
    assert issuer.pay(letter, "C1", actor="third").state == "paid"


def test_who_pays_has_the_level_for_what_is_paid(issuer: Any) -> None:
    policy = issuer.policy(importer={"grade": "B"})
    letter = issuer.accepted(letter=issuer.drafted(policy))
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand())
    with pytest.raises(NotPermitted, match="above-authority") as refused:
        issuer.pay(letter, "C1", authority="clerk")
    assert "authority.grade" in {one.field for one in refused.value.faults}
    assert issuer.pay(letter, "C1", authority="chief").state == "paid"


def test_grounds_are_waived_by_name_or_the_demand_is_not_paid(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    assert issuer.demand(letter, a_demand(papers=[], written=False)).held
    with pytest.raises(Conflict, match="grounds-open") as refused:
        issuer.pay(letter, "C1")
    assert {one.field for one in refused.value.faults} == {
        "grounds.not-in-writing", "grounds.papers-missing",
    }  # fmt: skip
    assert all("waiver" in one.cure for one in refused.value.faults)
    assert issuer.pay(letter, "C1", waiver="customs sent them by fax").state == "paid"
    assert told_last(issuer, letter)["waiver"] == "customs sent them by fax"


def test_surcharge_leaves_the_reserve_of_unpaid_tax_alone(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use("D1", "100.00"))
    issuer.demand(letter, a_demand("C1", "50.00", surcharge=cny("10.00")))
    issuer.pay(letter, "C1", waiver="customs counts from an earlier day")
    row = issuer.see(letter)
    assert (row.reserved_minor, row.drawn_minor) == (50_00, 60_00)
    assert issuer.demand(letter, a_demand("C2", "50.00")).held


def test_a_number_with_a_slash_is_refused_at_receipt_with_its_cure(issuer: Any) -> None:
    with pytest.raises(ValueError, match="has a /"):
        a_demand("C/1")
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    assert issuer.demand(letter, a_demand("C-1")).held


@pytest.mark.parametrize("to", ["2026-09-09", "2026-01-01"])
def test_a_day_that_the_letter_reaches_already_is_no_extension(issuer: Any, to: str) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    asked = a_demand(extend_to=to)
    refused = issuer.refuse("invalid", receive_demand, letter.id, asked, on=APRIL_7)
    assert isinstance(refused, Invalid)
    assert [one.field for one in refused.faults] == ["extend_to"]


def test_a_ground_that_is_stated_late_is_precluded_where_something_is_open(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand("C1", "260000.01"))
    ground = GroundStated(code="unsigned", zh="未签字", en="not signed")
    with pytest.raises(Conflict, match="refusal-precluded"):
        issuer.refuse_demand(letter, "C1", ground, on=LATE)
    assert issuer.refuse_demand(letter, "C1", ground, on=IN_TIME).state == "refused"
