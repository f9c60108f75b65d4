"""The customs cases of the casebook, worked by hand, against the engine: to the fen."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from customs_proposals import checked, customs_basis, customs_risk, premium_of, tariff
from proposals import cny

from kernel.money import format_minor, parse_minor
from underwriting.products.customs_guarantee.accept import accept
from underwriting.products.customs_guarantee.clock import due, surcharge_on
from underwriting.products.customs_guarantee.contract import contract
from underwriting.products.customs_guarantee.goods import GoodsLine
from underwriting.products.customs_guarantee.highest import highest_tax, tax_of_a_declaration
from underwriting.products.customs_guarantee.payment import payment, proceeds_by_rank
from underwriting.rules.appetite import decide

FOLDER = Path(__file__).parents[4] / "docs" / "casebook"
CASES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("customs-*.toml")
}


def of_kind(kind: str) -> pytest.MarkDecorator:
    named = {name: case for name, case in CASES.items() if case["kind"] == kind}
    assert named, f"no case of kind {kind}"
    return pytest.mark.parametrize("case", named.values(), ids=list(named))


def yuan(minor: int) -> str:
    return format_minor(minor, "CNY")


def test_every_case_says_what_it_is() -> None:
    assert len(CASES) >= 3
    for case in CASES.values():
        assert case["kind"] in ("price", "tax", "payment")
        assert case["title"]
        assert case["question"]
        assert case["source"]


@of_kind("price")
def test_price(case: dict[str, Any]) -> None:
    request, expected = case["request"], case["expected"]
    risk = checked(request["risk"])
    basis = customs_basis(risk, on=request["on"])
    findings = accept(risk, basis)
    assert decide(findings).value == expected["decision"]
    assert [one.code for one in findings if one.code != "unverified"] == expected["findings"]
    assert contract(risk, basis).sum_insured.text == expected["sum_insured"]
    assert yuan(tax_of_a_declaration(risk.goods)) == expected["tax_of_a_declaration"]
    assert yuan(highest_tax(risk, basis.terms)) == expected["highest_tax"]
    if "premium_low" in expected:
        low, high = (parse_minor(expected[f"premium_{end}"], "CNY") for end in ("low", "high"))
        assert low <= premium_of(risk, basis) <= high


@of_kind("tax")
def test_tax(case: dict[str, Any]) -> None:
    request, expected, terms = case["request"], case["expected"], tariff()
    taxes = [GoodsLine.model_validate(line, strict=False).highest for line in request["goods"]]
    for name in ("duty", "anti_dumping", "countervailing", "consumption", "vat", "total"):
        assert yuan(sum(getattr(one, name) for one in taxes)) == expected[name]
    last = due(terms, "CN", request["declared_on"])
    owed = sum(one.total for one in taxes)
    assert last == expected["due_on"]
    assert yuan(surcharge_on(owed, last, request["paid_on"], terms)) == expected["surcharge"]


@of_kind("payment")
def test_payment(case: dict[str, Any]) -> None:
    request, expected = case["request"], case["expected"]
    risk = customs_risk(cover={"amount": cny(request["amount"]), "surcharge": request["surcharge"]})
    tax, available = (parse_minor(request[name], "CNY") for name in ("tax", "available"))
    paid = payment(
        contract(risk, customs_basis(risk)), tax, available=available,
        due_on=request["due_on"], paid_on=request["paid_on"], terms=tariff(),
    )  # fmt: skip
    for name in ("tax", "surcharge", "refused"):
        assert yuan(getattr(paid, name)) == expected[name]
    sale = {name: parse_minor(amount, "CNY") for name, amount in request["sale"].items()}
    shared = proceeds_by_rank(**sale, paid=paid.total)
    for name, amount in expected["sale"].items():
        assert yuan(getattr(shared, name)) == amount
