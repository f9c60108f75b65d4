"""What the registers say beside a proposal, frozen and read back."""

import json
from datetime import date
from typing import Any

import pytest
from proposals import a_risk

from kernel.errors import NotFound
from kernel.finding import Effect
from kernel.money import Money
from underwriting.appraisers.law import record_law
from underwriting.appraisers.record import house_record, own_record, weights
from underwriting.appraisers.view import AppraiserView, view
from underwriting.bank_products import FirmFacts, LoanAsked, bank_product
from underwriting.innovation import Innovation
from underwriting.known.findings import Beside, known_findings
from underwriting.known.forms import BankProductAsked
from underwriting.known.known import NOTHING, Known
from underwriting.known_today import known_today
from underwriting.product import Asked

ON = date(2025, 3, 3)
LOAN = Money.of("3000000.00", "CNY")


def a_view(name: str, state: str = "listed") -> AppraiserView:
    law = record_law()
    house = house_record({}, law)
    return view(name, (state, "why"), own_record((), house, weights({}, law)), house, law)


def asked_of(**stated: Any) -> Asked:
    return Asked("91440000FIRM000001", LOAN, "own-account", **stated)


def a_loan(**changes: Any) -> LoanAsked:
    stated = {
        "amount": {"amount": "3000000.00", "currency": "CNY"}, "term_months": 12,
        "annual_rate": "0.05", "plan": "bullet", "ip_share": "1", "reference_rate": "0.0435",
    }  # fmt: skip
    return LoanAsked.model_validate(stated | changes, strict=False)


def codes(known: Known, beside: Beside) -> list[tuple[str, Effect]]:
    found = [(one.code, one.effect) for one in known_findings(known, beside, ON)]
    return [one for one in found if one[1] is not Effect.INFORM]


def test_a_proposal_that_states_nothing_is_told_nothing() -> None:
    assert known_today(None, asked_of(appraisers=("a",)), ON) == NOTHING
    assert list(known_findings(NOTHING, Beside(), ON)) == []


def test_appraisers_speak_by_name() -> None:
    known = Known(appraisers=(a_view("a", "suspended"), a_view("b", "unknown")))
    assert codes(known, Beside()) == [
        ("appraiser-suspended", Effect.DECLINE), ("appraiser-unknown", Effect.REFER),
    ]  # fmt: skip


def test_a_value_from_inside_has_no_appraiser_to_ask_for() -> None:
    outside = a_risk(right={"appraiser": "示范评估"})
    inside = a_risk(right={"appraiser": "示范评估", "valued_by": "internal"})
    assert outside.asked().appraisers == ("示范评估",)
    assert inside.asked().appraisers == ()


def test_a_bank_product_is_tested_and_the_premium_not_asked_for() -> None:
    """Wenzhou caps the premium, which is not known while the proposal is being valued."""
    firm = FirmFacts.model_validate({"size": "small", "region": "330302"}, strict=False)
    asked = BankProductAsked(code="wenzhou-small-loan-2019", firm=firm)
    known = known_today(None, asked_of(bank_product=asked.code), ON)
    assert codes(known, Beside(a_loan(), asked)) == []
    dear = Beside(a_loan(premium_rate="0.0301"), asked)
    assert codes(known, dear) == [("price-high", Effect.DECLINE)]
    long = Beside(a_loan(term_months=24), asked)
    assert codes(known, long) == [("term", Effect.DECLINE)]
    with pytest.raises(NotFound):
        known_today(None, asked_of(bank_product="none"), ON)


def test_the_score_refers_by_its_lower_end() -> None:
    known = known_today(None, asked_of(innovation=True), ON)
    poor = Beside(innovation=Innovation(rights=0.0))
    assert codes(known, poor) == [("innovation-low", Effect.REFER)]
    good = Innovation(
        rights=20.0, invention_share=1.0, claims=20.0, breadth=6.0, citations=12.0,
        years_left=15.0, rd_intensity=0.06, rd_staff=0.3,
    )  # fmt: skip
    assert codes(known, Beside(innovation=good)) == []


def test_what_is_frozen_says_the_same() -> None:
    asked = BankProductAsked(code="icbc-xingke-2025")
    known = Known(
        appraisers=(a_view("a", "suspended"),),
        product=bank_product(asked.code),
        indicators=known_today(None, asked_of(innovation=True), ON).indicators,
    )
    again = Known.of(json.loads(json.dumps(known.json())))
    beside = Beside(a_loan(), asked, Innovation(rights=3.0))
    assert list(known_findings(again, beside, ON)) == list(known_findings(known, beside, ON))
    assert again == known
    assert Known.of(NOTHING.json()) == NOTHING
