"""The tables of coverage, read once: scrutiny, the collateral, the obligor."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table of this folder by its file name without ending.

    >>> table("scrutiny")["early_default"]["days"]
    90
    """
    text = (files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
