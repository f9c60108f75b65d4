import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from api.faults import place
from api.schemas.split import SplitRequest
from api.strict_json import MAX_DEPTH, Malformed, check, read
from kernel.errors import Invalid

EXACT = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=5)
TREES = st.recursive(EXACT, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(st.dictionaries(st.text(), TREES, max_size=5))
def test_what_is_exact_passes_and_reads_alike_everywhere(value: dict[str, Any]) -> None:
    raw = json.dumps(value).encode()
    check(raw)
    assert from_json(raw) == json.loads(raw) == value


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != 0))
def test_every_double_passes_as_it_is_written(number: float) -> None:
    check(json.dumps({"x": number}).encode())


@pytest.mark.parametrize(
    ("raw", "field", "problem"),
    [
        (b'{"a": {"b": [0, NaN]}}', "a.b[1]", "is no finite number"),
        (b'{"a": 1, "a": 1}', "a", "stands twice"),
        (b'{"a": {"b": 1, "b": 2}}', "a.b", "stands twice"),
        (b'{"a": 0.12345678901234567890}', "a", "has more digits"),
        (b'{"a": 1e-400}', "a", "has more digits"),
        (b'{"a": 9223372036854775808}', "a", "is beyond 64 bit"),
        (b'{"a": -9223372036854775809}', "a", "is beyond 64 bit"),
        (b'{"a": -0.000}', "a", "is minus zero"),
        (b'{"a": "\\udfff"}', "a", "holds half of a character"),
        (b'{"": NaN}', "(a name that cannot be shown)", "is no finite number"),
        (b'{"a": 1', "body", "is not JSON from line 1, column 8 on"),
        (b"\xff", "body", "is not UTF-8"),
        (b"[]", "body", "is not a JSON object"),
    ],
)
def test_a_fault_names_its_place(raw: bytes, field: str, problem: str) -> None:
    with pytest.raises(Malformed) as refused:
        check(raw)
    (fault,) = refused.value.faults
    assert fault.field == field
    assert fault.problem.startswith(problem)
    assert fault.cure


@pytest.mark.parametrize("raw", [b'{"a": 9223372036854775807}', b'{"a": 0e99999999999}', b"{}"])
def test_the_edge_of_what_is_exact_passes(raw: bytes) -> None:
    check(raw)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Malformed) as refused:
        check(b'{"a": NaN, "b": {"c": 1e999, "d": "\\ud800"}}')
    assert [fault.field for fault in refused.value.faults] == ["a", "b.c", "b.d"]


def test_nesting_has_a_limit() -> None:
    lists = MAX_DEPTH - 1
    check(b'{"a":' + b"[" * lists + b"]" * lists + b"}")
    with pytest.raises(Malformed):
        check(b'{"a":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}")


def test_the_worst_megabyte_is_refused_soon() -> None:
    start = time.perf_counter()
    for raw in (
        b'{"a":[' + b"0," * 490_000 + b"0]}",
        b"{" + b",".join(b'"%d":0' % (n // 2) for n in range(80_000)) + b"}",
        b'{"a":' + b"[" * 490_000 + b"]" * 490_000 + b"}",
        b'{"a":0.' + b"9" * 990_000 + b"}",
    ):
        with pytest.raises(Malformed):
            check(raw)
    assert time.perf_counter() - start < 5


def test_reading_a_form_names_every_fault_and_repeats_nothing() -> None:
    sent = {"scheme": "x", "loss": {"principal": 1.5, "secret": "hush"}, "currency": "XXX"}
    with pytest.raises(Invalid) as refused:
        read(SplitRequest, json.dumps(sent).encode())
    assert [fault.field for fault in refused.value.faults] == [
        "loss.principal",
        "loss.secret",
        "currency",
    ]
    assert "hush" not in str(refused.value)
    assert "XXX" not in str(refused.value)


def test_a_place_is_dotted_and_shows_no_hidden_name() -> None:
    assert place(("risk", "rights", 0, "number")) == "risk.rights[0].number"
    assert place(("\u202e",)) == "(a name that cannot be shown)"
