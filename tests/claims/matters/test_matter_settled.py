"""A fought matter in the house: settlements, joined demands, duties."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import House
from matter_kit import (
    ANSWERED,
    ASKED,
    BILLED,
    CONDUCT,
    DECIDED,
    MADE,
    WILFUL,
    accepted,
    accused,
    bill,
    codes,
    proposed,
    told,
    yuan,
)
from sqlalchemy.exc import IntegrityError

from claims import store
from claims.answer_settlement import answer_settlement
from claims.appoint_counsel import CounselWanted, appoint_counsel
from claims.ask_more import Item
from claims.assess import Assessment, assess
from claims.budget_stage import BudgetWanted, budget_stage
from claims.conclude_matter import Outcome, conclude_matter
from claims.counsel import store as matter
from claims.counsel.duties import duties
from claims.counsel.tables import CounselRow
from claims.join_claim import LaterDemand, join_claim
from claims.notify import notify
from claims.pay_on_account import pay_on_account
from claims.propose_settlement import SettlementWanted, propose_settlement
from claims.reserve_rights import Reservation, reserve_rights
from claims.rules.purpose import Purpose
from claims.settle import settle
from kernel.db.engine import transact
from kernel.money import Money


def test_a_settlement_with_consent_is_paid_to_the_third_party(house: House, claim: Any) -> None:
    """(400,000 - 20,000) x 0.9 = 342,000, straight to who made the demand."""
    row = proposed(house, claim)
    assert row.answer_by == ANSWERED + timedelta(days=10)
    assert row.number == f"{claim.number}-CS1", "C1 is the first call"
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
    row = house.read(lambda s: store.claim(s, claim.id))
    shown = next(one for one in row.findings if one["code"] == "reassessment-unknown")
    day = f"未经同意和解 settled without consent = 是 yes，认定于 established on {BILLED}"
    assert day in shown["evidence"], "the outcome stated it, not the notice"
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


@pytest.mark.parametrize("first", [1, 2])
def test_a_later_conclusion_forgives_no_earlier_one(house: House, claim: Any, first: int) -> None:
    """300,000 consented of 400,000 signed, and 100,000 within consent, whichever is signed first.

    (300,000 + 100,000 - 20,000) x 0.9 = 342,000.
    """
    signed = {1: "400000", 2: "100000"}
    for sequence, (asked, given) in enumerate((("400000", "300000"), ("100000", "100000")), 1):
        proposed(house, claim, asked)
        answer = (sequence, yuan(given), "no more")
        house.do(answer_settlement, claim.id, *answer, on=BILLED)
    for number in (first, 3 - first):
        outcome = Outcome(f"AGR-{number}", BILLED, yuan(signed[number]), settlement=number)
        house.do(conclude_matter, claim.id, outcome, on=BILLED)
    bill(house, claim, "damages", "100000", "D-2")
    row = house.read(lambda s: store.claim(s, claim.id))
    assert (row.file["settled_unconsented"], row.file["reassessed"]) == (True, 400_000_00)
    assert {one["settlement"]: one["minor"] for one in row.file["concluded"]} == {
        number: yuan(amount).minor for number, amount in signed.items()
    }
    assert accepted(house, claim).payees == {"third_party": 342_000_00}


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
    for_seats = {code for code, one in found.items() if one.seen == "all"}
    assert for_seats == {"reserve_rights_1", "prove_reservation_1", "end_reservation_1"}
