"""The worked cases of this cover: published prices, and payments worked out by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from loss_cases import a_basis, tariff

from kernel.money import Money
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.premium import build_up, payers_of
from underwriting.product import Rated
from underwriting.products.infringement_loss.accept import accept
from underwriting.products.infringement_loss.contract import contract
from underwriting.products.infringement_loss.rating import rate
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.stated_payment import stated_payment
from underwriting.rules.appetite import decide

FOLDER = Path(__file__).parents[4] / "docs" / "casebook"
CASES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("loss-*.toml")}
SOURCES = (FOLDER.parent / "sources.md").read_text(encoding="utf-8")


def of_kind(kind: str) -> Any:
    names = sorted(name for name, case in CASES.items() if case["kind"] == kind)
    return pytest.mark.parametrize("name", names)


def priced(risk: InfringementLossRisk, basis: Rated) -> tuple[Money, Money]:
    """The premium, and what of it the policyholder pays."""
    loss, terms = rate(risk, basis), contract(risk, basis)
    minimum = Money.of(tariff()["minimum"][risk.currency], risk.currency)
    total, _ = build_up(loss.perils, loss.margin, Loadings.of(tariff()), minimum=minimum)
    return total, payers_of(total, terms.policyholder, terms.subsidy)[-1].amount


@of_kind("price")
def test_a_published_price_is_met(name: str) -> None:
    case = CASES[name]
    risk = InfringementLossRisk.model_validate(case["request"]["risk"], strict=False)
    basis = a_basis(risk.currency, case["request"]["on"])
    expected, findings = case["expected"], accept(risk, basis)
    assert decide(findings).value == expected["decision"]
    total, own = priced(risk, basis)
    unit = risk.currency
    if "premium_low" in expected:
        low, high = (Money.of(expected[f"premium_{end}"], unit) for end in ("low", "high"))
        assert low.minor <= total.minor <= high.minor
    if "policyholder_pays" in expected:
        assert own.text == expected["policyholder_pays"]
    assert {*expected.get("findings", ())} <= {found.code for found in findings}


@of_kind("payment")
def test_a_payment_worked_out_by_hand(name: str) -> None:
    case = CASES[name]
    found = stated_payment(case["terms"], case["loss"])
    for key, value in case["expected"].items():
        if isinstance(value, dict):
            assert {one: found[key][one] for one in value} == value
        else:
            assert found[key] == value


def test_there_are_cases_of_each_kind() -> None:
    kinds = [case["kind"] for case in CASES.values()]
    assert kinds.count("price") >= 3
    assert kinds.count("payment") >= 3
    assert all(case["title"] and case["source"] and case["question"] for case in CASES.values())
