"""A letter as lines of label and text, and lines as the fields they state.

stated(terms, "mt")    -> the lines that an MT760 carries
fields_of(lines, "mt") -> the same as nested fields, as JSON holds them
exported(terms, "mt")  -> those fields straight from the terms
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kernel.errors import Fault, Invalid, invalid
from kernel.plain import plain
from underwriting.letters.terms import LetterTerms
from underwriting.standards.codes import codes_of
from underwriting.standards.fold import is_one_line
from underwriting.standards.kinds import read_text, text_of
from underwriting.standards.mapping import Row, Way, by_label, first_of_list, rows


class Line(NamedTuple):
    """One field, or one field of one item of a list, as text."""

    label: str
    text: str


def stated(terms: LetterTerms, way: Way) -> tuple[Line, ...]:
    """Return what a message carries, in the order of the table, list by list and item by item.

    A text that no message could give back is refused: an empty one, one with blanks at an end,
    doubled blanks, or a character of control.
    """
    whole = plain(terms)
    found: list[Line] = []
    faults: list[Fault] = []
    for row, value in _values(whole, way):
        text = text_of(row.kind, value)
        if not is_one_line(text):
            faults.append(_unclean(row))
        elif not _returns(row, value, text):
            problem = f"{text!r} is not a value that comes back"
            faults.append(Fault(row.field, problem, "give one within its range"))
        found.append(Line(row.label, text))
    if faults:
        raise Invalid("not-exportable", *faults)
    return tuple(found)


def _unclean(row: Row) -> Fault:
    return Fault(
        row.field,
        "is empty, or has blanks at an end, doubled blanks or characters of control",
        "write it as one line with single blanks",
    )


def _returns(row: Row, value: Any, text: str) -> bool:
    """Would a reader of the text find the value again?"""
    try:
        return bool(read_text(row.kind, text, row.field) == value)
    except Invalid:
        return False


def _values(whole: dict[str, Any], way: Way) -> Iterator[tuple[Row, Any]]:
    """Yield each row beside its value; lists of nothing and missing values are left out."""
    done: set[str] = set()
    for row in rows():
        if not row.carried(way):
            continue
        if row.listed is None:
            value = at_path(whole, row.field)
            if value is not None and value != []:
                yield row, value
        elif row.listed not in done:
            done.add(row.listed)
            inside = [one for one in rows() if one.listed == row.listed and one.carried(way)]
            for item in at_path(whole, row.listed):
                yield from ((one, item[_leaf(one)]) for one in inside)


def at_path(whole: dict[str, Any], path: str) -> Any:
    """Return what stands at a dotted path."""
    value: Any = whole
    for name in path.split("."):
        value = value[name]
    return value


def _leaf(row: Row) -> str:
    return row.field.rpartition(".")[2]


def put_at(whole: dict[str, Any], path: str, value: Any) -> None:
    """Put a value at a dotted path, making what is above it."""
    *above, leaf = path.split(".")
    for name in above:
        whole = whole.setdefault(name, {})
    whole[leaf] = value


def exported(terms: LetterTerms, way: Way) -> dict[str, Any]:
    """Return the fields that messages of that family carry, as `kernel.plain` writes them."""
    whole, found = plain(terms), _empty(way)
    for row in (one for one in rows() if one.carried(way)):
        if row.listed is None:
            put_at(found, row.field, at_path(whole, row.field))
            continue
        items = at_path(whole, row.listed)
        kept = at_path(found, row.listed) or [{} for _ in items]
        for item, keep in zip(items, kept, strict=True):
            keep[_leaf(row)] = item[_leaf(row)]
        put_at(found, row.listed, kept)
    return found


def _empty(way: Way) -> dict[str, Any]:
    """Return what is known when no line stands: no optional field, and lists of nothing."""
    found: dict[str, Any] = {}
    for row in (one for one in rows() if one.carried(way)):
        if row.listed is not None:
            put_at(found, row.listed, [])
        elif row.optional or row.kind == "codes":
            put_at(found, row.field, [] if row.kind == "codes" else None)
    return found


def fields_of(lines: Iterable[Line], way: Way) -> dict[str, Any]:
    """Return the fields that lines state.

    Raises:
        Invalid: an unknown or repeated label, an item without its beginning, a text that is not
            of its kind, or a field that is missing.
    """
    found = _empty(way)
    seen: set[str] = set()
    for line in lines:
        row = by_label().get(line.label)
        if row is None or not row.carried(way):
            raise invalid(line.label, "is not a label we know", "use the labels of the table")
        value = read_text(row.kind, line.text, row.field)
        _allowed(row, value)
        if row.listed is not None:
            _add_to_list(found, row, way, value)
            continue
        if line.label in seen:
            raise invalid(row.field, "is stated twice", "state each field once")
        seen.add(line.label)
        put_at(found, row.field, value)
    _complete(found, way)
    return found


def _allowed(row: Row, value: Any) -> None:
    """Refuse a code that the terms do not know."""
    known = codes_of(row)
    for one in (value if isinstance(value, list) else [value]) if known else ():
        if one not in known:
            raise invalid(row.field, f"{one!r} is not known", f"use one of {', '.join(known)}")


def _add_to_list(found: dict[str, Any], row: Row, way: Way, value: Any) -> None:
    assert row.listed is not None, "asked for items of lists only"
    items = at_path(found, row.listed)
    if row == first_of_list(way, row.listed):
        items.append({})
    if not items or _leaf(row) in items[-1]:
        raise invalid(row.field, "belongs to no item", "begin each item with its first field")
    items[-1][_leaf(row)] = value


def _complete(found: dict[str, Any], way: Way) -> None:
    """Refuse what lacks a field."""
    faults = [
        Fault(row.field, "is missing", f"state it under the label {row.label}")
        for row in rows()
        if row.carried(way) and not _stands(found, row)
    ]
    if faults:
        raise Invalid("field-missing", *faults)


def _stands(found: dict[str, Any], row: Row) -> bool:
    if row.listed is not None:
        return all(_leaf(row) in item for item in at_path(found, row.listed))
    whole: Any = found
    for name in row.field.split("."):
        if not isinstance(whole, dict) or name not in whole:
            return False
        whole = whole[name]
    return True
