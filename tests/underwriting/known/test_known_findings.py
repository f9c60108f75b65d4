"""What the registers say beside a proposal, frozen and read back."""

import json
from datetime import date
from typing import Any

import pytest

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

ON = date(2025, 3, 3)
LOAN = Money.of("3000000.00", "CNY")


def a_view(name: str, state: str = "listed") -> AppraiserView:
    law = record_law()
    house = house_record({}, law)
    return view(name, (state, "why"), own_record((), house, weights({}, law)), house, law)


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
    assert known_today(None, [("a", None)], ON) == NOTHING
    assert list(known_findings(NOTHING, Beside(LOAN, [("a", None)]), ON)) == []


def test_appraisers_speak_by_name_and_not_of_values_from_inside() -> None:
    known = Known(appraisers=(a_view("a", "suspended"), a_view("b", "unknown")))
    both = Beside(LOAN, [("a", None), ("b", "appraisal")])
    assert codes(known, both) == [
        ("appraiser-suspended", Effect.DECLINE), ("appraiser-unknown", Effect.REFER),
    ]  # fmt: skip
    inside = Beside(LOAN, [("a", None), ("b", "internal")])
    assert codes(known, inside) == [("appraiser-suspended", Effect.DECLINE)]


def test_a_value_from_inside_is_held_to_its_bound() -> None:
    known = known_today(None, [("bank", "internal")], ON)
    assert codes(known, Beside(LOAN, [("bank", "internal")])) == []
    large = Beside(Money.of("10000000.00", "CNY"), [("bank", "internal"), ("bank", "internal")])
    assert codes(known, large) == [("appraisal-needed", Effect.REFER)]


def test_a_bank_product_is_tested_and_the_premium_not_asked_for() -> None:
    """Wenzhou caps the premium, which is not known while the proposal is being valued."""
    firm = FirmFacts.model_validate({"size": "small", "region": "330302"}, strict=False)
    asked = BankProductAsked(code="wenzhou-small-loan-2019", firm=firm)
    known = known_today(None, [], ON, product=asked.code)
    assert codes(known, Beside(LOAN, [], a_loan(), asked)) == []
    dear = Beside(LOAN, [], a_loan(premium_rate="0.0301"), asked)
    assert codes(known, dear) == [("price-high", Effect.DECLINE)]
    long = Beside(LOAN, [], a_loan(term_months=24), asked)
    assert codes(known, long) == [("term", Effect.DECLINE)]
    with pytest.raises(NotFound):
        known_today(None, [], ON, product="none")


def test_the_score_refers_by_its_lower_end() -> None:
    known = known_today(None, [], ON, innovation=True)
    poor = Beside(LOAN, [], innovation=Innovation(rights=0.0))
    assert codes(known, poor) == [("innovation-low", Effect.REFER)]
    good = Innovation(
        rights=20.0, invention_share=1.0, claims=20.0, breadth=6.0, citations=12.0,
        years_left=15.0, rd_intensity=0.06, rd_staff=0.3,
    )  # fmt: skip
    assert codes(known, Beside(LOAN, [], innovation=good)) == []


def test_what_is_frozen_says_the_same() -> None:
    asked = BankProductAsked(code="icbc-xingke-2025")
    known = Known(
        appraisers=(a_view("a", "suspended"),),
        valuation=known_today(None, [("x", "internal")], ON).valuation,
        product=bank_product(asked.code),
        indicators=known_today(None, [], ON, innovation=True).indicators,
    )
    again = Known.of(json.loads(json.dumps(known.json())))
    beside = Beside(LOAN, [("a", None), ("x", "internal")], a_loan(), asked, Innovation(rights=3.0))
    assert list(known_findings(again, beside, ON)) == list(known_findings(known, beside, ON))
    assert again == known
    assert Known.of(NOTHING.json()) == NOTHING
