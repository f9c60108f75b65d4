"""One cell of a file into one checked value; the same for a CSV cell and a JSON value."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from kernel.wire import FIRST_DAY, LAST_DAY
from underwriting.providers.record import Entry

NONE: Final = "none"
"""What a cell says where there is none; an empty cell says nothing."""

MOST: Final = 200
"""Entries of one cell."""

LONGEST: Final = 2000
"""Characters of one text."""

_COUNT = re.compile(r"[0-9]{1,6}", re.ASCII)
_PARTS: Final = 4


class Unreadable(Exception):  # noqa: N818 - it is turned into a fault, with file and row
    """A cell that cannot be read.

    Attributes:
        problem: what is wrong.
        cure: what would mend it.
    """

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.cure = cure


def words(value: Any) -> str:
    """Read a text of 1 to 2000 visible characters."""
    if not isinstance(value, str):
        raise Unreadable(f"{value!r} is not a text", "write it as text")
    text = value.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        raise Unreadable("is empty, too long or has hidden characters", "write plain text")
    return text


def day(value: Any) -> date:
    """Read a day of the form 2024-03-01, 1990 to 2100."""
    try:
        read = date.fromisoformat(words(value))
    except ValueError:
        raise Unreadable(f"{value!r} is not a day", "write it as 2024-03-01") from None
    if not FIRST_DAY <= read <= LAST_DAY:
        raise Unreadable(f"{value!r} is not between 1990 and 2100", "look at the year")
    return read


def count(value: Any) -> int:
    """Read a whole number from 0 to 999999."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not _COUNT.fullmatch(text.strip()):
        raise Unreadable(f"{value!r} is not a count", "write a whole number, 0 or more")
    return int(text)


def one_of(*known: str) -> Callable[[Any], str]:
    """Return a reader of one of `known` words."""

    def read(value: Any) -> str:
        text = words(value)
        if text not in known:
            raise Unreadable(f"{text!r} is not known", f"use one of {', '.join(known)}")
        return text

    return read


def texts(value: Any) -> tuple[str, ...]:
    """Read a list: JSON texts, or a cell `one; two`; `none` or [] says that there is none."""
    return tuple(words(part) for part in _parts(value))


def entries(value: Any) -> tuple[Entry, ...]:
    """Read entries: JSON objects, or a cell `2024-03-01|who|until|note; ...`; `none` as above."""
    return tuple(_entry(part) for part in _parts(value))


def _parts(value: Any) -> list[Any]:
    if isinstance(value, str):
        if value.strip() == NONE:
            return []
        value = [part for part in value.split(";") if part.strip()]
    if not isinstance(value, list) or len(value) > MOST:
        raise Unreadable("is not a list", f"give up to {MOST}, or say {NONE}")
    return value


def _entry(part: Any) -> Entry:
    if isinstance(part, str):
        split = [piece.strip() for piece in part.split("|")]
        if len(split) > _PARTS:
            raise Unreadable(f"{part.strip()!r} has too many parts", _FORM)
        part = {name: text for name, text in zip(_NAMES, split, strict=False) if text}
    if not isinstance(part, Mapping) or not {"on", "who"} <= part.keys() <= set(_NAMES):
        raise Unreadable(f"{part!r} is not an entry", _FORM)
    until = part.get("until")
    entry = Entry(
        day(part["on"]),
        words(part["who"]),
        None if until is None else day(until),
        words(part["note"]) if part.get("note") else "",
    )
    if entry.until is not None and entry.until < entry.on:
        raise Unreadable(f"ends on {entry.until}, before it began", "look at its days")
    return entry


_NAMES: Final = ("on", "who", "until", "note")
_FORM: Final = "write day|who, and then |until and |note where there are"
