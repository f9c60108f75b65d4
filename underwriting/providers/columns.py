"""The columns of a file of rights: how each is read, and what must be there."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from kernel.errors import Fault
from underwriting.providers import cells
from underwriting.providers.cells import Unreadable, count, day, entries, one_of, texts, words
from underwriting.providers.record import COLUMNS, Entry, RightRecord

KINDS: Final = (
    "invention", "utility_model", "design", "trademark", "copyright", "ic_layout", "gi",
)  # fmt: skip
STATUSES: Final = ("pending", "in_force", "lapsed", "expired", "invalidated", "withdrawn")
REQUIRED: Final = ("number", "office", "as_of", "kind")
"""Without these a row names no right on no day."""


def office(value: Any) -> str:
    """Read the two capital letters of an office."""
    text = words(value)
    if len(text) != len("CN") or not (text.isascii() and text.isupper() and text.isalpha()):
        raise Unreadable(f"{text!r} is no office", "write two capitals, such as CN")
    return text


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("number", "source", "title", "owner", "family", "standard"), words),
    **dict.fromkeys(("as_of", "filed", "granted", "expires", "fees_paid_until"), day),
    **dict.fromkeys(("co_owners", "ipc"), texts),
    **dict.fromkeys(("claims", "citations"), count),
    **dict.fromkeys(("events", "pledges", "licences", "disputes", "invalidations"), entries),
    "office": office,
    "kind": one_of(*KINDS),
    "status": one_of(*STATUSES),
}
assert set(READERS) == set(COLUMNS), "every column has its reader"


def record_of(row: Mapping[str, Any], place: str, source: str) -> RightRecord | list[Fault]:
    """Read one row; return the record, or every fault of the row with `place`."""
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    faults = [Fault(f"{place}: {name}", *unknown(name)) for name in row if name not in READERS]
    for name, reader in READERS.items():
        try:
            values[name] = None if _blank(row.get(name)) else reader(row[name])
        except Unreadable as wrong:
            faults.append(Fault(f"{place}: {name}", wrong.problem, wrong.cure))
        else:
            if values[name] is None and name in REQUIRED:
                faults.append(Fault(f"{place}: {name}", "is missing", "every row states it"))
    values["source"] = values["source"] or source
    if not faults:
        faults = [Fault(f"{place}: {name}", *wrong) for name, *wrong in _order(values)]
    return faults or RightRecord.of(values)


def unknown(name: str) -> tuple[str, str]:
    """Return problem and cure of a column that is not known."""
    close = get_close_matches(name, COLUMNS, 1)
    cure = f"did you mean {close[0]}?" if close else f"use one of {', '.join(COLUMNS)}"
    return "is not a known column", cure


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _order(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield days that stand in no possible order: column, problem, cure."""
    known, filed = values["as_of"], values["filed"]
    for name, least in (("granted", filed), ("expires", filed)):
        later: date | None = values[name]
        if least is not None and later is not None and later < least:
            yield name, f"{later} is before the filing on {least}", "look at both days"
    for name in ("filed", "granted"):
        if values[name] is not None and values[name] > known:
            yield name, f"{values[name]} is after as_of {known}", "state what was known that day"
    for name, reader in READERS.items():
        listed: tuple[Entry, ...] = values[name] if reader is cells.entries and values[name] else ()
        for one in listed:
            if one.on > known:
                yield name, f"{one.on} is after as_of {known}", "state what was known that day"
