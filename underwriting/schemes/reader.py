"""Read typed values out of a TOML table, gathering every fault with its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from kernel.errors import Fault
from kernel.money import AMOUNT_PATTERN
from underwriting.schemes.lines import line_of

_FRACTION = re.compile(r"(0|[1-9][0-9]{0,11})(/[1-9][0-9]{0,11}|\.[0-9]{1,12})?", re.ASCII)
_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass
class Faults:
    """What is wrong with one file so far.

    Attributes:
        name: the file's name, for people.
        text: the file's text, to find lines in.
        found: the faults, in the order found.
    """

    name: str
    text: str
    found: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """One table of the file, knowing where it stands.

    Attributes:
        values: the table as TOML gave it.
        faults: where faults are gathered.
        name: the table's name; empty for the top of the file.
        index: which `[[name]]` it is, counted from 0; None for a plain table.
    """

    values: Mapping[str, Any]
    faults: Faults
    name: str = ""
    index: int | None = None

    def fault(self, key: str, problem: str, cure: str) -> None:
        """Record a fault on `key`."""
        line = line_of(self.faults.text, self.name, self.index, key)
        place = f"{self.name}[{self.index}]" if self.index is not None else self.name
        path = ".".join(part for part in (place, key) if part) or "file"
        self.faults.found.append(Fault(f"{self.faults.name} line {line}: {path}", problem, cure))

    def only(self, *keys: str) -> None:
        """Fault every key that is not one of `keys`."""
        for key in self.values:
            if key not in keys:
                self.fault(key, "is not a known key", f"use one of {', '.join(keys)}")

    def has(self, key: str) -> bool:
        """Say whether `key` is stated."""
        return key in self.values

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a non-empty string, or empty after a fault or where it is optional."""
        value = self.values.get(key)
        if value is None:
            if required:
                self.fault(key, "is missing", "state it; nothing is assumed")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "is not a text", f'write {key} = "..."')
            return ""
        return value

    def one_of(self, key: str, kind: type[_Kind]) -> _Kind:
        """Return a member of `kind`; its first member after a fault."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            if value:
                self.fault(key, f"{value!r} is not known", f"use one of {', '.join(kind)}")
            return next(iter(kind))

    def day(self, key: str, *, required: bool = True) -> date | None:
        """Return a TOML date, or None."""
        value = self.values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None or required:
            self.fault(key, "is not a date", "write it bare, for example 2021-01-01")
        return None

    def fraction(self, key: str) -> Fraction | None:
        """Return an exact fraction of 0 or more, or None after a fault."""
        value = self.values.get(key)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(text, str) or not _FRACTION.fullmatch(text):
            self.fault(
                key,
                f"{value!r} is not an exact fraction",
                'write it as text, for example "54/100" or "0.03"',
            )
            return None
        return Fraction(text)

    def amount(self, key: str) -> str:
        """Return an amount as on the wire, or a nought after a fault."""
        value = self.values.get(key)
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            self.fault(key, f"{value!r} is not an amount", 'write it as text: "1000000.00"')
            return "0"
        return value

    def table(self, key: str) -> "Table":
        """Return a sub-table, empty where it is not stated."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.fault(key, "is not a table", f"write {key} = {{ ... }}")
            value = {}
        if not self.name and line_of(self.faults.text, key) > 1:
            return Table(value, self.faults, key)
        return _Inline(value, self.faults, self.name, self.index, key)

    def tables(self, key: str) -> list["Table"]:
        """Return an array of tables, empty where it is not stated."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.fault(key, "is not an array of tables", f"write [[{key}]] before each")
            return []
        return [Table(row, self.faults, key, index) for index, row in enumerate(value)]


@dataclass(frozen=True)
class _Inline(Table):
    """A table written in one line: its faults stand on the line of its own key."""

    key: str = ""

    def fault(self, key: str, problem: str, cure: str) -> None:
        line = line_of(self.faults.text, self.name, self.index, self.key)
        place = f"{self.name}[{self.index}]." if self.index is not None else ""
        where = f"{self.faults.name} line {line}: {place}{self.key}.{key}".rstrip(".")
        self.faults.found.append(Fault(where, problem, cure))
