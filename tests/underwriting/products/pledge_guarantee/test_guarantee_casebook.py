"""The priced cases of the casebook: decision, published band, findings, figures by hand."""

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from builders import shipped, some_inputs

from kernel.money import Money
from underwriting.pledge.package import entries_of
from underwriting.products import product
from underwriting.products.pledge_guarantee.cost import cost_findings
from underwriting.products.pledge_guarantee.flows import instalments_of
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.receipt import Priced, price

FOLDER = Path(__file__).parents[4] / "docs" / "casebook"
CASES = {path.stem: path for path in sorted(FOLDER.glob("guarantee-*.toml"))}
LINE = product("pledge_guarantee")


def read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(CASES[name].read_text(encoding="utf-8"))


def priced(case: Mapping[str, Any]) -> tuple[PledgeGuaranteeRisk, Priced]:
    risk = PledgeGuaranteeRisk.model_validate(case["request"]["risk"], strict=False)
    inputs = some_inputs(risk, scheme=shipped(risk.cover.scheme), on=case["request"]["on"])
    return risk, price(LINE, inputs)


def test_there_are_cases() -> None:
    assert len(CASES) >= 3
    assert {read(name)["kind"] for name in CASES} == {"price"}


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_expected(name: str) -> None:
    case = read(name)
    expected, (_, found) = case["expected"], priced(case)
    assert found.outcome.value == expected["decision"]
    terms, scheme = found.inputs.terms, found.inputs.scheme.scheme
    findings = {f.code: f for f in found.findings}
    for one in cost_findings(found.contract, found.premium.total, terms, scheme):
        findings[one.code] = one
    assert {*expected.get("findings", ())} <= set(findings)
    if "premium_low" in expected:
        low, high = (Money.of(expected[f"premium_{end}"], "CNY") for end in ("low", "high"))
        assert low.minor <= found.premium.total.minor <= high.minor
        assert not [code for code in findings if code.startswith("cost-cap")]
    for code, words in expected.get("cures", {}).items():
        assert words in findings[code].cure


@pytest.mark.parametrize("name", [name for name in CASES if "exact" in read(name)["expected"]])
def test_what_is_determined_comes_out_to_the_fen(name: str) -> None:
    exact, (risk, found) = read(name)["expected"]["exact"], priced(read(name))
    terms = found.contract
    assert terms.sum_insured.text == exact["sum_insured"]
    assert terms.period.end.isoformat() == exact["ends_on"]
    assert [Money(owed, "CNY").text for owed in terms.lent.balances] == exact["balances"]
    if "registers" in exact:
        assert [register.code for register, _ in entries_of(risk.rights)] == exact["registers"]
    if "instalment_days" in exact:
        parts = instalments_of(terms, found.premium.total)
        assert [part.on.isoformat() for part in parts] == exact["instalment_days"]
        for part, share in zip(parts, exact["instalment_shares"], strict=True):
            due = found.premium.total.minor * Fraction(share)
            assert abs(part.money.minor - due) < 1


def test_a_grade_lower_the_average_policy_is_above_the_caps() -> None:
    """The caps of the programme bite: at grade B the premium is twice the 3 %."""
    case = read("guarantee-wenzhou-228000")
    stated = case["request"]["risk"]
    borrower = {**stated["borrower"], "grade": "B"}
    risk = PledgeGuaranteeRisk.model_validate({**stated, "borrower": borrower}, strict=False)
    inputs = some_inputs(risk, scheme=shipped("wenzhou-2019"))
    dear = price(LINE, inputs)
    above = cost_findings(dear.contract, dear.premium.total, inputs.terms, inputs.scheme.scheme)
    assert {one.code for one in above} == {
        "cost-cap-wenzhou-premium", "cost-cap-wenzhou-all-in", "cost-in-all",
    }  # fmt: skip
