"""The content hash: the same for the same words, another for every other word."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from letters_sample import a_letter, a_single_letter

from kernel.money import Money
from kernel.plain import plain, read_plain
from underwriting.letters.content import content_hash
from underwriting.letters.terms import LetterTerms


def test_hash_is_that_of_sorted_json_without_spaces() -> None:
    terms = a_letter()
    text = json.dumps(plain(terms), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content_hash(terms) == hashlib.sha256(text.encode()).hexdigest()


def test_terms_come_back_from_plain_with_the_same_hash() -> None:
    terms = a_single_letter()
    back = read_plain(LetterTerms, json.loads(json.dumps(plain(terms))))
    assert back == terms
    assert content_hash(back) == content_hash(terms)


CHANGED: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    date: lambda value: value + timedelta(days=1),
    Money: lambda value: Money(value.minor + 1, value.currency),
    Fraction: lambda value: value / 2,
    str: lambda value: value + "x",
    tuple: lambda value: value + value[:1],
}
"""Another value of the same kind."""


def _other(value: Any) -> Any:
    change = CHANGED.get(type(value))
    if change:
        return change(value)
    name = fields(value)[0].name
    return replace(value, **{name: _other(getattr(value, name))})


@pytest.mark.parametrize("name", [one.name for one in fields(LetterTerms)])
def test_every_field_is_in_the_hash(name: str) -> None:
    terms = a_single_letter()
    other = replace(terms, **{name: _other(getattr(terms, name))})
    assert other != terms
    assert content_hash(other) != content_hash(terms)
