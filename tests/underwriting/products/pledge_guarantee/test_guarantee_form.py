"""What the form takes beyond a plain loan: plans, tranches, shares, histories, appraisals."""

from fractions import Fraction
from typing import Any

import pytest
from builders import a_basis, a_risk, a_scheme, cny, risk_json, some_inputs, yuan
from pydantic import ValidationError

from kernel.errors import Invalid
from kernel.finding import Effect
from underwriting.explain.solve import Asked, furthest
from underwriting.products import product
from underwriting.products.pledge_guarantee.accept import accept
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.products.pledge_guarantee.exposure import loan_to_value, losses, sum_insured
from underwriting.products.pledge_guarantee.history import history_of
from underwriting.products.pledge_guarantee.loan import balances
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.receipt import price

LINE = product("pledge_guarantee")
CUSTOM: dict[str, Any] = {
    "plan": "custom",
    "instalments": [
        {"month": 6, "amount": cny("1000000.00")},
        {"month": 12, "amount": cny("2000000.00")},
    ],
}


def owed(**loan: Any) -> tuple[int, ...]:
    return balances(a_risk(loan=loan).loan)


def test_a_custom_plan_is_what_is_owed() -> None:
    assert owed(**CUSTOM) == (3_000_000_00,) * 6 + (2_000_000_00,) * 6
    stated = [{"month": 6, "amount": cny("2000000")}, {"month": 12, "amount": cny("0")}]
    assert owed(plan="custom", balances=stated) == owed(**CUSTOM)


