"""The proposal form: what it takes, and what it refuses with words."""

from fractions import Fraction
from typing import Any

import pytest
from builders import a_risk, cny, risk_json
from pydantic import ValidationError

from kernel.money import Money
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another currency of a right": (
        {"right": {"appraised": {"amount": "1", "currency": "EUR"}}}, "mixes currencies",
    ),
    "another currency of the sum insured": (
        {"cover": {"sum_insured": {"amount": "1", "currency": "USD"}}}, "mixes currencies",
    ),
    "another currency of a cap": (
        {"subsidy": {"payer": "x", "share": "1", "cap": {"amount": "1", "currency": "USD"}}},
        "mixes currencies",
    ),
    "a loan of nothing": ({"loan": {"amount": cny("0.00")}}, "loan of nothing"),
    "a number for an amount": ({"loan": {"amount": {"amount": 3, "currency": "CNY"}}}, "string"),
    "too many decimals": ({"loan": {"amount": cny("1.234")}}, "pattern"),
    "a share above one": ({"loan": {"ip_share": "101/100"}}, "share from 0 to 1"),
    "a share below nothing": ({"loan": {"annual_rate": "-0.01"}}, "share from 0 to 1"),
    "a share over nothing": ({"loan": {"annual_rate": "1/0"}}, "share from 0 to 1"),
    "no month": ({"loan": {"term_months": 0}}, "greater than or equal to 1"),
    "a century": ({"loan": {"term_months": 121}}, "less than or equal to 120"),
    "half a month": ({"loan": {"term_months": 1.5}}, "integer"),
    "a day that is none": ({"loan": {"drawdown": "2025-02-29"}}, "no"),
    "an instant for a day": ({"loan": {"drawdown": "2025-03-10T00:00:00"}}, "date of the form"),
    "a day of another century": ({"loan": {"drawdown": "1899-12-31"}}, "1990"),
    "an unknown grade": ({"borrower": {"grade": "AAA"}}, "grade"),
    "an unknown plan": ({"loan": {"plan": "balloon"}}, "plan"),
    "an unknown kind of right": ({"right": {"kind": "trade_secret"}}, "kind"),
    "expired before it was filed": ({"right": {"expires": "2019-01-01"}}, "expires before"),
    "granted before it was filed": ({"right": {"granted": "2019-01-01"}}, "granted before"),
    "no right": ({"rights": []}, "at least 1"),
    "an unknown field": ({"cover": {"deductible": cny("1")}}, "Extra inputs"),
    "a register number in small letters": ({"borrower": {"register_id": "abc"}}, "pattern"),
    "a negative waiting period": ({"cover": {"waiting_days": -1}}, "greater than or equal to 0"),
    "another product": ({"product": "customs_guarantee"}, "pledge_guarantee"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_with_words(case: str) -> None:
    parts, words = WRONG[case]
    sent = risk_json(**parts) if parts != {"rights": []} else {**risk_json(), "rights": []}
    with pytest.raises(ValidationError) as refused:
        PledgeGuaranteeRisk.model_validate(sent, strict=False)
    assert words in str(refused.value)


def test_two_hundred_rights_at_most() -> None:
    right = risk_json()["rights"][0]
    assert len(a_risk(rights=[right] * 200).rights) == 200
    with pytest.raises(ValidationError, match="at most 200"):
        a_risk(rights=[right] * 201)


def test_what_the_books_are_asked() -> None:
    asked = a_risk(borrower={"tier": "high_tech"}, loan={"ip_share": "2/3"}).asked()
    assert asked.amount == Money.of("3000000.00", "CNY")
    assert asked.ip_share == Fraction(2, 3)
    assert (asked.tier, asked.scheme) == ("high_tech", "qingdao-2015")
    assert asked.obligor_id == "91442000MA4EXAMPL1"


def test_a_checked_risk_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        a_risk().borrower.name = "another"
