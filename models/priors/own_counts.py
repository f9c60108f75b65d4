"""A house's own table of counts: rows of CSV or JSON, checked all at once."""

import csv
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kernel.errors import Fault, Invalid, Refusal, invalid
from models.priors.credibility import Counts

COLUMNS = ("param", "right", "jurisdiction", "events", "exposure")


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """One row of a house's own counts.

    Attributes:
        param: as in the prior table.
        right: as in the prior table.
        jurisdiction: two letters, or `UPC`, `EP`.
        counts: events and exposure; rows of one key are added.
    """

    param: str
    right: str
    jurisdiction: str
    counts: Counts

    @property
    def key(self) -> str:
        """`param/right/jurisdiction`."""
        return f"{self.param}/{self.right}/{self.jurisdiction}"


def read_counts(path: Path) -> tuple[OwnCounts, ...]:
    """Read a CSV with a header, or a JSON list of objects, of the five columns.

    Further columns, such as a year, are left alone.

    Raises:
        Invalid: the file is not there, is no such table, or a row is wrong; all rows are named.
    """
    if not path.is_file():
        raise invalid(path.name, "is not there", "name a CSV or JSON file of counts")
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = json.loads(text) if path.suffix.lower() == ".json" else _csv_rows(text)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise invalid(path.name, f"cannot be read: {error}", "save it as UTF-8") from None
    if not isinstance(rows, list) or not rows:
        raise invalid(path.name, "has no rows", f"give rows of {', '.join(COLUMNS)}")
    return counts_of(rows, path.name)


def counts_of(rows: Iterable[Mapping[str, Any]], where: str = "counts") -> tuple[OwnCounts, ...]:
    """Check rows of counts, all of them at once.

    Args:
        rows: mappings with the five columns; numbers may be text.
        where: name before the row's number in a refusal, counted from 1.

    Raises:
        Invalid: a column is missing, a number is none, a count is below nought.
    """
    read: list[OwnCounts] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, 1):
        try:
            read.append(_row_of(row))
        except Refusal as refused:
            faults += [
                replace(one, field=f"{where}[{number}].{one.field}") for one in refused.faults
            ]
    if faults:
        raise Invalid("invalid", *faults)
    return tuple(read)


def _csv_rows(text: str) -> list[dict[str, Any]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines))


def _row_of(row: Mapping[str, Any]) -> OwnCounts:
    missing = [
        name for name in COLUMNS if not isinstance(row, Mapping) or row.get(name) in (None, "")
    ]
    if missing:
        cure = f"give {', '.join(COLUMNS)}; missing is not nought"
        raise Invalid("invalid", *(Fault(name, "is missing", cure) for name in missing))
    events, exposure = (_number(row[name], name) for name in ("events", "exposure"))
    texts = [str(row[name]).strip() for name in COLUMNS[:3]]
    return OwnCounts(texts[0], texts[1], texts[2], Counts(events, exposure))


def _number(value: Any, name: str) -> float:
    if not isinstance(value, bool):
        with suppress(TypeError, ValueError):
            return float(value)
    raise invalid(name, f"{value!r} is no number", "give digits, such as 1250.5")
