"""Registers of pledges as data: authority, form, days and grounds; one dated edition a file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.errors import invalid
from underwriting.right_kinds import RightKind

LATEST = "2026-11"
"""The edition that a new tariff names."""


@dataclass(frozen=True, slots=True)
class Register:
    """Where the pledge of a right is entered.

    Attributes:
        code: `patent`, `trademark`, `copyright`, `ic_layout`.
        stated: authority, form, days, clause, source and grade, as the edition states them.
    """

    code: str
    stated: Mapping[str, Any]

    @property
    def correction_days(self) -> int:
        """Calendar days to cure what the register objects to."""
        return int(self.stated["correction_days"])


@dataclass(frozen=True)
class Edition:
    """One dated set of registers and grounds.

    Attributes:
        code: its name, which a tariff quotes.
        table: the whole of it.
    """

    code: str
    table: Mapping[str, Any]

    def register_of(self, kind: RightKind) -> Register:
        """Return the register that takes pledges of a kind of right."""
        for code, stated in self.table["registers"].items():
            if kind.value in stated["kinds"]:
                return Register(code, stated)
        raise AssertionError(f"edition {self.code} names no register for {kind}")

    def clause(self, code: str) -> str:
        """Return the ground of refusal behind one of our codes, in words."""
        return f"pledge registration: {self.table['grounds'][code]}"


@cache
def edition(code: str = LATEST) -> Edition:
    """Read an edition.

    Raises:
        Invalid: there is none of this name.
    """
    place = files(__package__).joinpath(f"{code}.toml")
    if not place.is_file():
        raise invalid("terms.registers", f"{code!r} is no edition", f"use {LATEST}")
    return Edition(code, tomllib.loads(place.read_text(encoding="utf-8")))