@pytest.mark.parametrize(
    ("loan", "field", "words"),
    [
        ({"plan": "custom"}, "plan", "states no month"),
        ({**CUSTOM, "plan": "bullet"}, "plan", "months are stated"),
        ({**CUSTOM, "grace_months": 1}, "plan", "stated twice"),
        ({"grace_months": 12}, "grace_months", "leaves no month"),
        ({**CUSTOM, "term_months": 11}, "instalments", "rising months from 1 to 11"),
        ({"drawdowns": [{"on": "2025-03-10", "amount": cny("1.00")}]}, "drawdowns", "sum to"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_where_it_stands(
    loan: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        owed(**loan)
    assert refused.value.faults[0].field == f"risk.loan.{field}"


def test_the_contract_keeps_the_course_of_the_loan() -> None:
    loan = {
        **CUSTOM, "day_count": "actual/360",
        "drawdowns": [
            {"on": "2025-03-10", "amount": cny("2000000.00")},
            {"on": "2025-05-12", "amount": cny("1000000.00")},
        ],
    }  # fmt: skip
    risk = a_risk(loan=loan)
    terms = contract(risk, a_basis(some_inputs(risk)))
    assert terms.lent.balances == (
        *[2_000_000_00] * 2, *[3_000_000_00] * 4, *[2_000_000_00] * 6,
    )  # fmt: skip
    assert terms.earning == terms.lent.balances
    assert terms.agreed["drawdowns"][1] == ["2025-05-12", "1000000.00"]
    assert (terms.lent.plan, terms.agreed["day_count"]) == ("custom", "actual/360")


def test_interest_is_counted_as_stated() -> None:
    """A month of 31 days and 80 days of waiting, over 360."""
    scheme = a_scheme(loss_base="principal_interest")
    risk = a_risk(loan={"day_count": "actual/360", "term_months": 1})
    loss = losses(risk, a_basis(some_inputs(risk, scheme=scheme)))[0]
    assert loss.interest == round(3_000_000_00 * 0.0435 * 111 / 360)


@pytest.mark.parametrize(("share", "minor"), [("1", 3_130_500_00), ("7/10", 2_191_350_00)])
def test_the_insured_share_is_of_the_whole_loss_base(share: str, minor: int) -> None:
    risk = a_risk(cover={"insured_share": share})
    basis = a_basis(some_inputs(risk))
    assert sum_insured(risk, basis.scheme.loss_base) == minor
    assert contract(risk, basis).agreed["insured_share"] == share


def test_a_sum_and_a_share_of_it_are_one_too_many() -> None:
    with pytest.raises(ValidationError, match="one of the two"):
        a_risk(cover={"insured_share": "1/2", "sum_insured": cny("1.00")})
    with pytest.raises(ValidationError, match="mixes currencies"):
        a_risk(loan={"fees": {"amount": "1", "currency": "EUR"}})
    appraisal = {
        "value": {"amount": "1", "currency": "EUR"}, "on": "2025-01-01", "by": "x",
    }  # fmt: skip
    with pytest.raises(ValidationError, match="more than one currency"):
        a_risk(right={"appraisals": [appraisal]})


def test_own_years_move_the_price_within_the_bounds() -> None:
    """Ten weigh the published 2.5 %: (0.25 + claims) / (0.25 + years x 0.025), 0.75 to 2."""
    factors = {}
    for years, claims in ((2, 0), (20, 0), (20, 1)):
        risk = a_risk(experience={"years": years, "claims": claims})
        rating = history_of(risk, a_basis(some_inputs(risk)))
        factors[years, claims] = rating.unbound
        assert rating.unbound == pytest.approx((0.25 + claims) / (0.25 + years * 0.025))
        codes = {f.code for f in accept(risk, a_basis(some_inputs(risk)))}
        assert ("experience-bounded" in codes) is not (0.75 <= rating.unbound <= 2)
    good, bad = (price(LINE, some_inputs(a_risk(experience=e))) for e in (
        {"years": 2, "claims": 0}, {"years": 2, "claims": 1},
    ))  # fmt: skip
    plain = price(LINE, some_inputs())
    assert good.premium.total.minor < plain.premium.total.minor < bad.premium.total.minor
    assert good.premium.line("experience").minor < 0


def test_a_tariff_may_charge_by_wang() -> None:
    terms = {**LINE.terms, "loadings": {**LINE.terms["loadings"], "method": "wang"}}
    terms["loadings"]["wang_lambda"] = 0.25
    inputs = some_inputs()
    priced = price(LINE, type(inputs).of({**inputs.json(), "terms": terms}))
    assert priced.loss.margin.method == "wang"
    assert priced.loss.margin.amount > 0


@pytest.mark.parametrize(("loan", "stands"), [("9999999.99", False), ("10000000.00", True)])
def test_a_value_of_the_banks_own_serves_small_loans(loan: str, *, stands: bool) -> None:
    worth: dict[str, Any] = {"appraised": cny("30000000"), "valued_by": "internal"}
    risk = a_risk(loan={"amount": cny(loan)}, right=worth)
    found = {f.code: f for f in accept(risk, a_basis(some_inputs(risk)))}
    assert ("own-valuation" in found) is stands
    if stands:
        assert found["own-valuation"].effect is Effect.REFER
        outside = {"value": cny("30000000"), "on": "2025-01-01", "by": "评估公司"}
        helped = a_risk(loan={"amount": cny(loan)}, right={**worth, "appraisals": [outside]})
        codes = {f.code for f in accept(helped, a_basis(some_inputs(helped)))}
        assert "own-valuation" not in codes


def test_the_drivers_show_the_value_at_a_low_quantile_and_the_link() -> None:
    drivers = price(LINE, some_inputs()).loss.drivers
    assert drivers["low_value_quantile"] == 0.1
    assert drivers["loan_to_low_value"] == pytest.approx(
        drivers["loan_to_expected_value"] / (1 - drivers["low_value_haircut"])
    )
    assert 0 < drivers["wrong_way_link"] < 0.2
    assert loan_to_value(a_risk()) == pytest.approx(drivers["loan_to_expected_value"])


def test_the_form_survives_the_wire_with_everything_stated() -> None:
    (right,) = risk_json()["rights"]
    sent = risk_json(
        loan={**CUSTOM, "fees": cny("1.00")},
        rights=[{**right, "twin": "ZL2", "continues": True, "licence": "open", "seized": True}],
        deed={"debt": cny("3000000.00"), "scope": "principal"},
        experience={"years": 3, "claims": 0},
        cover={"premium_basis": "annual", "insured_share": "7/10"},
    )
    risk = PledgeGuaranteeRisk.model_validate(sent, strict=False)
    assert PledgeGuaranteeRisk.model_validate_json(risk.model_dump_json()) == risk


def test_the_share_that_the_bank_retains_can_be_solved_for() -> None:
    """So much of the loss base can be insured for 60,000.00, and not a step more."""
    (lever,) = (one for one in LINE.levers if one.name == "insured_share")
    inputs = some_inputs(a_risk(), scheme=a_scheme())
    most = yuan("60000.00")
    reached = furthest(LINE, inputs, lever, Asked(premium=most))
    assert reached.at is not None
    assert Fraction(1, 2) < reached.at < 1
    assert reached.valued is not None
    assert reached.valued.premium.total.minor <= most.minor
    assert "premium" in " ".join(finding.code for finding in reached.binding)
    more = a_risk(cover={"insured_share": str(reached.at + Fraction(1, 100))})
    assert price(LINE, some_inputs(more, scheme=a_scheme())).premium.total.minor > most.minor
