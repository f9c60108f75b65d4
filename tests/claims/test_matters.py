"""A fought matter in the house: counsel, budgets, rights reserved, settlements, joined demands."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import SAMPLES, House, a_desk, a_house
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from claims import store
from claims.answer_budget import BudgetAnswer, answer_budget
from claims.answer_counsel import answer_counsel
from claims.answer_settlement import answer_settlement
from claims.appoint_counsel import CounselWanted, appoint_counsel
from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.budget_stage import BudgetWanted, budget_stage
from claims.conclude_matter import Outcome, conclude_matter
from claims.counsel import store as matter
from claims.counsel.duties import duties
from claims.counsel.tables import CounselRow
from claims.end_reservation import end_reservation
from claims.join_claim import LaterDemand, join_claim
from claims.notify import Notice, notify
from claims.pay_on_account import pay_on_account
from claims.propose_settlement import SettlementWanted, propose_settlement
from claims.prove_reservation import prove_reservation
from claims.reserve_rights import Reservation, reserve_rights
from claims.rules.conduct.reserved import Ground
from claims.rules.purpose import Purpose
from claims.settle import settle
from kernel.db.engine import transact
from kernel.money import Money
from underwriting.products import product

MADE, TOLD, ASKED, ANSWERED, BILLED, DECIDED = (date(2025, 6, day) for day in (2, 5, 6, 9, 20, 30))
CONDUCT = {
    "counsel_consented": True,
    "settled_unconsented": False,
    "wilful": False,
    "known_at_inception": False,
    "only_by_contract": False,
    "criminal": False,
    "fraud_by_insured": False,
}
WILFUL = Ground("wilful", "wording: exclusions", "wilful infringement is alleged", "被诉故意侵权")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


@pytest.fixture
def policy(house: House) -> Any:
    risk = product("infringement_liability").risk
    return house.policy(risk.model_validate(SAMPLES["infringement_liability"], strict=False))


def told(policy: Any, asked: str = "20000", **changes: Any) -> Notice:
    on = changes.pop("event_on", MADE)
    facts = {
        "first_act_on": date(2025, 1, 6),
        "product": "WM-8",
        "court": "DE",
        "counterparty": "示范电器",
        "cause_first_made_on": MADE,
        "third_party_paid": False,
    }
    papers = tuple(policy.contract["papers"])
    minor = yuan(asked).minor
    return Notice(policy.id, on, on, {"damages": minor}, "CNY", papers, {**facts, **changes})


@pytest.fixture
def claim(house: House, policy: Any) -> Any:
    return house.do(notify, told(policy), on=TOLD)


def budget(house: House, claim: Any, stage: str, asked: str, given: str, **more: Any) -> Any:
    """Ask and answer, on the day of `more`."""
    on = more.pop("on", ANSWERED)
    wanted = BudgetWanted(stage, yuan(asked), "fees")
    row = house.do(budget_stage, claim.id, wanted, on=on)
    answer = BudgetAnswer(yuan(given), "" if asked == given else "the rate is above market", **more)
    return house.do(answer_budget, claim.id, row.sequence, answer, on=on)


def bill(house: House, claim: Any, line: str, amount: str, ref: str, *, on: date = BILLED) -> None:
    house.do(ask_more, claim.id, (Item(line, yuan(amount), ref, "fees", line),), on=on)


def codes(house: House, claim: Any) -> dict[str, str]:
    row = house.read(lambda s: store.claim(s, claim.id))
    return {one["code"]: one["effect"] for one in row.findings}


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


def over(house: House, claim: Any) -> dict[str, int]:
    from claims.facts import case_of  # noqa: PLC0415 - read where it is used

    return dict(house.read(lambda s: case_of(s, claim.id).over))


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


def accused(house: House, claim: Any) -> None:
    """Wilful infringement is alleged; the rest is still open, so nothing is decided."""

    def act(session: Any, *, desk: Any) -> None:
        del desk
        row = store.claim(session, claim.id)
        row.file = {**row.file, "wilful": True}
        session.add(row)

    house.do(act, on=ASKED)


def test_rights_are_reserved_and_defence_cost_is_paid(house: House, claim: Any) -> None:
    """(50,000 - 20,000) x 0.9 = 27,000 is paid under it; damages are not."""
    accused(house, claim)
    bill(house, claim, "first_instance", "50000", "B-1", on=ASKED)
    part = {"first_instance": yuan("50000").minor}
    refused = house.refuse("not-covered", pay_on_account, claim.id, part, Purpose.INTERIM, on=ASKED)
    assert "reserve rights" in refused.faults[0].cure
    row = house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "courier"), on=ASKED)
    assert row.due_on == ASKED + timedelta(days=30)
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
    row = transact(house.engine, lambda s: assess(s, claim.id, found, desk=a_desk(DECIDED)))
    assert row.state == "denied", "a refusal and what is asked back leave two papers"
    house.do(end_reservation, claim.id, 1, "decided", "the judgment found it", on=DECIDED)
    assert house.read(lambda s: store.settlement_of(s, claim.id)).overpaid_minor == 27_000_00


def proposed(house: House, claim: Any, amount: str = "400000") -> Any:
    wanted = SettlementWanted("示范电器", "insurer", yuan(amount), "no admission", "55 % to lose")
    return house.do(propose_settlement, claim.id, wanted, on=ANSWERED)


def accepted(house: House, claim: Any, **facts: Any) -> Any:
    """Ask for 400,000 of damages in all, assess and settle."""
    bill(house, claim, "damages", "380000", "SETTLEMENT")
    conduct = {name: value for name, value in CONDUCT.items() if name != "settled_unconsented"}
    row = house.do(assess, claim.id, Assessment(conduct=conduct, facts=facts), on=DECIDED)
    if row.state != "accepted":
        return row
    return house.do(settle, claim.id, on=DECIDED)


def test_a_settlement_with_consent_is_paid_to_the_third_party(house: House, claim: Any) -> None:
    """(400,000 - 20,000) x 0.9 = 342,000, straight to who made the demand."""
    row = proposed(house, claim)
    assert row.answer_by == ANSWERED + timedelta(days=10)
    house.do(answer_settlement, claim.id, 1, yuan("400000"), "within the merits", on=BILLED)
    agreed = Outcome("AGR-1", BILLED, yuan("400000"), settlement=1)
    house.do(conclude_matter, claim.id, agreed, on=BILLED)
    house.refuse("concluded", conclude_matter, claim.id, agreed, on=BILLED)
    settled = accepted(house, claim)
    assert settled.payees == {"third_party": 342_000_00}


def test_a_settlement_without_consent_is_assessed_again(house: House, claim: Any) -> None:
    """It waits for the figure; found owed 220,000: (220,000 - 20,000) x 0.9 = 180,000."""
    house.do(conclude_matter, claim.id, Outcome("AGR-1", BILLED, yuan("400000")), on=BILLED)
    waiting = accepted(house, claim)
    assert waiting.state == "notified"
    assert codes(house, claim)["reassessment-unknown"] == "wait"
    house.do(assess, claim.id, Assessment(facts={"reassessed": yuan("220000")}), on=DECIDED)
    assert codes(house, claim)["settled-unconsented"] == "cut"
    assert house.do(settle, claim.id, on=DECIDED).payees == {"third_party": 180_000_00}


def test_above_what_was_consented_it_is_assessed_at_that(house: House, claim: Any) -> None:
    """Consent to 300,000, signed at 400,000: (300,000 - 20,000) x 0.9 = 252,000."""
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    agreed = Outcome("AGR-1", BILLED, yuan("400000"), settlement=1)
    house.do(conclude_matter, claim.id, agreed, on=BILLED)
    assert accepted(house, claim).payees == {"third_party": 252_000_00}


def test_a_refusal_without_reason_is_a_finding_and_stands_at_what_was_asked(
    house: House, claim: Any
) -> None:
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, None, " ", on=BILLED)
    agreed = Outcome("AGR-1", BILLED, yuan("400000"), settlement=1)
    house.do(conclude_matter, claim.id, agreed, on=BILLED)
    assert accepted(house, claim).payees == {"third_party": 342_000_00}
    assert codes(house, claim)["consent-withheld"] == "refer"


def test_silence_is_a_finding_too(house: House, claim: Any) -> None:
    proposed(house, claim)
    house.do(assess, claim.id, Assessment(), on=ANSWERED + timedelta(days=10))
    assert "consent-overdue" not in codes(house, claim)
    house.do(assess, claim.id, Assessment(), on=ANSWERED + timedelta(days=11))
    assert codes(house, claim)["consent-overdue"] == "refer"


def test_the_third_party_is_not_paid_before_consent_or_judgment(house: House, claim: Any) -> None:
    """Adjudged 100,000: (100,000 - 20,000) x 0.9 = 72,000."""
    proposed(house, claim)
    bill(house, claim, "damages", "80000", "D-1")
    part = {"damages": yuan("100000").minor}
    house.refuse("no-consent", pay_on_account, claim.id, part, Purpose.INTERIM, on=DECIDED)
    judged = Outcome("(2025) 1", DECIDED, yuan("100000"), judged=True)
    house.do(conclude_matter, claim.id, judged, on=DECIDED)
    paid = house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=DECIDED)
    assert paid.payees == {"third_party": 72_000_00}


def test_what_cannot_be_proposed_or_concluded_is_refused(house: House, claim: Any) -> None:
    base = {"counterparty": "x", "payer": "insurer", "terms": "x", "merits": "x"}
    for more in ({"payer": "nobody"}, {"amount": yuan("0")}, {"amount": Money.of("5", "EUR")}):
        wanted = SettlementWanted(**{"amount": yuan("5"), **base, **more})
        house.refuse("invalid", propose_settlement, claim.id, wanted, on=ANSWERED)
    proposed(house, claim)
    for amount in (yuan("0"), yuan("400001"), Money.of("5", "EUR")):
        house.refuse("invalid", answer_settlement, claim.id, 1, amount, "x", on=BILLED)
    for wrong in (
        Outcome("R", BILLED + timedelta(days=1), yuan("5")),
        Outcome("R", BILLED, yuan("0")),
        Outcome("R", BILLED, Money.of("5", "EUR")),
        Outcome("R", BILLED, yuan("5"), settlement=1, judged=True),
    ):
        house.refuse("invalid", conclude_matter, claim.id, wrong, on=BILLED)


def test_a_later_demand_of_the_cause_joins_the_claim(house: House, claim: Any, policy: Any) -> None:
    """One retention: (20,000 + 100,000 - 20,000) x 0.9 = 90,000."""
    later = told(policy, "100000", event_on=BILLED)
    refused = house.refuse("related-claim", notify, later, on=BILLED)
    assert claim.id in refused.faults[0].cure
    items = (Item("damages", yuan("100000"), "D-2", "second demand"),)
    demand = LaterDemand("DEMAND-2", BILLED, "另一示范电器", "the same patent family", items)
    house.do(join_claim, claim.id, demand, on=BILLED)
    house.refuse("demand-twice", join_claim, claim.id, demand, on=BILLED)
    early = LaterDemand("D-0", MADE - timedelta(days=1), "x", "x", items)
    house.refuse("invalid", join_claim, claim.id, early, on=BILLED)
    house.do(assess, claim.id, Assessment(conduct=CONDUCT), on=DECIDED)
    assert house.do(settle, claim.id, on=DECIDED).payees == {"third_party": 90_000_00}


def test_joined_demands_only_grow(house: House, claim: Any) -> None:
    items = (Item("damages", yuan("1"), "D-2", "x"),)
    house.do(join_claim, claim.id, LaterDemand("D", BILLED, "x", "x", items), on=BILLED)
    for statement in ("UPDATE joined_demand SET words = 'y'", "DELETE FROM joined_demand"):
        with pytest.raises(IntegrityError, match="only grows"):
            transact(house.engine, lambda s, w=statement: s.connection().exec_driver_sql(w))


def test_a_loan_is_no_matter(house: House) -> None:
    loan = house.claim(house.policy())
    wanted = CounselWanted("示范律所", "panel")
    house.refuse("no-matter", appoint_counsel, loan.id, wanted, on=date(2026, 3, 12))


def test_the_floor_holds(house: House, claim: Any) -> None:
    house.do(appoint_counsel, claim.id, CounselWanted("示范律所", "panel"), on=ASKED)
    for change in ("source = 'friend'", "state = 'consented'", "sequence = 0"):
        with pytest.raises(IntegrityError):
            transact(
                house.engine,
                lambda s, w=change: s.connection().exec_driver_sql(f"UPDATE counsel SET {w}"),
            )
    assert house.read(lambda s: matter.counsel(s, claim.id))[0].source == "panel"
    assert CounselRow.__tablename__ == "counsel"


def test_duties_say_whose_turn_it_is(house: House, claim: Any) -> None:
    accused(house, claim)
    house.do(appoint_counsel, claim.id, CounselWanted("示范律所", "panel"), on=ASKED)
    house.do(budget_stage, claim.id, BudgetWanted("appeal", yuan("5"), "x"), on=ASKED)
    house.do(reserve_rights, claim.id, Reservation((WILFUL,), ASKED, "courier"), on=ASKED)
    proposed(house, claim)
    house.do(answer_settlement, claim.id, 1, yuan("400000"), "", on=BILLED)
    found = {one.code: one for one in house.read(lambda s: duties(s, claim.id, DECIDED))}
    assert {code: (one.due, one.done_on) for code, one in found.items()} == {
        "answer_counsel_1": (date(2025, 6, 11), None),
        "answer_budget_1": (date(2025, 6, 16), None),
        "reserve_rights_1": (date(2025, 7, 6), ASKED),
        "prove_reservation_1": (date(2025, 7, 6), None),
        "end_reservation_1": (None, None),
        "answer_settlement_1": (date(2025, 6, 19), BILLED),
        "conclude_settlement_1": (None, None),
    }
    assert found["answer_counsel_1"].late(DECIDED)
    assert found["conclude_settlement_1"].whose == "firm"
