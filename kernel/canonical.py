"""One text for one value: the JSON that is hashed, signed, compared and frozen."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kernel.errors import invalid
from kernel.same import Same

_WRITER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_PLAIN = frozenset((str, int, float, bool, type(None)))


def canonical_json(value: Any, field: str = "value") -> str:
    """Write `value` as JSON that is the same text on every machine and in every year.

    Keys sorted by code point, no spaces, characters as they are, finite floats in their
    shortest form. Only None, bool, int, float, str, list, tuple and dict with text keys are
    taken; a tuple is written as a list. Anything else, NaN, infinities and lone surrogates
    are refused with the place named below `field`.

    >>> canonical_json({"b": [1, 0.5], "a": "保险"})
    '{"a":"保险","b":[1,0.5]}'
    """
    try:
        _refuse_keys(value)
        text = _WRITER.encode(value)
        text.encode()  # a lone surrogate has no UTF-8
    except (TypeError, ValueError, RecursionError):
        _check(value, field)
        raise
    return text


def canonical_object(members: Mapping[str, str]) -> str:
    """Return the text of an object whose members are written already, by `canonical_json`.

    >>> canonical_object({"b": canonical_json([1]), "a": "null"})
    '{"a":null,"b":[1]}'
    """
    rows = (f"{_WRITER.encode(name)}:{members[name]}" for name in sorted(members))
    return f"{{{','.join(rows)}}}"


def canonical_list(texts: Iterable[str]) -> str:
    """Return the text of a list whose entries are written already."""
    return f"[{','.join(texts)}]"


def canonical_lasting(value: Any) -> str:
    """Return `canonical_json` of a value that lasts and that nobody changes: written once.

    It is known again by being the same value, not an equal one.
    """
    return _lasting(Same(value))


@lru_cache(maxsize=64)
def _lasting(same: Same[Any]) -> str:
    return canonical_json(same.value)


def canonical_sha256(value: Any, field: str = "value") -> str:
    """Return the SHA-256 of `canonical_json(value)` in UTF-8, as 64 hexadecimal digits.

    >>> canonical_sha256([])
    '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'
    """
    return hashlib.sha256(canonical_json(value, field).encode()).hexdigest()


def _refuse_keys(value: Any) -> None:
    """Raise `TypeError` where a key is not text; the writer would turn a number into text."""
    rows = [value]
    for row in rows:  # grows while it is read
        inner: Any = row
        if isinstance(row, dict):
            "".join(row)
            inner = row.values()
        elif not isinstance(row, list | tuple):
            continue
        rows += [one for one in inner if type(one) not in _PLAIN]


def _check(value: Any, field: str) -> None:
    """Walk the value and name what JSON would bend, with its place."""
    if isinstance(value, str):
        _check_text(value, field)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise invalid(field, f"{value} is no number", "leave it out or give a finite number")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise invalid(field, f"key {key!r} is not text", "use text keys")
            _check_text(key, field)
            _check(inner, f"{field}.{key}")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            _check(inner, f"{field}[{place}]")
    elif value is not None and not isinstance(value, int):
        kind = type(value).__name__
        raise invalid(field, f"a {kind} has no JSON form", "convert it to text or numbers first")


def _check_text(text: str, field: str) -> None:
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise invalid(field, "holds half of a character (a lone surrogate)", "send valid UTF-8")
