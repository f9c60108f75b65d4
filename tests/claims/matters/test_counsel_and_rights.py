"""A fought matter in the house: counsel, budgets, rights reserved."""

from datetime import timedelta
from typing import Any

from builders import House, a_desk
from matter_kit import (
    ANSWERED,
    ASKED,
    BILLED,
    CONDUCT,
    DECIDED,
    MADE,
    WILFUL,
    accused,
    bill,
    budget,
    codes,
    over,
    yuan,
)
from sqlalchemy import event
from sqlmodel import Session

from claims import store
from claims.answer_budget import BudgetAnswer, answer_budget
from claims.answer_counsel import answer_counsel
from claims.appoint_counsel import CounselWanted, appoint_counsel
from claims.assess import Assessment, assess
from claims.budget_stage import BudgetWanted, budget_stage
from claims.counsel.duties import duties
from claims.cover import cover_findings
from claims.end_reservation import end_reservation
from claims.facts import case_of
from claims.pay_on_account import pay_on_account
from claims.prove_reservation import prove_reservation
from claims.reserve_rights import Reservation, reserve_rights
from claims.rules.conduct.reserved import Ground
from claims.rules.purpose import Purpose
from claims.settle import settle
from kernel.db.engine import transact
from kernel.money import Money


def test_counsel_is_answered_within_its_clock_and_sets_the_terms(house: House, claim: Any) -> None:
    """Own counsel bears a copay of 20 %: (120,000 - 20,000) x 0.8 = 80,000."""
    row = house.do(appoint_counsel, claim.id, CounselWanted("示范律所", "off_panel"), on=ASKED)
    assert (row.state, row.answer_by) == ("asked", ASKED + timedelta(days=5))
    house.refuse(
        "counsel-twice", appoint_counsel, claim.id, CounselWanted("示范律所", "panel"), on=ASKED
    )
    house.refuse("invalid", answer_counsel, claim.id, 1, " ", consented=False, on=ANSWERED)
    house.do(answer_counsel, claim.id, 1, "", consented=True, on=ANSWERED)
    house.refuse("answered", answer_counsel, claim.id, 1, "no", consented=False, on=ANSWERED)
    file = house.read(lambda s: store.claim(s, claim.id)).file
    assert (file["counsel"], file["counsel_consented"]) == ("off_panel", True)
    bill(house, claim, "first_instance", "120000", "B-1")
    house.do(assess, claim.id, Assessment(conduct=CONDUCT), on=DECIDED)
    approved = house.read(lambda s: store.claim(s, claim.id)).approved
    assert approved["first_instance"] == 80_000_00


def test_counsel_refused_with_a_reason_may_be_followed_by_another(house: House, claim: Any) -> None:
    house.do(appoint_counsel, claim.id, CounselWanted("甲律所", "off_panel"), on=ASKED)
    house.do(answer_counsel, claim.id, 1, "conflict of interest", consented=False, on=ANSWERED)
    assert (
        house.do(appoint_counsel, claim.id, CounselWanted("甲律所", "panel"), on=ANSWERED).sequence
        == 2
    )
    house.refuse("no-such-counsel", answer_counsel, claim.id, 9, "x", consented=True, on=ANSWERED)
    house.refuse("invalid", appoint_counsel, claim.id, CounselWanted("乙", "friend"), on=ANSWERED)


def test_cost_above_its_budget_is_cut(house: House, claim: Any) -> None:
    """100,000 of 150,000 consented, 130,000 billed: 30,000 over; (100,000 - 20,000) x 0.9."""
    budget(house, claim, "first_instance", "150000", "100000")
    bill(house, claim, "first_instance", "130000", "B-1")
    house.do(assess, claim.id, Assessment(conduct=CONDUCT), on=DECIDED)
    row = house.read(lambda s: store.claim(s, claim.id))
    assert row.approved["first_instance"] == 72_000_00
    (found,) = [one for one in row.findings if one["code"] == "over-budget"]
    assert (found["effect"], "30,000.00" in found["words"]) == ("cut", True)
    assert "raised before it is spent" in found["cure"]
    settled = house.do(settle, claim.id, on=DECIDED)
    (line,) = [one for one in settled.lines if one["code"] == "first_instance"]
    assert "超出经同意的预算" in line["reason"]


