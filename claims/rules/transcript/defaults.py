"""How a loan account runs where nothing is stated: one table with source and grade."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def assumed(name: str) -> Any:
    """Return what holds where nothing is stated.

    >>> assumed("day_count"), assumed("penalty_factor")
    ('actual/360', '3/2')
    """
    return _table()[name]["value"]


def assumed_source(name: str) -> tuple[str, str]:
    """Return source and grade of it.

    >>> assumed_source("order")[1]
    'K'
    """
    row = _table()[name]
    return row["source"], row["grade"]


@cache
def _table() -> dict[str, dict[str, Any]]:
    written = tomllib.loads((files(__package__) / "defaults.toml").read_text(encoding="utf-8"))
    for row in written.values():
        assert row["source"], "a figure has a source"
        assert row["grade"] in "ABCK", "a figure has a grade"
    return written
