"""Values that a file of a bank product holds beside those of a scheme file."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from kernel.money import MINOR_DIGITS, Money
from underwriting.schemes.reader import Table

_Kind = TypeVar("_Kind", bound=StrEnum)
_MOST_COUNT: Final = 1_000_000
_DIVISION: Final = re.compile(r"[1-9][0-9](?:[0-9]{2}){0,2}", re.ASCII)


def count(table: Table, key: str) -> int | None:
    """Return a whole number from 0 to a million; None where it is not stated or faulty."""
    value = table.values.get(key)
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= _MOST_COUNT:
        table.fault(key, f"{value!r} is not a whole number", "write it bare, 0 or more")
        return None
    return value


def money(table: Table, key: str) -> Money | None:
    """Return an amount in the file's currency; None where it is not stated."""
    if not table.has(key) or table.currency not in MINOR_DIGITS:
        return None
    return Money.of(table.amount(key), table.currency, key)


def share(table: Table, key: str, *, most: int = 1) -> Fraction | None:
    """Return an exact fraction from 0 to `most`; None where it is not stated."""
    value = table.fraction(key) if table.has(key) else None
    if value is not None and value > most:
        table.fault(key, f"{value} is above {most}", "write a share, for example 0.03 as a text")
        return None
    return value


def some_of(table: Table, key: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """Return members of `kind`, each once; empty where it is not stated."""
    known = ", ".join(kind)
    found = []
    for text in texts(table, key):
        try:
            found.append(kind(text))
        except ValueError:
            table.fault(key, f"{text!r} is not known", f"use some of {known}")
    return tuple(found)


def texts(table: Table, key: str) -> tuple[str, ...]:
    """Return texts, each once; empty where it is not stated."""
    value = table.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        table.fault(key, "is not a list of texts", f'write {key} = ["...", "..."]')
        return ()
    if table.has(key) and not value:
        table.fault(key, "is empty", "leave it out, or state one")
    if len(set(value)) < len(value):
        table.fault(key, "names one thing twice", "keep one of them")
    return tuple(value)


def divisions(table: Table, key: str) -> tuple[str, ...]:
    """Return first digits of division codes: 2 of a province, 4 of a city, 6 of a county."""
    found = texts(table, key)
    for code in found:
        if not _DIVISION.fullmatch(code):
            table.fault(key, f"{code!r} is no division code", "write 2, 4 or 6 of its digits")
    return found
