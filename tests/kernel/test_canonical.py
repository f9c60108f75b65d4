"""One value has one text; what JSON would bend is refused with its place."""

import enum
import json
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.canonical import (
    canonical_json,
    canonical_lasting,
    canonical_list,
    canonical_object,
    canonical_sha256,
)
from kernel.errors import Invalid

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
)


@given(_JSON)
def test_text_reads_back_as_the_value_and_is_stable(value: object) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text
    text.encode()


def test_order_of_keys_and_kind_of_list_do_not_matter() -> None:
    assert canonical_json({"b": (1, 2), "a": None}) == canonical_json({"a": None, "b": [1, 2]})
    assert canonical_sha256({"b": 1, "a": 2}) == canonical_sha256({"a": 2, "b": 1})


def test_what_differs_has_another_text() -> None:
    texts = [canonical_json(value) for value in (1, 1.0, "1", True, [1], {"1": 1}, None, "", [])]
    assert len(set(texts)) == len(texts)


def test_chinese_stays_chinese_and_control_characters_are_escaped() -> None:
    assert canonical_json({"名": "知保\x00"}) == '{"名":"知保\\u0000"}'


class _Colour(enum.StrEnum):
    RED = "red"


def test_words_of_an_enumeration_are_text() -> None:
    assert canonical_json([_Colour.RED]) == '["red"]'


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": [0, math.nan]}, "risk.a[1]"),
        ({"a": -math.inf}, "risk.a"),
        ({"a": {1: 2}}, "risk.a"),
        ([Decimal(1)], "risk[0]"),
        ({"a": {"b": {1, 2}}}, "risk.a.b"),
        (b"bytes", "risk"),
        (["\ud800"], "risk[0]"),
        ({"\udfff": 1}, "risk"),
    ],
)
def test_what_json_would_bend_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(Invalid) as refusal:
        canonical_json(value, "risk")
    assert [fault.field for fault in refusal.value.faults] == [place]


@given(st.dictionaries(_TEXT, _JSON))
def test_parts_written_apart_are_the_text_of_the_whole(value: dict[str, object]) -> None:
    parts = {name: canonical_json(inner) for name, inner in value.items()}
    assert canonical_object(parts) == canonical_json(value)
    assert canonical_list(parts.values()) == canonical_json(list(value.values()))


@given(_JSON, _JSON)
def test_what_lasts_is_known_by_being_the_same_value(one: object, other: object) -> None:
    kept = [[one], [other], [one]]
    for value in kept:
        assert canonical_lasting(value) == canonical_lasting(value) == canonical_json(value)


@given(_JSON, st.integers() | st.none() | st.floats() | st.booleans() | st.tuples(st.text()))
def test_a_key_that_is_no_text_is_refused_however_deep(value: object, key: object) -> None:
    with pytest.raises(Invalid, match="is not text") as refusal:
        canonical_json({"a": [value, {"b": ({key: value},)}]}, "risk")
    assert refusal.value.faults[0].field == "risk.a[1].b[0]"
