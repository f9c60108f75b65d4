"""Cases of the kinds price, payment and tax: run, and seen where they expect the wrong thing."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest

from api.casebook.cases import Case, read_cases
from api.casebook.offer import differences
from api.casebook.run import PRICE, WORKED, Outcome, Runner, run_worked
from kernel.settings import Settings

CASES = {case.name: case for case in read_cases()}
PRICES = sorted(name for name, case in CASES.items() if case.kind == PRICE)
WORKED_CASES = sorted(name for name, case in CASES.items() if case.kind in WORKED)
TAX = "customs-wine"
DECLINED = "loss-suit-pending-declined"
FOUND = {
    "decision": "accepted",
    "findings": ["unverified", "term-limit"],
    "stops": [],
    "premium": "1000.00",
    "sum_insured": "50000.00",
    "policyholder_pays": "800.00",
}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    made = Runner(tmp_path_factory.mktemp("casebook"), Settings())
    yield made
    made.close()


def with_expected(name: str, **expected: Any) -> Case:
    """A case that expects something else."""
    case = CASES[name]
    values = deepcopy(dict(case.values))
    values["expected"] = {**values["expected"], **expected}
    return Case(case.name, case.kind, case.title, values)


def papers(runner: Runner, outcome: Outcome) -> set[str]:
    return {path.stem for path in (runner.out / outcome.case.name).glob("*.pdf")}


def test_every_product_and_kind_has_its_cases() -> None:
    sold = {CASES[name].values["request"]["risk"]["product"] for name in PRICES}
    assert sold == {
        "pledge_guarantee", "infringement_loss", "infringement_liability", "customs_guarantee",
    }  # fmt: skip
    assert {CASES[name].kind for name in WORKED_CASES} == set(WORKED)


@pytest.mark.parametrize("name", PRICES)
def test_a_price_comes_out_as_expected_with_clean_books(name: str, runner: Runner) -> None:
    outcome = runner.run(CASES[name])
    assert outcome.good, (outcome.differences, outcome.faults)
    assert outcome.walked is not None
    bound = outcome.walked.found["decision"] != "declined"
    assert papers(runner, outcome) == {"quote_letter", *(["policy_schedule"] if bound else [])}
    assert bool(outcome.journal) == bound, "only what is bound is booked"
    assert sum(minor for *_, minor in outcome.journal) == 0


@pytest.mark.parametrize("name", WORKED_CASES)
def test_what_a_product_works_out_is_as_expected(name: str, runner: Runner) -> None:
    outcome = runner.run(CASES[name])
    assert outcome.good, outcome.differences
    assert (outcome.walked, outcome.journal) == (None, ())


def test_a_declined_case_is_not_bound(runner: Runner) -> None:
    walked = runner.run(CASES[DECLINED]).walked
    assert walked is not None
    assert [kind for kind, _ in walked.subjects] == ["quote"]
    assert {"suit-pending", "term-too-short"} <= set(walked.found["stops"])
    assert walked.loss is None


def test_a_case_that_expects_the_wrong_decision_is_shown(runner: Runner) -> None:
    outcome = runner.run(with_expected(DECLINED, decision="accepted", findings=["no-such"]))
    assert outcome.differences == (
        "decision: expected accepted, found declined",
        "findings: no-such is missing",
    )
    assert not outcome.good


@pytest.mark.parametrize("name", WORKED_CASES)
def test_every_figure_of_a_worked_case_is_compared(name: str) -> None:
    for path in _leaves(CASES[name].values["expected"]):
        values = deepcopy(dict(CASES[name].values))
        table = values["expected"]
        for key in path[:-1]:
            table = table[key]
        right, table[path[-1]] = table[path[-1]], "wrong"
        told = run_worked(Case(name, CASES[name].kind, "", values))
        assert told == (f"{'.'.join(path)}: expected wrong, found {right}",)


def _leaves(table: Mapping[str, Any], *under: str) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, *under, key)
        else:
            yield (*under, key)


def test_a_wrong_tax_is_shown_with_both_figures() -> None:
    told = run_worked(with_expected(TAX, vat="16466.66", surcharge="431.33"))
    assert told == ("vat: expected 16466.66, found 16466.67",)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({}, ()),
        ({"decision": "accepted", "sum_insured": "50000.00", "policyholder_pays": "800.00"}, ()),
        ({"decision": "referred"}, ("decision: expected referred, found accepted",)),
        ({"sum_insured": "1.00"}, ("sum_insured: expected 1.00, found 50000.00",)),
        ({"policyholder_pays": "0"}, ("policyholder_pays: expected 0, found 800.00",)),
        ({"findings": ["term-limit"]}, ()),
        ({"findings": ["grade", "term-limit"]}, ("findings: grade is missing",)),
        ({"premium_low": "1000.00", "premium_high": "1000.00"}, ()),
        ({"premium_low": "1000.01"}, ("premium_low: expected 1000.01, found 1000.00",)),
        ({"premium_high": "999.99"}, ("premium_high: expected 999.99, found 1000.00",)),
        ({"highest_tax": "1.00"}, ()),
    ],
)
def test_a_difference_is_named(expected: Mapping[str, Any], told: tuple[str, ...]) -> None:
    assert differences(expected, FOUND) == told
