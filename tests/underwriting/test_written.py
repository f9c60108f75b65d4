"""A receipt is put together from parts, some kept from before: the bytes are those of the whole."""

import gc
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from functools import _lru_cache_wrapper
from typing import Any

import pytest
from builders import SAMPLES, a_risk, risk_json, some_inputs

from kernel.canonical import canonical_json
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price

GRADES = ("A", "BBB", "BB", "B", "CCC")


def inputs_of(sample: Mapping[str, Any]) -> Inputs:
    """Everything that a price of a sample depends on."""
    return some_inputs(product(sample["product"]).risk.model_validate(sample, strict=False))


def receipt(inputs: Inputs) -> str:
    """Its receipt."""
    return price(product(inputs.product), inputs).receipt


def proposals() -> Iterator[dict[str, Any]]:
    """Guarantees that share some of what they are made of, and differ in the rest."""
    for number, grade in enumerate(GRADES * 2):
        right = {"granted": f"2022-05-{6 + number:02d}", "kind": "design" if number % 3 else "gi"}
        loan = {"term_months": 6 + 6 * (number % 4), "annual_rate": f"0.0{1 + number % 7}"}
        yield risk_json(right=right, borrower={"grade": grade}, loan=loan)


@pytest.fixture
def forgotten() -> None:
    """Nothing is kept from an earlier price, of laws, lives, curves or texts."""
    houses = ("kernel.canonical", "underwriting.", "models.")
    for kept in [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]:
        parameters = kept.cache_parameters()
        if str(kept.__module__).startswith(houses) and parameters["maxsize"] is not None:
            kept.cache_clear()


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=str)
def test_the_parts_are_the_canonical_text_of_the_whole(sample: Mapping[str, Any]) -> None:
    text = receipt(inputs_of(sample))
    assert canonical_json(json.loads(text)) == text


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=str)
def test_a_proposal_at_hand_is_the_one_that_is_frozen(sample: Mapping[str, Any]) -> None:
    line = product(sample["product"])
    risk = line.risk.model_validate_json(json.dumps(sample))
    inputs = some_inputs(risk)
    assert price(line, inputs, risk).receipt == price(line, inputs).receipt


def test_what_is_kept_of_one_price_changes_no_other(forgotten: None) -> None:
    """Fresh, after all the others, and read back from what was frozen: the same bytes."""
    every = [inputs_of(one) for one in proposals()]
    fresh = [receipt(inputs) for inputs in every]
    assert len(set(fresh)) == len(every)
    assert [receipt(inputs) for inputs in reversed(every)] == fresh[::-1]
    assert [receipt(Inputs.of(json.loads(text)["inputs"])) for text in fresh] == fresh


def test_prices_at_once_are_the_prices_alone(forgotten: None) -> None:
    every = [inputs_of(one) for one in proposals()] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(receipt, every))
    assert together == [receipt(inputs) for inputs in every]


def test_an_equal_tariff_with_another_figure_is_another_tariff() -> None:
    """What lasts is known again by being the same, so a changed copy is written anew."""
    inputs = some_inputs(a_risk())
    other = deepcopy(dict(inputs.terms))
    other["version"] = "another"
    before = receipt(inputs)
    changed = receipt(Inputs.of({**inputs.json(), "terms": other}))
    assert json.loads(changed)["inputs"]["terms"]["version"] == "another"
    assert receipt(inputs) == before
