"""Reading JSON that means one thing only, whoever reads it (I-JSON, RFC 7493).

    check(raw: bytes) -> None                 # Malformed, with every fault that could be found
    read(form: type[Form], raw: bytes) -> Form    # checked and validated, for the command line

What is refused is what parsers bend in silence: NaN, numbers that a double does not hold,
integers beyond 64 bit, a key that stands twice, half a surrogate pair, endless nesting.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from api.faults import faults_of, place
from kernel.errors import Fault, Invalid

MAX_DEPTH: Final = 32
MAX_FAULTS: Final = 50
MAX_VALUES: Final = 10_000
_INTEGERS: Final = range(-(2**63), 2**63)
_LONGEST_INTEGER: Final = 20  # characters of -2^63
_SURROGATE = re.compile("[\ud800-\udfff]")

Form = TypeVar("Form", bound=BaseModel)


class Malformed(Invalid):
    """The text is no JSON object that means one thing only."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Stands in the place of a value that cannot be taken."""

    problem: str
    cure: str


class _Object(dict[str, Any]):
    """An object as it was written, with the keys that stood twice."""

    twice: tuple[str, ...] = ()


def read(form: type[Form], raw: bytes) -> Form:
    """Check and validate a text.

    Raises:
        Malformed: it is no JSON object that means one thing only.
        Invalid: it does not fit `form`; every fault is named.
    """
    check(raw)
    try:
        return form.model_validate_json(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        raise Invalid("not-valid", *faults_of(errors)) from None


def check(raw: bytes) -> None:
    """Refuse a text that is not one strict JSON object.

    >>> check(b'{"amount": NaN}')
    Traceback (most recent call last):
    api.strict_json.Malformed: bad-json: amount: is no finite number; give a finite number
    """
    top = _parse(raw)
    if not isinstance(top, dict):
        raise _malformed("is not a JSON object", "send one object: { ... }")
    faults = tuple(islice(_faults(top), MAX_FAULTS))
    if faults:
        raise Malformed("bad-json", *faults)


def _parse(raw: bytes) -> Any:
    if not raw.strip():
        raise _malformed("is empty", "send one JSON object")
    try:
        return json.loads(
            raw.decode("utf-8"),
            parse_constant=lambda _: _NOT_FINITE,
            parse_float=_float,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise _malformed("is not UTF-8", "encode the text as UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"is not JSON from {where} on", "send one JSON object") from None
    except RecursionError:
        raise _malformed(*_DEEP) from None


def _malformed(problem: str, cure: str) -> Malformed:
    return Malformed("bad-json", Fault("body", problem, cure))


_NOT_FINITE = _Wrong("is no finite number", "give a finite number")
_MINUS_ZERO = _Wrong("is minus zero", "write 0")
_LOST = _Wrong("has more digits than a JSON number keeps", "write it as text, in quotes")
_DEEP = (f"is nested deeper than {MAX_DEPTH} levels", "send a flatter object")


def _float(text: str) -> float | _Wrong:
    number = float(text)
    if not math.isfinite(number):
        return _NOT_FINITE
    if number == 0:
        if re.search("[1-9]", re.split("[eE]", text)[0]):
            return _LOST
        return _MINUS_ZERO if text.startswith("-") else number
    return number if Decimal(text) == Decimal(repr(number)) else _LOST


def _integer(text: str) -> int | _Wrong:
    if text == "-0":
        return _MINUS_ZERO
    if len(text) > _LONGEST_INTEGER or int(text) not in _INTEGERS:
        return _Wrong("is beyond 64 bit", "give a smaller number")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        found.twice = tuple(key for key, times in counted.items() if times > 1)
    return found


def _faults(top: dict[str, Any]) -> Iterator[Fault]:
    """Walk what was read, outermost first, and name all that cannot be taken."""
    left = MAX_VALUES
    row: list[tuple[str, dict[str, Any] | list[Any]]] = [("", top)]
    for _ in range(MAX_DEPTH):
        left -= sum(len(value) for _, value in row)
        if left < 0:
            yield Fault("body", f"has more than {MAX_VALUES} values", "send less at once")
            return
        for path, value in row:
            yield from _faults_in(path, value)
        row = [
            (_below(path, name), inner)
            for path, value in row
            for name, inner in _named(value)
            if isinstance(inner, dict | list)
        ]
        if not row:
            return
    yield Fault(row[0][0], *_DEEP)


def _faults_in(path: str, value: Any) -> Iterator[Fault]:
    """Name what is wrong with the keys and the plain values of one object or list."""
    for key in getattr(value, "twice", ()):
        yield Fault(_below(path, key), "stands twice", "give each field once")
    if isinstance(value, dict) and any(map(_SURROGATE.search, value)):
        yield Fault(path or "body", "has half of a character in a name", "mend the name")
    for name, inner in _named(value):
        if isinstance(inner, _Wrong):
            yield Fault(_below(path, name), inner.problem, inner.cure)
        elif isinstance(inner, str) and _SURROGATE.search(inner):
            cure = "send whole characters in UTF-8"
            yield Fault(_below(path, name), "holds half of a character", cure)


def _named(value: Any) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _below(path: str, name: str | int) -> str:
    return place((path, name) if path else (name,))
