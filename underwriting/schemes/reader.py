"""Read typed values out of a TOML table, gathering every fault with its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from kernel.errors import Fault
from kernel.money import AMOUNT_PATTERN, MINOR_DIGITS
from underwriting.schemes.lines import line_of

_FRACTION = re.compile(r"(0|[1-9][0-9]{0,11})(/[1-9][0-9]{0,11}|\.[0-9]{1,12})?", re.ASCII)
_AMOUNT = re.compile(AMOUNT_PATTERN, re.ASCII)
_WIRE_DIGITS = 2
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
        path: where it stands; empty for the top of the file.
        currency: of the file's amounts, where stated.
    """

    values: Mapping[str, Any]
    faults: Faults
    path: tuple[str | int, ...] = ()
    currency: str | None = None

    def fault(self, key: str, problem: str, cure: str) -> None:
        """Record a fault on `key`."""
        line = line_of(self.faults.text, *self.path, *((key,) if key else ()))
        where = ""
        for part in (*self.path, *((key,) if key else ())):
            where += f"[{part}]" if isinstance(part, int) else f".{part}"
        name = where.lstrip(".") or "file"
        self.faults.found.append(Fault(f"{self.faults.name} line {line}: {name}", problem, cure))

    def missing(self, key: str) -> None:
        """Record that `key` is not stated."""
        self.fault(key, "is missing", "state it; nothing is assumed")

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
                self.missing(key)
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
        if value is None and required:
            self.missing(key)
        elif value is not None:
            self.fault(key, "is not a date", "write it bare, for example 2021-01-01")
        return None

    def fraction(self, key: str) -> Fraction | None:
        """Return an exact fraction of 0 or more, or None after a fault."""
        value = self.values.get(key)
        if value is None:
            self.missing(key)
            return None
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
        if value is None:
            self.missing(key)
            return "0"
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            self.fault(key, f"{value!r} is not an amount", 'write it as text: "1000000.00"')
            return "0"
        digits = MINOR_DIGITS.get(self.currency or "", _WIRE_DIGITS)
        if len(value.partition(".")[2].rstrip("0")) > digits:
            self.fault(key, f"has decimals that {self.currency} has not", "leave them out")
            return "0"
        return value

    def table(self, key: str) -> "Table":
        """Return a sub-table, empty where it is not stated."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.fault(key, "is not a table", f"write {key} = {{ ... }}")
            value = {}
        return Table(value, self.faults, (*self.path, key), self.currency)

    def tables(self, key: str) -> list["Table"]:
        """Return an array of tables, empty where it is not stated."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.fault(key, "is not an array of tables", f"write [[{key}]] before each")
            return []
        return [
            Table(row, self.faults, (*self.path, key, index), self.currency)
            for index, row in enumerate(value)
        ]
