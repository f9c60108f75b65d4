"""A firm and a loan beside a product: every reason at once, and none where there is none."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.bank_products import (
    BankProduct,
    FirmFacts,
    LoanAsked,
    Suits,
    bank_product,
    bank_products,
    eligible,
    parse_bank_product,
    premium_subsidy,
    suited,
    support,
)
from underwriting.bank_products.limits import limit_of
from underwriting.pricing.plan import Plan

ON = date(2025, 3, 3)

TEXT = """
code = "made-up"
title = "Made up"
bank = "a bank"
area = "Zhongshan"
source = "made up"
grade = "C"
valid_from = 2021-01-01
valid_to = 2026-12-31
currency = "CNY"
plans = ["bullet", "annuity"]
not_published = ["scheme", "papers"]
[eligible]
kinds = ["high_tech", "little_giant"]
sizes = ["micro", "small"]
regions = ["4420", "4401"]
age_months = 12
staff = 500
revenue = "200000000.00"
assets = "100000000.00"
debt_ratio = "0.7"
[loan]
least = "100000.00"
most = "12000000.00"
months_least = 6
months_most = 36
ip_share = "1/2"
[price]
basis = "reference"
reference = "LPR"
low = "0.9"
high = "1.3"
premium = "0.03"
all_in = "0.06"
[[subsidies]]
of = "interest"
payer = "a city"
share = "1/2"
cap = "20000.00"
[[subsidies]]
of = "premium"
payer = "a fund"
share = "2/5"
cap = "100000.00"
[[subsidies]]
of = "appraisal_fee"
payer = "a city"
share = "1/2"
cap = "10000.00"
[valuation]
methods = ["internal", "appraisal"]
internal_below = "10000000.00"
"""
PRODUCT = parse_bank_product(TEXT)


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


FIRM: dict[str, Any] = {
    "kinds": ["high_tech"],
    "size": "small",
    "region": "442000",
    "founded": "2020-01-01",
    "staff": 80,
    "revenue": yuan("50000000.00"),
    "assets": yuan("40000000.00"),
    "debt_ratio": 0.5,
}
LOAN: dict[str, Any] = {
    "amount": yuan("3000000.00"),
    "term_months": 12,
    "annual_rate": "0.03",
    "reference_rate": "0.031",
    "premium_rate": "0.02",
    "plan": "bullet",
    "ip_share": "1",
    "valuation": "internal",
}


def firm(**changes: Any) -> FirmFacts:
    return FirmFacts.model_validate(FIRM | changes, strict=False)


def loan(**changes: Any) -> LoanAsked:
    return LoanAsked.model_validate(LOAN | changes, strict=False)


def found(
    product: BankProduct = PRODUCT, of: FirmFacts | None = None, at: LoanAsked | None = None
) -> tuple[Finding, ...]:
    return eligible(product, of or firm(), at or loan(), ON)


def in_the_way(*args: Any) -> list[tuple[str, Effect]]:
    return [(one.code, one.effect) for one in found(*args) if one.effect is not Effect.INFORM]


def test_a_firm_that_fits_is_told_only_what_is_not_published() -> None:
    assert in_the_way() == []
    assert [one.code for one in found()] == ["not-published"] * 2
    assert "scheme" in found()[0].en


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kinds": []}, "firm-kind"),
        ({"kinds": ["sci_tech_sme"]}, "firm-kind"),
        ({"size": "medium"}, "firm-size"),
        ({"region": "440300"}, "region"),
        ({"founded": "2024-03-04"}, "firm-young"),
        ({"staff": 501}, "firm-bound"),
        ({"revenue": yuan("200000000.01")}, "firm-bound"),
        ({"assets": yuan("100000000.01")}, "firm-bound"),
        ({"debt_ratio": 0.71}, "firm-bound"),
    ],
)
def test_a_firm_beyond_a_term_is_declined_with_its_cure(changes: dict[str, Any], code: str) -> None:
    assert in_the_way(PRODUCT, firm(**changes)) == [(code, Effect.DECLINE)]
    (refused,) = (one for one in found(PRODUCT, firm(**changes)) if one.code == code)
    assert refused.cure
    assert refused.zh
    assert refused.clause.startswith("made-up: eligible.")


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": ["little_giant", "sci_tech_sme"]},
        {"region": "440106"},
        {"founded": "2024-03-03"},
        {"staff": 500, "debt_ratio": 0.7, "revenue": yuan("200000000.00")},
    ],
)
def test_a_firm_on_the_bound_still_fits(changes: dict[str, Any]) -> None:
    assert in_the_way(PRODUCT, firm(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": yuan("99999.99")}, "loan-small"),
        ({"amount": yuan("12000000.01"), "valuation": "appraisal"}, "loan-large"),
        ({"amount": {"amount": "3000000.00", "currency": "EUR"}}, "currency"),
        ({"term_months": 5}, "term"),
        ({"term_months": 37}, "term"),
        ({"plan": "equal_principal"}, "plan"),
        ({"ip_share": "0.49"}, "ip-share"),
        ({"annual_rate": "0.0404", "premium_rate": "0.01"}, "price-high"),
        ({"annual_rate": "0.0278"}, "price-low"),
        ({"premium_rate": "0.0301", "annual_rate": "0.0279"}, "price-high"),
        ({"premium_rate": "0.03", "annual_rate": "0.0301"}, "price-high"),
        ({"valuation": "negotiated"}, "valuation-method"),
        ({"amount": yuan("10000000.00")}, "appraisal-needed"),
        ({"drawdown": "2027-01-01"}, "product-not-in-force"),
        ({"drawdown": "2020-12-31"}, "product-not-in-force"),
    ],
)
def test_a_loan_beyond_a_term_is_declined(changes: dict[str, Any], code: str) -> None:
    assert in_the_way(PRODUCT, firm(), loan(**changes)) == [(code, Effect.DECLINE)]


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": yuan("9999999.99")},
        {"amount": yuan("12000000.00"), "valuation": "appraisal"},
        {"annual_rate": "0.0403", "premium_rate": "0.01"},
        {"annual_rate": "0.0279"},
        {"premium_rate": "0.03", "annual_rate": "0.03"},
    ],
)
def test_a_loan_on_the_bound_still_fits(changes: dict[str, Any]) -> None:
    assert in_the_way(PRODUCT, firm(), loan(**changes)) == []


def test_what_is_not_stated_is_asked_for_all_at_once() -> None:
    nothing = FirmFacts()
    bare = LoanAsked.model_validate({"amount": yuan("3000000.00"), "term_months": 12}, strict=False)
    codes = in_the_way(PRODUCT, nothing, bare)
    assert {code for code, _ in codes} == {"not-stated"}
    assert {effect for _, effect in codes} == {Effect.REFER}
    assert len(codes) == 8 + 5  # of the firm; plan, ip_share, interest, premium, valuation
    words = " ".join(one.cure for one in found(PRODUCT, nothing, bare))
    for fact in ("recognised", "size", "division", "registration", "staff", "revenue", "assets",
                 "debt_ratio", "plan", "IP secures", "interest", "premium", "valued"):  # fmt: skip
        assert fact in words


def test_a_band_in_a_reference_rate_asks_for_it() -> None:
    without = {key: value for key, value in LOAN.items() if key != "reference_rate"}
    at = LoanAsked.model_validate(without, strict=False)
    (asked,) = (one for one in found(PRODUCT, firm(), at) if one.code == "not-stated")
    assert "LPR" in asked.en


def test_revenue_in_another_currency_is_asked_for_again() -> None:
    abroad = firm(revenue={"amount": "1.00", "currency": "EUR"})
    assert in_the_way(PRODUCT, abroad) == [("not-stated", Effect.REFER)]


def test_many_reasons_stand_together() -> None:
    codes = in_the_way(
        PRODUCT, firm(kinds=[], region="440300"), loan(term_months=60, plan="annuity")
    )
    assert codes == [(code, Effect.DECLINE) for code in ("firm-kind", "region", "term")]


XINGKE = bank_product("icbc-xingke-2025").product


@pytest.mark.parametrize(
    ("kinds", "most"),
    [
        (["sci_tech_sme"], "2000000.00"),
        (["high_tech", "sci_tech_sme"], "3000000.00"),
        (["sci_tech_sme", "specialised_sme"], "5000000.00"),
        (["innovative_sme"], "0.00"),
    ],
)
def test_the_largest_limit_that_applies_counts(kinds: list[str], most: str) -> None:
    assert limit_of(XINGKE, firm(kinds=kinds)) == (Money.of(most, "CNY"), ())


def test_limits_for_each_right_add_up_and_stop_at_the_most() -> None:
    rows = "".join(
        f'\n[[limits]]\nby = "right"\nof = "{kind}"\nmost = "{most}"'
        for kind, most in (("invention", "800000.00"), ("utility_model", "100000.00"))
    )
    product = parse_bank_product(TEXT + rows)
    few = firm(rights={"invention": 3, "utility_model": 2, "trademark": 9})
    assert limit_of(product, few) == (Money.of("2600000.00", "CNY"), ())
    many = firm(rights={"invention": 30})
    assert limit_of(product, many) == (product.most, ())
    unknown, missing = limit_of(product, firm())
    assert unknown == product.most
    assert len(missing) == 1
    assert ("loan-large", Effect.DECLINE) in in_the_way(product, few)


GRADED = bank_product("cq-knowledge-value-2023").product


@given(st.sampled_from("ABCDE"), st.integers(1, 6_000_000))
def test_a_graded_limit_binds_exactly(grade: str, thousands: int) -> None:
    most = {"A": 5_000_000, "B": 4_000_000, "C": 3_000_000, "D": 1_600_000, "E": 800_000}[grade]
    at = loan(amount=yuan(str(thousands)), drawdown="2025-01-01")
    codes = [code for code, _ in in_the_way(GRADED, firm(region="500112", score_grade=grade), at)]
    assert codes == (["loan-large"] if thousands > most else [])


@given(st.integers(100_000, 12_000_000), st.integers(0, 2_000_000))
def test_less_never_turns_a_yes_into_a_no(amount: int, less: int) -> None:
    """Between the smallest and the largest loan, a smaller one that is asked for fits too."""
    smaller = max(100_000, amount - less)
    if in_the_way(PRODUCT, firm(), loan(amount=yuan(str(amount)))) == []:
        assert in_the_way(PRODUCT, firm(), loan(amount=yuan(str(smaller)))) == []


def test_support_of_a_bullet_loan_by_hand() -> None:
    """3 m at 3 %: 90,000 of interest, half of it above the cap of 20,000; premium 60,000 x 2/5."""
    interest, premium, fee = support(PRODUCT, loan())
    assert (interest.cost, interest.amount) == (Money.of("90000", "CNY"), Money.of("20000", "CNY"))
    assert (premium.cost, premium.amount) == (Money.of("60000", "CNY"), Money.of("24000", "CNY"))
    assert (fee.cost, fee.amount) == (None, None)
    paid = premium_subsidy(PRODUCT)
    assert paid is not None
    assert (paid.payer, paid.share) == ("a fund", Fraction(2, 5))
    assert premium_subsidy(XINGKE) is None


def test_support_counts_the_interest_of_the_first_year_only() -> None:
    """Equal principal over 24 months: owed 24/24 ... 13/24 of it in the first twelve."""
    at = loan(plan=Plan.EQUAL_PRINCIPAL, term_months=24, amount=yuan("240000.00"))
    exact = sum(Fraction(240_000 * left, 24) for left in range(13, 25)) * Fraction(3, 100) / 12
    assert support(PRODUCT, at)[0].cost == Money.of(f"{float(exact):.2f}", "CNY")
    without = {key: value for key, value in LOAN.items() if key not in ("plan", "premium_rate")}
    bare = LoanAsked.model_validate(without, strict=False)
    assert [one.cost for one in support(PRODUCT, bare)] == [None, None, None]


def test_those_that_fit_come_first_and_every_product_is_there() -> None:
    at = loan(annual_rate="0.029", amount=yuan("2000000.00"))
    fits = suited(firm(region="110108"), at, ON)
    assert {fit.product.code for fit in fits} == set(bank_products())
    order = [list(Suits).index(fit.suits) for fit in fits]
    assert order == sorted(order)
    ranked = {fit.product.code: fit for fit in fits}
    assert ranked["icbc-xingke-2025"].suits is Suits.FITS
    assert ranked["zhongshan-pledge-2021"].suits is Suits.NO
    assert {one.code for one in ranked["zhongshan-pledge-2021"].findings} >= {"region"}


def test_a_fact_that_is_missing_puts_a_product_between() -> None:
    without = {key: value for key, value in FIRM.items() if key != "region"}
    fits = suited(FirmFacts.model_validate(without, strict=False), loan(), ON, [PRODUCT])
    assert [fit.suits for fit in fits] == [Suits.ASKS]
    assert fits[0].open == 1
