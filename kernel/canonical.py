"""One text for one value: the JSON that is hashed, signed, compared and frozen."""

import hashlib
import json
import math
from typing import Any

from kernel.errors import invalid


def canonical_json(value: Any, field: str = "value") -> str:
    """Write `value` as JSON that is the same text on every machine and in every year.

    Keys sorted by code point, no spaces, characters as they are, finite floats in their
    shortest form. Only None, bool, int, float, str, list, tuple and dict with text keys are
    taken; a tuple is written as a list. Anything else, NaN, infinities and lone surrogates
    are refused with the place named below `field`.

    >>> canonical_json({"b": [1, 0.5], "a": "保险"})
    '{"a":"保险","b":[1,0.5]}'
    """
    _check(value, field)
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def canonical_sha256(value: Any, field: str = "value") -> str:
    """Return the SHA-256 of `canonical_json(value)` in UTF-8, as 64 hexadecimal digits.

    >>> canonical_sha256([])
    '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'
    """
    return hashlib.sha256(canonical_json(value, field).encode()).hexdigest()


def _check(value: Any, field: str) -> None:
    """Walk the value and refuse what JSON would bend."""
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