def test_a_raise_before_the_bill_holds_it_and_one_after_does_not(house: House, claim: Any) -> None:
    """Before: 50,000 + 50,000 hold 100,000. After: the 50,000 stay over, unless it looks back."""
    budget(house, claim, "appeal", "50000", "50000")
    budget(house, claim, "appeal", "50000", "50000", on=BILLED)
    bill(house, claim, "appeal", "100000", "B-1")
    assert over(house, claim) == {}
    bill(house, claim, "appeal", "50000", "B-2")
    later = BILLED + timedelta(days=1)
    budget(house, claim, "appeal", "20000", "20000", on=later)
    assert over(house, claim) == {"appeal": 50_000_00}
    budget(house, claim, "appeal", "30000", "30000", on=later, spent_too=True)
    assert over(house, claim) == {"appeal": 20_000_00}


def test_cost_is_measured_once_for_a_case(house: House, claim: Any) -> None:
    """Its findings are made of what was measured when it was read."""
    budget(house, claim, "appeal", "50000", "50000")
    bill(house, claim, "appeal", "60000", "B-1")
    told: list[str] = []

    def found(session: Session) -> set[str]:
        case = case_of(session, claim.id)
        event.listen(house.engine, "before_cursor_execute", lambda *a: told.append(a[2]))
        return {one.code for one in cover_findings(session, case, DECIDED)}

    assert "over-budget" in house.read(found)
    assert told
    assert not [one for one in told if "FROM stage_budget" in one or "FROM claim_item" in one]


def test_a_payment_on_account_sees_the_budget(house: House, claim: Any) -> None:
    """60,000 consented of 90,000 billed: (60,000 - 20,000) x 0.9 = 36,000, and nothing more."""
    budget(house, claim, "first_instance", "60000", "60000")
    bill(house, claim, "first_instance", "90000", "B-1")
    part = {"first_instance": yuan("70000").minor}
    paid = house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=DECIDED)
    assert paid.paid_out_minor == 36_000_00
    more = {"first_instance": yuan("20000").minor}
    house.refuse("nothing-payable", pay_on_account, claim.id, more, Purpose.INTERIM, on=DECIDED)


def test_a_budget_that_cannot_be_is_refused(house: House, claim: Any) -> None:
    for wanted in (
        BudgetWanted("damages", yuan("5"), "x"),
        BudgetWanted("appeal", yuan("0"), "x"),
        BudgetWanted("appeal", Money.of("5", "EUR"), "x"),
    ):
        house.refuse("invalid", budget_stage, claim.id, wanted, on=ASKED)
    house.do(budget_stage, claim.id, BudgetWanted("appeal", yuan("5"), "x"), on=ASKED)
    for answer in (
        BudgetAnswer(yuan("6")),
        BudgetAnswer(yuan("4")),
        BudgetAnswer(Money.of("5", "EUR")),
    ):
        house.refuse("invalid", answer_budget, claim.id, 1, answer, on=ANSWERED)
    house.do(answer_budget, claim.id, 1, BudgetAnswer(yuan("5")), on=ANSWERED)
    house.refuse("answered", answer_budget, claim.id, 1, BudgetAnswer(yuan("5")), on=ANSWERED)


def test_rights_are_reserved_and_defence_cost_is_paid(house: House, claim: Any) -> None:
    """(50,000 - 20,000) x 0.9 = 27,000 is paid under it; damages are not."""
    accused(house, claim)
    bill(house, claim, "first_instance", "50000", "B-1", on=ASKED)
    part = {"first_instance": yuan("50000").minor}
    refused = house.refuse("not-covered", pay_on_account, claim.id, part, Purpose.INTERIM, on=ASKED)
    assert "reserve rights" in refused.faults[0].cure
    row = house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "courier"), on=ASKED)
    assert row.due_on == ASKED + timedelta(days=30)
    assert row.number == f"{claim.number}-RR1", "R1 is the first recovery"
    house.refuse("not-covered", pay_on_account, claim.id, part, Purpose.INTERIM, on=ASKED)
    house.refuse("invalid", prove_reservation, claim.id, 1, " ", on=ASKED)
    house.do(prove_reservation, claim.id, 1, "SF-1001", on=ASKED)
    house.refuse("answered", prove_reservation, claim.id, 1, "SF-1002", on=ASKED)
    paid = house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=ASKED)
    assert paid.paid_out_minor == 27_000_00
    damages = {"damages": yuan("20000").minor}
    house.refuse("not-covered", pay_on_account, claim.id, damages, Purpose.INTERIM, on=ASKED)


