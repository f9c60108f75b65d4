"""Random firms and loans beside every shipped product: two ways find the same reasons."""

import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.finding import Effect
from underwriting.bank_products import (
    FirmFacts,
    LoanAsked,
    bank_product,
    bank_products,
    eligible,
    read_bank_product,
)
from underwriting.bank_products.kinds import FirmKind, Method, Size
from underwriting.pricing.plan import Plan


def _lent(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


oracle = _lent("eligibility_oracle")
ON = date(2025, 11, 3)
EDGES = (400_000, 500_000, 800_000, 1_600_000, 3_000_000, 5_000_000, 10_000_000, 30_000_000)
PREMIUMS = ("0.01", "0.0101", "0.02", "0.03", "0.031")
RATES = ("0.02", "0.029", "0.0291", "0.032", "0.0319", "0.05", "0.0565", "0.0566", "0.09")

maybe = st.one_of
firms = st.fixed_dictionaries(
    {
        "kinds": maybe(st.none(), st.lists(st.sampled_from([*FirmKind]), max_size=3)),
        "size": maybe(st.none(), st.sampled_from([*Size])),
        "region": maybe(st.none(), st.sampled_from(
            ["500112", "442000", "440106", "370200", "330302", "110108", "610100"])),
        "founded": maybe(st.none(), st.dates(date(2015, 1, 1), ON)),
        "staff": maybe(st.none(), st.integers(0, 1000)),
        "revenue": maybe(st.none(), st.integers(0, 400_000_000)),
        "assets": maybe(st.none(), st.integers(0, 400_000_000)),
        "debt_ratio": maybe(st.none(), st.integers(0, 150).map(lambda percent: percent / 100)),
        "score_grade": maybe(st.none(), st.sampled_from("ABCDE")),
        "rights": maybe(st.none(), st.dictionaries(
            st.sampled_from(["invention", "utility_model", "design"]), st.integers(0, 20))),
    }
)  # fmt: skip
amounts = maybe(
    st.sampled_from(EDGES),
    st.sampled_from(EDGES).map(lambda edge: edge + 1),
    st.sampled_from(EDGES).map(lambda edge: edge - 1),
    st.integers(1, 40_000_000),
)
loans = st.fixed_dictionaries(
    {
        "amount": amounts,
        "term_months": st.sampled_from([1, 6, 11, 12, 13, 24, 36, 37]),
        "annual_rate": maybe(st.none(), st.sampled_from(RATES)),
        "premium_rate": maybe(st.none(), st.sampled_from(PREMIUMS)),
        "reference_rate": maybe(st.none(), st.just("0.0435")),
        "plan": maybe(st.none(), st.sampled_from([*Plan])),
        "ip_share": maybe(st.none(), st.sampled_from(["0", "1/2", "1"])),
        "valuation": maybe(st.none(), st.sampled_from([*Method])),
        "drawdown": maybe(st.none(), st.sampled_from([date(2016, 1, 1), date(2022, 1, 1), ON])),
    }
)  # fmt: skip


def yuan(amount: int | None) -> dict[str, str] | None:
    return None if amount is None else {"amount": str(amount), "currency": "CNY"}


def forms(firm: dict[str, Any], loan: dict[str, Any]) -> tuple[FirmFacts, LoanAsked]:
    money = {name: yuan(firm[name]) for name in ("revenue", "assets")}
    return (
        FirmFacts.model_validate(firm | money, strict=False),
        LoanAsked.model_validate(loan | {"amount": yuan(loan["amount"])}, strict=False),
    )


@pytest.mark.parametrize("code", sorted(bank_products()))
@settings(max_examples=150)
@given(firms, loans)
def test_two_ways_find_the_same_reasons(
    code: str, firm: dict[str, Any], loan: dict[str, Any]
) -> None:
    stated = bank_product(code)
    found = eligible(stated.product, *forms(firm, loan), ON)
    declined = {one.code for one in found if one.effect is Effect.DECLINE}
    assert declined == oracle.refusals(stated.text, firm, loan, ON)


@pytest.mark.parametrize("code", sorted(bank_products()))
@settings(max_examples=50)
@given(firms, loans)
def test_every_fact_of_the_firm_that_is_missing_is_asked_for(
    code: str, firm: dict[str, Any], loan: dict[str, Any]
) -> None:
    stated = bank_product(code)
    found = eligible(stated.product, *forms(firm, loan), ON)
    about_firm = [
        one for one in found if one.code == "not-stated" and f"{code}: eligible." in one.clause
    ]
    assert len(about_firm) == oracle.unknowns(stated.text, firm)


@pytest.mark.parametrize("code", sorted(bank_products()))
def test_every_finding_speaks_two_languages_with_clause_and_cure(code: str) -> None:
    firm = {"kinds": [], "size": "large", "region": "999999", "founded": ON, "staff": 10**6,
            "revenue": 10**12, "assets": 10**12, "debt_ratio": 99.0,
            "score_grade": "E"}  # fmt: skip
    loan = {"amount": 10**12, "term_months": 360, "annual_rate": "1", "premium_rate": "1",
            "reference_rate": "0.04", "plan": "custom", "ip_share": "0", "valuation": "negotiated",
            "drawdown": date(1999, 1, 1)}  # fmt: skip
    found = eligible(bank_product(code).product, *forms(firm, loan), ON)
    assert any(one.effect is Effect.DECLINE for one in found)
    for one in found:
        assert one.en
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.zh)
        assert one.clause.startswith(f"{code}: ")
        assert one.cure


WHOLE = """
code = "every-term"
title = "Every term 全部条款"
bank = "a bank"
area = "somewhere"
source = "written for tests"
grade = "C"
valid_from = 2017-01-01
valid_to = 2030-12-31
currency = "CNY"
plans = ["bullet", "annuity"]
not_published = ["scheme", "papers", "subsidies"]

[eligible]
kinds = ["high_tech", "little_giant"]
sizes = ["micro", "small", "medium"]
regions = ["44", "3702", "330302"]
age_months = 24
staff = 500
revenue = "200000000.00"
assets = "150000000.00"
debt_ratio = "0.7"

[loan]
least = "500000.00"
most = "10000000.00"
months_least = 6
months_most = 24
ip_share = "1/2"

[[limits]]
by = "right"
of = "invention"
most = "800000.00"

[[limits]]
by = "right"
of = "utility_model"
most = "100000.00"

[price]
basis = "reference"
reference = "LPR"
low = "0.7"
high = "1.3"
premium = "0.02"
all_in = "0.07"

[valuation]
methods = ["internal", "appraisal"]
internal_below = "5000000.00"
"""


@settings(max_examples=600)
@given(firms, loans)
def test_two_ways_agree_on_a_file_with_every_term(
    firm: dict[str, Any], loan: dict[str, Any]
) -> None:
    found = eligible(read_bank_product(WHOLE).product, *forms(firm, loan), ON)
    declined = {one.code for one in found if one.effect is Effect.DECLINE}
    assert declined == oracle.refusals(WHOLE, firm, loan, ON)


@given(firms, loans, st.sampled_from(sorted(oracle.FACTS.values())))
def test_stating_a_fact_answers_its_question_and_asks_no_other(
    firm: dict[str, Any], loan: dict[str, Any], fact: str
) -> None:
    product = read_bank_product(WHOLE).product
    silent = eligible(product, *forms(firm | {fact: None}, loan), ON)
    told = eligible(product, *forms(firm, loan), ON)
    asked, still = (
        {one.clause for one in found if one.code == "not-stated"} for found in (silent, told)
    )
    assert still <= asked
    assert len(asked) - len(still) == (firm[fact] is not None)
