"""Figures of the papers, from `figures.toml`; each with its source and grade."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def figures() -> Mapping[str, Mapping[str, Any]]:
    """Return name -> `value`, `source`, `grade`.

    >>> figures()["cover_note_days"]["value"]
    30
    """
    text = files("underwriting.papers").joinpath("figures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