def test_a_reservation_states_every_known_ground(house: House, claim: Any) -> None:
    accused(house, claim)
    other = Ground("criminal", "wording: exclusions", "a crime is charged", "涉及刑事程序")
    left_out = Reservation((other,), ASKED, "courier", "SF-1")
    refused = house.refuse("reservation-incomplete", reserve_rights, claim.id, left_out, on=ASKED)
    assert [fault.field for fault in refused.faults] == ["grounds.wilful"]
    for wrong in (
        Reservation((WILFUL,), MADE - timedelta(days=1), "courier"),
        Reservation((WILFUL,), ASKED, "pigeon"),
    ):
        house.refuse("invalid", reserve_rights, claim.id, wrong, on=ASKED)
    house.refuse(
        "reservation-incomplete",
        reserve_rights,
        claim.id,
        Reservation((), ASKED, "courier"),
        on=ASKED,
    )


def test_a_reservation_that_came_late_protects_nothing(house: House, claim: Any) -> None:
    accused(house, claim)
    late = ASKED + timedelta(days=31)
    house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "notary", "G-1"), on=late)
    bill(house, claim, "first_instance", "50000", "B-1", on=late)
    part = {"first_instance": yuan("50000").minor}
    house.refuse("not-covered", pay_on_account, claim.id, part, Purpose.INTERIM, on=late)
    house.do(assess, claim.id, Assessment(), on=late)
    assert codes(house, claim)["reservation-late"] == "refer"


def test_a_reservation_is_lifted_and_its_ground_given_up(house: House, claim: Any) -> None:
    accused(house, claim)
    house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "courier", "SF-1"), on=ASKED)
    house.refuse("not-yet", end_reservation, claim.id, 1, "decided", "x", on=ASKED)
    house.refuse("invalid", end_reservation, claim.id, 1, "gone", "x", on=ASKED)
    house.refuse("invalid", end_reservation, claim.id, 1, "lifted", " ", on=ASKED)
    house.do(end_reservation, claim.id, 1, "lifted", "the suit drops it", on=ANSWERED)
    house.refuse("reservation-ended", end_reservation, claim.id, 1, "lifted", "x", on=ANSWERED)
    row = house.do(assess, claim.id, Assessment(conduct={**CONDUCT, "wilful": True}), on=DECIDED)
    assert row.state == "accepted"
    assert codes(house, claim)["wilful"] == "inform"


def test_a_reservation_is_turned_into_a_decision(house: House, claim: Any) -> None:
    """What was paid under it is asked back."""
    accused(house, claim)
    house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "courier", "SF-1"), on=ASKED)
    bill(house, claim, "first_instance", "50000", "B-1", on=ASKED)
    part = {"first_instance": yuan("50000").minor}
    house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=ASKED)
    found = Assessment(conduct={**CONDUCT, "wilful": True})
    house.do(budget_stage, claim.id, BudgetWanted("appeal", yuan("5"), "x"), on=ASKED)
    assert "answer_budget_1" in open_duties(house, claim)
    row = transact(house.engine, lambda s: assess(s, claim.id, found, desk=a_desk(DECIDED)))
    assert row.state == "denied", "a refusal and what is asked back leave two papers"
    answer = BudgetAnswer(yuan("5"))
    house.refuse("claim-decided", answer_budget, claim.id, 1, answer, on=DECIDED)
    assert open_duties(house, claim) == ["end_reservation_1"], "all that can still be done"
    house.do(end_reservation, claim.id, 1, "decided", "the judgment found it", on=DECIDED)
    assert house.read(lambda s: store.settlement_of(s, claim.id)).overpaid_minor == 27_000_00
    assert open_duties(house, claim) == []


def open_duties(house: House, claim: Any) -> list[str]:
    found = house.read(lambda s: duties(s, claim.id, DECIDED))
    return [one.code for one in found if not one.done_on]
