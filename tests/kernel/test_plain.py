"""What is kept as plain JSON comes back as it was."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from kernel.plain import plain, read_plain


class Tone(StrEnum):
    GOOD = "good"


@dataclass(frozen=True)
class Part:
    name: str
    value: str | int | date | Money | None


@dataclass(frozen=True)
class Whole:
    tone: Tone
    side: Literal["left", "right"]
    at: datetime
    share: Fraction
    pair: tuple[Part, date]
    many: tuple[tuple[str | Money, ...], ...]
    rest: Part | None


MONEY = st.builds(Money, st.integers(-(10**17) + 1, 10**17 - 1), st.sampled_from(["CNY", "JPY"]))
VALUE = st.none() | st.text() | st.integers() | st.dates() | MONEY
PART = st.builds(Part, st.text(), VALUE)
WHOLE = st.builds(
    Whole,
    tone=st.just(Tone.GOOD),
    side=st.sampled_from(["left", "right"]),
    at=st.datetimes(timezones=st.just(UTC)),
    share=st.fractions(),
    pair=st.tuples(PART, st.dates()),
    many=st.lists(st.lists(st.text() | MONEY).map(tuple)).map(tuple),
    rest=st.none() | PART,
)


@given(WHOLE)
def test_it_returns(whole: Whole) -> None:
    assert read_plain(Whole, json.loads(json.dumps(plain(whole)))) == whole


def test_a_kind_is_named_only_where_several_may_stand() -> None:
    assert plain(Part("a", date(2026, 1, 2))) == {
        "name": "a", "value": {"kind": "date", "value": "2026-01-02"}
    }  # fmt: skip
    assert plain(Part("a", "2026-01-02")) == {"name": "a", "value": "2026-01-02"}


@dataclass(frozen=True)
class Later:
    name: str
    since: int = 7


def test_a_field_that_came_later_has_its_default() -> None:
    assert read_plain(Later, {"name": "a"}) == Later("a", 7)
    with pytest.raises(TypeError, match="name"):
        read_plain(Later, {"since": 1})


def test_a_float_is_refused() -> None:
    with pytest.raises(AssertionError, match="float"):
        plain(Part("a", 0.5))  # type: ignore[arg-type] # that is the point


def test_what_is_no_dataclass_is_refused() -> None:
    with pytest.raises(AssertionError, match="not a kind that is kept"):
        plain(object())
