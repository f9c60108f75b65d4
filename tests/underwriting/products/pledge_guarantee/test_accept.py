"""Each finding on a proposal: when it stands and when it does not."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from builders import a_basis, a_risk, a_scheme, cny, shipped, some_inputs

from kernel.finding import Effect, Finding
from underwriting.products.pledge_guarantee.accept import accept

WORTH_MUCH = {"appraised": cny("30000000")}
POOL = '[[caps]]\nparty = "fund"\nper = "pool_balance"'
POOLED = '[[layers]]\nshares = { fund = "50/100", insurer = "30/100", bank = "20/100" }'
FUSE = (
    '[[fuses]]\nparty = "insurer"\nmeasure = "bank_npl_ratio"\nabove = "3/100"\neffect = "{effect}"'
)


def findings(risk: Mapping[str, Any] | None = None, **named: Any) -> dict[str, Finding]:
    """Code -> finding that is more than information."""
    inputs = some_inputs(a_risk(**(risk or {})), **named)
    found = accept(a_risk(**(risk or {})), a_basis(inputs))
    return {one.code: one for one in found if one.effect is not Effect.INFORM}


def the_only(code: str, effect: Effect, risk: Mapping[str, Any] | None = None, **named: Any) -> str:
    """Check that this one finding stands, whole, and nothing else; return its words."""
    found = findings(risk, **named)
    assert set(found) == {code}
    one = found[code]
    assert one.effect is effect
    assert one.en
    assert one.zh
    assert one.clause
    assert one.cure
    return one.en


def test_a_good_proposal_has_no_finding() -> None:
    assert findings() == {}


@pytest.mark.parametrize("dates", [{"valid_from": "2025-03-11"}, {"valid_to": "2025-03-09"}])
def test_a_scheme_is_in_force_on_the_day_of_drawdown(dates: dict[str, str]) -> None:
    words = the_only("scheme-not-in-force", Effect.DECLINE, scheme=a_scheme(**dates))
    assert "2025-03-10" in words


def test_the_first_and_the_last_day_of_a_scheme_count() -> None:
    scheme = a_scheme(valid_from="2025-03-10", valid_to="2025-03-10")
    assert findings(scheme=scheme) == {}


@pytest.mark.parametrize(
    ("ratio", "effect", "stops"),
    [("31/1000", "suspend_new", True), ("3/100", "suspend_new", False),
     ("2/100", "suspend_claims", False)],
)  # fmt: skip
def test_a_fuse_stops_new_business_above_its_ratio(ratio: str, effect: str, *, stops: bool) -> None:
    scheme = a_scheme(more=FUSE.format(effect=effect))
    named = {"scheme": scheme, "ratios": {"bank_npl_ratio": Fraction(ratio)}}
    if stops:
        assert "31/1000" in the_only("fuse-blown", Effect.DECLINE, **named)
    else:
        assert findings(**named) == {}


def test_an_issuer_without_a_share_is_declined() -> None:
    layers = '[[layers]]\nshares = { insurer = "0/100", bank = "100/100" }'
    the_only("no-share", Effect.DECLINE, scheme=a_scheme(layers=layers))


def test_a_pool_that_cannot_pay_a_whole_loss_is_referred() -> None:
    scheme = a_scheme(layers=POOLED, more=POOL, residual="bank")
    words = the_only("pool-short", Effect.REFER, scheme=scheme, balances={"fund": 1_000_000_00})
    assert "CNY 1,500,000.00" in words
    assert "CNY 1,000,000.00" in words
    assert findings(scheme=scheme, balances={"fund": 1_500_000_00}) == {}


def test_what_nobody_bears_is_referred() -> None:
    scheme = a_scheme(layers=POOLED, more=POOL)
    found = findings(scheme=scheme, balances={"fund": 1_000_000_00})
    assert set(found) == {"uncovered", "pool-short"}
    assert "CNY 500,000.00" in found["uncovered"].en


@pytest.mark.parametrize(
    ("code", "above", "at"),
    [
        ("loan-limit", {"loan": {"amount": cny("10000000.01")}, "right": WORTH_MUCH},
         {"loan": {"amount": cny("10000000.00")}, "right": WORTH_MUCH}),
        ("term-limit", {"loan": {"term_months": 37}}, {"loan": {"term_months": 36}}),
        ("old-for-new", {"loan": {"refinancing": True}}, {"loan": {"refinancing": False}}),
        ("ip-share", {"loan": {"ip_share": "49/100"}}, {"loan": {"ip_share": "50/100"}}),
        ("loan-to-value", {"right": {"appraised": cny("5999999.99")}},
         {"right": {"appraised": cny("6000000.00")}}),
        ("appraisal-old", {"right": {"appraised_on": "2024-03-02"}},
         {"right": {"appraised_on": "2024-03-03"}}),
        ("drawn-already", {"loan": {"drawdown": "2025-03-02"}},
         {"loan": {"drawdown": "2025-03-03"}}),
        ("grade", {"borrower": {"grade": "B"}}, {"borrower": {"grade": "BB"}}),
    ],
)  # fmt: skip
def test_a_limit_refers_above_and_passes_at_it(
    code: str, above: Mapping[str, Any], at: Mapping[str, Any]
) -> None:
    the_only(code, Effect.REFER, above)
    assert findings(at) == {}


def test_the_worst_grade_is_declined() -> None:
    the_only("grade", Effect.DECLINE, {"borrower": {"grade": "CCC"}})


def test_a_currency_without_a_limit_is_not_unlimited() -> None:
    euros = {"amount": "3000000.00", "currency": "EUR"}
    risk = {"loan": {"amount": euros}, "right": {"appraised": {**euros, "amount": "8600000"}}}
    assert "not set" in the_only("loan-limit", Effect.REFER, risk, scheme=a_scheme())


def test_every_right_is_tested() -> None:
    good = a_risk().rights[0].model_dump(mode="json")
    rights = [good, {**good, "number": "ZL2", "appraised_on": "2020-01-01"}]
    assert "ZL2" in the_only("appraisal-old", Effect.REFER, {"rights": rights})


def test_what_the_sources_leave_open_informs_and_never_stops() -> None:
    inputs = some_inputs()
    found = [one for one in accept(a_risk(), a_basis(inputs)) if one.code == "unverified"]
    doubts = {**shipped("qingdao-2015").scheme.unverified, **inputs.terms["unverified"]}
    assert len(found) == len(shipped("qingdao-2015").scheme.unverified) + len(
        inputs.terms["unverified"]
    )
    assert {one.effect for one in found} == {Effect.INFORM}
    for reason in doubts.values():
        assert any(reason in one.en for one in found)


def test_all_findings_come_at_once() -> None:
    risk = {
        "borrower": {"grade": "CCC"},
        "loan": {"refinancing": True, "term_months": 120},
        "right": {"expires": "2025-01-01", "in_dispute": True},
    }
    codes = set(findings(risk))
    assert codes >= {"grade", "old-for-new", "term-limit", "expired", "ownership-dispute"}
