"""The file of evidence: every test with its result; and what puts a failed one right."""

import json
from typing import Any

import pytest
from builders import QUOTED, a_basis, a_risk, cny, risk_json, some_inputs

from underwriting.evidence import evidence_of
from underwriting.pledge.pledgeable import GROUNDS
from underwriting.products import product
from underwriting.products.pledge_guarantee.accept import accept
from underwriting.products.pledge_guarantee.evidence import CHECKS
from underwriting.products.pledge_guarantee.remedies import REMEDIES
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.receipt import price

LINE = product("pledge_guarantee")
DEED = {"debt": cny("1.00"), "scope": "principal"}


def file_of(**parts: Any) -> dict[str, Any]:
    receipt = json.loads(price(LINE, some_inputs(a_risk(**parts))).receipt)
    return evidence_of(receipt)


def test_a_clean_proposal_passes_every_test_on_its_evidence() -> None:
    file = file_of(right={"fees_paid_until": "2026-03-01"})
    rows = file["tests"]
    assert file["on"] == QUOTED.isoformat()
    assert (file["registers"], file["tariff"]) == ("2026-11", LINE.terms["version"])
    passed = [row for row in rows if row["result"] == "passed"]
    assert "failed" not in file["counts"]
    assert file["counts"]["passed"] == len(passed) == len(CHECKS) + len(GROUNDS) - 1
    assert all(row["evidence"] and row["clause"] and row["words_zh"] for row in rows)
    assert all(row["on"] == QUOTED.isoformat() for row in rows)
    assert all(row["effect"] is row["cure"] is row["by"] is None for row in passed)


def test_what_failed_stands_beside_what_passed_with_its_deadline() -> None:
    file = file_of(
        loan={"term_months": 37, "refinancing": True},
        right={"fees_paid_until": "2025-01-15", "seized": True},
        deed=DEED,
    )
    failed = {row["test"]: row for row in file["tests"] if row["result"] == "failed"}
    assert set(failed) == {
        "term-limit", "old-for-new", "fees-unpaid", "seized", "deed-items", "deed-debt",
    }  # fmt: skip
    fees = failed["fees-unpaid"]
    assert (fees["days"], fees["by"], fees["effect"]) == (134, "2025-07-15", "decline")
    assert fees["evidence"] == "fee receipts to 2025-01-15"
    assert failed["term-limit"]["subject"] == "loan"
    assert failed["seized"]["subject"] == "ZL202010000001.X"


def test_every_finding_of_the_receipt_stands_in_the_file() -> None:
    risk = a_risk(right={"twin": "ZL2"}, experience={"years": 20, "claims": 0})
    receipt = json.loads(price(LINE, some_inputs(risk)).receipt)
    tests = {row["test"] for row in evidence_of(receipt)["tests"]}
    assert {finding["code"] for finding in receipt["findings"]} <= tests
    noted = [row for row in evidence_of(receipt)["tests"] if row["result"] == "noted"]
    assert {"unverified", "experience-bounded", "disclosed-purpose"} <= {r["test"] for r in noted}


def test_a_package_has_an_entry_for_each_register() -> None:
    (right,) = risk_json()["rights"]
    rights = [right, {**right, "kind": "trademark", "number": "TM1"}]
    entries = file_of(rights=rights)["entries"]
    assert [(entry["registry"], entry["rights"]) for entry in entries] == [
        ("patent", ["ZL202010000001.X"]),
        ("trademark", ["TM1"]),
    ]
    assert all(entry["form"] and entry["authority_zh"] for entry in entries)


def test_the_file_is_the_same_however_often_it_is_made() -> None:
    receipt = json.loads(price(LINE, some_inputs()).receipt)
    assert evidence_of(receipt) == evidence_of(json.loads(json.dumps(receipt)))


WRONG: dict[str, dict[str, Any]] = {
    "fees-unpaid": {"right": {"fees_paid_until": "2025-01-15"}},
    "expired": {"right": {"kind": "trademark", "expires": "2025-02-01"}},
    "co-owners": {"right": {"co_owners": ["示范大学"]}},
    "licence-conflict": {"right": {"licence": "open"}},
    "appraisal-old": {"right": {"appraised_on": "2023-01-01"}},
    "own-valuation": {
        "right": {"valued_by": "internal", "appraised": cny("90000000")},
        "loan": {"amount": cny("10000000.00")},
    },
    "pledged-already": {"right": {"pledged_elsewhere": True}},
    "deed-items": {"deed": {"debt": cny("3000000.00")}},
    "deed-debt": {"deed": DEED},
    "deed-due": {"deed": {**DEED, "due": "2026-01-01"}},
}


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda one: one.finding)
def test_a_remedy_takes_its_finding_away(remedy: Any) -> None:
    def codes(risk: PledgeGuaranteeRisk) -> set[str]:
        return {one.code for one in accept(risk, a_basis(some_inputs(risk)))}

    risk = a_risk(**WRONG[remedy.finding])
    assert remedy.finding in codes(risk)
    mended = remedy.mended(risk.model_dump(mode="json"), QUOTED)
    after = codes(PledgeGuaranteeRisk.model_validate(mended, strict=False))
    assert remedy.finding not in after
    assert after < codes(risk)
