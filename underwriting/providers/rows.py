"""A file's text into rows with their places: CSV by its header, JSON as a list of objects."""

import csv
import json
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from kernel.errors import Fault, Invalid
from underwriting.providers.columns import unknown
from underwriting.providers.record import COLUMNS


def rows_of(text: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (place, row) of a file; its name says whether it is CSV or JSON.

    Raises:
        Invalid: it is neither, or is broken as a whole: header, row length, syntax.
    """
    if name.lower().endswith(".json"):
        return _json(text, name)
    if name.lower().endswith(".csv"):
        return _csv(text, name)
    raise _broken(name, "is neither .csv nor .json", "name the file by what it is")


def _csv(text: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows are counted as a spreadsheet shows them: the header is row 1."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        _check_header(header, name)
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            place = f"{name} row {number}"
            if len(cells) != len(header):
                problem = f"has {len(cells)} cells, the header {len(header)}"
                raise _broken(place, problem, "put cells with commas in quotes")
            yield place, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        place = f"{name} line {reader.line_num}"
        raise _broken(place, f"is not CSV: {error}", "mend that line") from None


def _check_header(header: list[str], name: str) -> None:
    if not header:
        raise _broken(name, "is empty", f"begin with a header: {', '.join(COLUMNS)}")
    place = f"{name} row 1"
    faults = [Fault(f"{place}: {one}", *unknown(one)) for one in header if one not in COLUMNS]
    faults += [
        Fault(f"{place}: {one}", "stands twice", "keep one of them")
        for one in dict.fromkeys(header)
        if header.count(one) > 1
    ]
    if faults:
        raise Invalid("patents-invalid", *faults)


def _json(text: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        listed = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        problem = f"is not JSON: {str(error)[:200]}"
        raise _broken(name, problem, "mend it there") from None
    if not isinstance(listed, list):
        raise _broken(name, "is not a list", "write [ { ... }, { ... } ]")
    for number, row in enumerate(listed, start=1):
        place = f"{name} record {number}"
        if not isinstance(row, dict):
            raise _broken(place, "is not an object", 'write { "number": ... }')
        yield place, row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the key {name!r} stands twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no value")


def _broken(place: str, problem: str, cure: str) -> Invalid:
    return Invalid("patents-invalid", Fault(place, problem, cure))
