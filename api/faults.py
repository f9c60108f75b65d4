"""From what a form's check reports to what a person can mend: field, problem, cure.

The value that was sent is never repeated; it may be long, hidden or private.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, get_args

from pydantic_core.core_schema import ErrorType

from kernel.errors import Fault
from kernel.money import AMOUNT_PATTERN
from underwriting.products import products

MAX_FAULTS: Final = 50
_NAME = re.compile(r"[A-Za-z0-9_./@-]{1,64}|(\[[0-9]{1,7}\])+", re.ASCII)
_SOURCES: Final = ("body", "query", "path", "header", "cookie")

_AMOUNT: Final = ("is not an amount", 'write text such as "1234.50": digits, then two decimals')
_ID_STARTS: Final = "^[a-z]{2,4}_"
_ID: Final = ("is not an id", "use an id as an answer gave it")
_NUMBER: Final = ("is not a whole number", "write digits without quotes")
_INSTANT: Final = (
    "is not an instant with its zone",
    "write day, time and zone, such as 2026-03-02T02:00:00Z",
)
_OBJECT: Final = ("is not an object", "send an object, in braces")
_LIST: Final = ("is not a list", "send a list, in brackets")

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("is missing", "give it"),
    "extra_forbidden": ("is no field of this form", "leave it out or check its spelling"),
    "string_type": ("is not text", "write text in quotes"),
    "string_too_short": ("has fewer than {min_length} characters", "write it out"),
    "string_too_long": ("has more than {max_length} characters", "shorten it"),
    "string_pattern_mismatch": ("does not have the form {pattern}", "write it in that form"),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": ("is neither true nor false", "write true or false without quotes"),
    "enum": ("is not one of {expected}", "choose one of them"),
    "literal_error": ("is not {expected}", "write it so"),
    "greater_than_equal": ("is below {ge}", "give {ge} or more"),
    "less_than_equal": ("is above {le}", "give {le} or less"),
    "too_short": ("has fewer than {min_length} entries", "give at least {min_length}"),
    "too_long": ("has more than {max_length} entries", "give at most {max_length}"),
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "tuple_type": _LIST,
    "list_type": _LIST,
}
"""Kind of trouble -> problem and cure, filled with the limits of the check."""

_BUILT_IN: Final = frozenset(get_args(ErrorType))
"""Kinds of trouble that pydantic itself reports, in words that may repeat what was sent."""

_CURES: Final[Mapping[str, str]] = {
    "hidden_character": "remove it and type the text anew",
    "day": "write a day from 1990 to 2100, such as 2026-03-02",
    "currency": "use the code of a currency that is kept",
    "share": 'write a share such as "54/100" or "0.5"',
    "ratio": 'write a number such as "54/100", "0.5" or 0.5',
    "one_currency": "give all amounts in one currency",
    "order": "put them in order",
    "slash": "write it with - instead of /",
    "nil": "give more than nothing",
    "instant": _INSTANT[1],
}
"""Kinds of trouble that forms of the house report in their own words -> cure; a form that says
itself which `field` is wrong and what would `cure` it puts both into the error's context."""

_OF_A_NAME: Final = "[key]"
"""What ends the place of an error about a name, and not about what stands under it."""


def faults_of(errors: Sequence[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """Return a fault for each error of a form's check, at most fifty."""
    return tuple(_fault(error) for error in islice(_telling(errors), MAX_FAULTS))


def _telling(errors: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the errors without those that another one says already."""
    places = [tuple(error["loc"]) for error in errors]
    within = {place[:end] for place in places for end in range(len(place))}
    misnamed = {place[:-1] for place in places if _of_a_name(place)}
    for error, place in zip(errors, places, strict=True):
        if error["type"] == "too_short" and place in within:
            continue  # a list is also called too short where one of its entries is faulty
        above = len(place) - 1 if _of_a_name(place) else len(place) + 1
        if not any(place[:end] in misnamed for end in range(1, above)):
            yield error  # what stands under a name that cannot be is wrong with it


def _of_a_name(place: Sequence[object]) -> bool:
    return bool(place) and place[-1] == _OF_A_NAME


def place(parts: Iterable[object]) -> str:
    """Return a path such as `risk.rights[0].number`; unreadable names are not repeated.

    >>> place(("risk", "rights", 0, "number"))
    'risk.rights[0].number'
    """
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += "." * bool(path) + path_name(str(part))
    return path


def path_name(name: str) -> str:
    """Return a name that is safe to show.

    >>> path_name("a" * 99)
    '(a name that cannot be shown)'
    """
    dotted = all(_NAME.fullmatch(part) for part in re.split(r"\.|(?=\[)", name))
    return name if dotted and name else "(a name that cannot be shown)"


def _fault(error: Mapping[str, Any]) -> Fault:
    loc = [part for part in error["loc"] if part not in products()]  # tags of the forms' union
    if loc and loc[0] in _SOURCES:
        loc = loc[1:]
    kind, limits = str(error["type"]), dict(error.get("ctx") or {})
    if kind.startswith("union_tag"):
        known = ", ".join(products())
        return Fault(place([*loc, "product"]), "names no product", f"use one of {known}")
    problem, cure = _words(kind, limits, str(error["msg"]))
    problem, cure = problem.format(**limits), cure.format(**limits)
    if _of_a_name(loc):
        return Fault(place(loc[:-1]), f"has a name that {problem}", cure)
    where = [*loc, limits["field"]] if "field" in limits else loc
    return Fault(place(where) or "body", problem, cure)


def _words(kind: str, limits: Mapping[str, Any], message: str) -> tuple[str, str]:
    pattern = limits.get("pattern", "")
    if pattern == AMOUNT_PATTERN:
        return _AMOUNT
    if pattern.startswith(_ID_STARTS):
        return _ID
    if kind in _WORDS:
        return _WORDS[kind]
    if kind in _CURES:
        return _as_it_is(message), _CURES[kind]
    if kind not in _BUILT_IN:  # a form of the house says itself what is wrong
        return _as_it_is(message), _as_it_is(limits.get("cure", "mend it and send it again"))
    return "is not accepted", "see the form of this operation in its documentation"


def _as_it_is(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
