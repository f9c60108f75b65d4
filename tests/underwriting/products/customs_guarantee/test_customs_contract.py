"""What binding freezes: days, districts, limits, earning."""

import json
from typing import Any

import pytest
from customs_proposals import customs_basis, customs_risk, shared
from proposals import cny

from kernel.errors import Invalid
from underwriting.products.customs_guarantee.contract import contract
from underwriting.products.customs_guarantee.rating import rate
from underwriting.rules.contract import Contract


def terms_of(scheme: Any = None, **parts: Any) -> Contract:
    risk = customs_risk(**parts)
    return contract(risk, customs_basis(risk, scheme=scheme))


def test_the_terms_of_the_sample() -> None:
    terms = terms_of()
    assert terms.policyholder_id == "91510100MA6EXAMPL1"
    assert terms.insured == terms.beneficiary == "示范海关、示范机场海关"
    assert (terms.period.start.isoformat(), terms.period.end.isoformat()) == (
        "2025-03-10",
        "2026-09-09",
    )
    assert (terms.waiting_days, terms.settles) == (0, "lead")
    assert terms.sum_insured.text == "3000000.00"
    assert terms.loan is None
    assert [term.code for term in terms.terms] == ["sublimit", "limit", "share"]


def test_what_only_this_product_agrees() -> None:
    agreed = terms_of(cover={"demand_working_days": 15, "waives_rescission": False}).agreed
    printed = agreed.pop("particulars")
    assert all(zh and en and value for zh, en, value in printed)
    assert agreed == {
        "regime": "CN",
        "mode": "revolving",
        "purposes": ["payment_term"],
        "amount": "3000000.00",
        "surcharge": "within",
        "surcharge_limit": "0.00",
        "registered": {"code": "7900", "name": "示范海关"},
        "beneficiaries": [
            {"code": "7900", "name": "示范海关"},
            {"code": "7901", "name": "示范机场海关"},
        ],
        "usable_from": "2025-03-10",
        "usable_until": "2026-03-09",
        "claim_until": "2026-09-09",
        "demand_working_days": 15,
        "liability": "joint_and_several",
        "waives_rescission": False,
        "customs_code": "5101234567",
    }
    assert terms_of().agreed["demand_working_days"] == 10


def test_surcharge_beyond_raises_the_sum_insured_and_says_so() -> None:
    terms = terms_of(cover={"surcharge": "beyond"})
    assert terms.sum_insured.text == "3135000.00"
    assert terms.agreed["surcharge_limit"] == "135000.00"
    assert "CNY 135,000.00" in terms.terms[0].value


def test_a_single_letter_is_not_restored() -> None:
    single = terms_of(use={"mode": "single", "declarations_per_month": None})
    assert "restored" not in single.terms[1].value
    assert "restored" in terms_of().terms[1].value


def test_premium_is_earned_as_tax_is_open() -> None:
    """Thirteen months with open tax, then five in which customs may still demand."""
    risk = customs_risk()
    earning = terms_of().earning
    months = rate(risk, customs_basis(risk)).months
    assert len(earning) == 18
    assert earning[13:] == (0,) * 5
    for weight, row in zip(earning[:13], months, strict=True):
        assert weight == pytest.approx(row.exposure, abs=1)


def test_premium_is_earned_evenly_where_nothing_is_open() -> None:
    assert set(terms_of(goods=[[{"vat_rate": "0"}]]).earning) == {1}


def test_the_contract_survives_freezing() -> None:
    terms = terms_of(subsidy={"payer": "四川", "share": "1/2", "cap": cny("20000.00")})
    assert Contract.of(json.loads(json.dumps(terms.json()))) == terms
    assert terms.subsidy is not None
    assert terms.subsidy[0] == "四川"


def test_what_cannot_be_agreed_is_refused_where_it_stands() -> None:
    with pytest.raises(Invalid, match=r"rights\[0\]"):
        terms_of(right={"appraised": cny("0.00")})
    dollars = {"amount": "100.00", "currency": "USD"}
    with pytest.raises(Invalid, match="tax is paid in CNY"):
        terms_of(
            cover={"amount": dollars}, arrears=None,
            goods=[[{"value": dollars}]], right={"appraised": dollars},
        )  # fmt: skip
    with pytest.raises(Invalid, match="no party"):
        terms_of(shared("1/2"), cover={"issuer": "bank"})
