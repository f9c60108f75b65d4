"""Every case of the casebook runs through the real acts and comes out to the fen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.casebook.cases import Case, read_cases
from api.casebook.run import Runner, compare, run_split
from kernel.errors import Invalid
from kernel.settings import Settings

CASES = {case.name: case for case in read_cases()}
SPLITS = [name for name, case in CASES.items() if case.kind == "split"]
WALKS = [name for name, case in CASES.items() if case.kind in ("split", "walk") and case.walk]
OTHERS = [name for name, case in CASES.items() if case.kind not in ("split", "walk")]

# The second table of the worked cases: what was published, and the cases that show it.
PUBLISHED = {
    "zhongshan-3000000": {
        "fund": "1620000.00",
        "bank": "780000.00",
        "insurer": "480000.00",
        "appraiser": "120000.00",
    },
    "zhongshan-pool-of-1000000": {"fund": "1000000.00"},
    "qingdao-2000000": {"insurer": "1200000.00", "bank": "400000.00", "guarantor": "400000.00"},
    "guangzhou-5311-3000000": {
        "fund": "1500000.00",
        "insurer": "900000.00",
        "appraiser": "300000.00",
        "bank": "300000.00",
    },
    "anhui-5000000": {
        "guarantor": "2000000.00",
        "re_guarantor": "1500000.00",
        "bank": "1000000.00",
        "government": "500000.00",
    },
    "weihai-first-year-6000000": {
        "province_fund": "2400000.00",
        "city_fund": "1000000.00",
        "bank": "2600000.00",
    },
    "national-little-giant-10000000": {"bank": "2000000.00", "national_fund": "4000000.00"},
    "guangzhou-2025-8000000": {"fund": "2400000.00", "bank": "5600000.00"},
    "qingdao-recovery": {"insurer": "600000.00", "bank": "200000.00", "guarantor": "200000.00"},
    "zhongshan-rounding-33-33": {
        "fund": "18.00",
        "bank": "8.67",
        "insurer": "5.33",
        "appraiser": "1.33",
    },
    "ipisc-500000": {"insurer": "432000.00"},
    "cosme-within-the-cap": {"eif": "1000000.00"},
    "sba-170000-after-liquidation": {"sba": "127500.00", "bank": "42500.00"},
}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    made = Runner(tmp_path_factory.mktemp("casebook"), Settings())
    yield made
    made.close()


@pytest.mark.parametrize("name", SPLITS)
def test_split_comes_out_as_expected(name: str) -> None:
    assert run_split(CASES[name]) == ()


@pytest.mark.parametrize("name", WALKS)
def test_walk_comes_out_as_expected_with_clean_books_and_papers(name: str, runner: Runner) -> None:
    outcome = runner.run(CASES[name])
    assert outcome.differences == ()
    assert outcome.faults == ()
    sums: dict[str, int] = {}
    for _, _, _, currency, minor in outcome.journal:
        sums[currency] = sums.get(currency, 0) + minor
    assert sums
    assert not any(sums.values())
    papers = {path.stem for path in (runner.out / name).glob("*.pdf")}
    expected = {"quote_letter", "policy_schedule", "claim_receipt", "settlement_statement"}
    recovered = {"recovery_statement"} if "recovery" in (CASES[name].walk or {}) else set()
    called = {name for name in papers if name.startswith(("call_letter", "pool_filing"))}
    assert papers - called == expected | recovered


@pytest.mark.parametrize("name", OTHERS)
def test_a_price_a_payment_and_a_tax_come_out_as_expected(name: str, runner: Runner) -> None:
    outcome = runner.run(CASES[name])
    assert outcome.differences == ()
    assert outcome.faults == ()
    assert sum(row[-1] for row in outcome.journal) == 0


@pytest.mark.parametrize("name", PUBLISHED)
def test_cases_hold_the_published_figures(name: str) -> None:
    shares = CASES[name].values["expected"]["shares"]
    assert {party: shares[party] for party in PUBLISHED[name]} == PUBLISHED[name]


def test_every_kind_of_case_is_there() -> None:
    assert len(SPLITS) >= 36
    assert len(WALKS) >= 40


def test_a_wrong_expectation_is_seen() -> None:
    case = CASES["qingdao-2000000"]
    expected: dict[str, Any] = {**case.values["expected"], "uncovered": "0.01"}
    wrong = Case(case.name, case.kind, case.title, {**case.values, "expected": expected})
    assert run_split(wrong) == ("uncovered: expected 0.01, found 0.00",)
    assert compare({"shares": {"a": "1.00"}}, {"shares": {"a": "1.01"}}) != ()


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="--cases"):
        read_cases(tmp_path)
    (tmp_path / "x.toml").write_text("kind = ", encoding="utf-8")
    with pytest.raises(Invalid, match=r"x\.toml"):
        read_cases(tmp_path)
