"""What binding freezes: terms in order, scope, particulars; and the worked cases."""

import json
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from liability_cases import QUOTED, SAMPLE, TERMS, a_basis, checked, proposal, yuan

from kernel.money import Money, parse_minor
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.premium import build_up
from underwriting.products.infringement_liability.accept import accept
from underwriting.products.infringement_liability.contract import contract
from underwriting.products.infringement_liability.printed import percent
from underwriting.products.infringement_liability.rating import rate
from underwriting.products.infringement_liability.stated_payment import stated_payment
from underwriting.rules.appetite import decide
from underwriting.rules.contract import Contract

CASEBOOK = Path(__file__).parents[4] / "docs" / "casebook"
CASES = {path.stem: tomllib.loads(path.read_text("utf-8"))
         for path in sorted(CASEBOOK.glob("liability-*.toml"))}  # fmt: skip


def frozen(**parts: Any) -> Contract:
    risk = checked(proposal(**parts))
    return contract(risk, a_basis(risk))


def test_the_order_of_terms_is_printed() -> None:
    terms = frozen(npe_sublimit=yuan(50000)).terms
    assert [term.code for term in terms] == [
        "retention", "coinsurance", *["sublimit"] * 6, "limit", "aggregate", "aggregate", "share",
    ]  # fmt: skip
    shown = {term.en: term.value for term in terms}
    assert shown["retention, any one claim"] == "CNY 20,000.00"
    assert shown["sublimit, any one NPE suit"] == "CNY 50,000.00"
    assert shown["the insured's copay"].startswith("10 %")
    assert "inside" in shown["defence cost and the limits"]
    assert shown["the insurer's share"] == "100 %"


def test_the_contract_survives_freezing() -> None:
    terms = frozen(
        defence="outside", insured={"name": "子公司", "register_id": "91320200MA1EXAMPL8"},
        exhibition={"fairs": [{"court": "DE", "count": 2}], "sublimit": yuan(30000)},
        subsidy={"payer": "财政局", "share": "80/100", "cap": yuan(800000)},
    )  # fmt: skip
    assert Contract.of(json.loads(json.dumps(terms.json()))) == terms
    assert terms.sum_insured == Money.of("4000000.00", "CNY")
    assert (terms.insured, terms.beneficiary) == ("子公司", "子公司")
    assert terms.subsidy == ("财政局", Fraction(4, 5), Money.of("800000.00", "CNY"))
    assert terms.earning == (1,) * 12


def test_the_schedule_names_products_exclusions_and_dates() -> None:
    matter = {"kind": "letter", "on": "2024-11-02", "counterparty": "甲公司", "product": "WM-8",
              "court": "DE"}  # fmt: skip
    rows = frozen(known_matters=[
        {**matter, "treatment": "exclude"}, {**matter, "treatment": "higher_retention"}],
    ).agreed["particulars"]  # fmt: skip
    shown = {en: value for _, en, value in rows}
    assert shown["retroactive date"] == "2023-03-10"
    assert shown["scheduled product"].startswith("WM-8")
    assert shown["known matter, not covered"] == "甲公司 / WM-8 / 2024-11-02"
    assert "known matter, 5 retentions" in shown


def test_shares_are_written_as_percentages() -> None:
    assert percent(Fraction(1, 3)) == "33.3333 %"


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]["kind"] == "payment"])
def test_the_worked_payments(name: str) -> None:
    case = CASES[name]
    assert stated_payment(case["terms"], case["loss"]) == case["expected"]


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]["kind"] == "price"])
def test_the_worked_prices(name: str) -> None:
    case = CASES[name]
    assert case["request"]["on"] == QUOTED
    risk = checked(json.loads(json.dumps(case["request"]["risk"], default=str)))
    basis = a_basis(risk)
    loss, expected = rate(risk, basis), case["expected"]
    minimum = Money.of(TERMS["minimum"][risk.currency], risk.currency)
    total, _ = build_up(
        loss.perils, loss.margin, Loadings.of(TERMS), minimum=minimum, experience=loss.experience
    )
    low, high = (parse_minor(expected[f"premium_{end}"], risk.currency) for end in ("low", "high"))
    assert low <= total.minor <= high
    assert decide((*accept(risk, basis), *loss.findings)).value == expected["decision"]


def test_the_casebook_holds_both_kinds() -> None:
    kinds = [case["kind"] for case in CASES.values()]
    assert kinds.count("price") >= 3
    assert kinds.count("payment") >= 3
    assert SAMPLE["product"] == "infringement_liability"
