"""Words of the fields of a proposal, in both languages, from `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from documents.blocks import Label

TRUTH: Final = {True: "是 yes", False: "否 no"}


@cache
def _table() -> Mapping[str, Any]:
    text = files("underwriting.papers").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def label_of(field: str) -> Label:
    """Return what a field is called, or a choice that stands for one; else its own name.

    >>> label_of("retention")
    Label(zh='免赔额', en='retention')
    """
    table = _table()
    zh, en = table["fields"].get(field) or table["values"].get(field) or ("", field)
    return Label(zh, en)


def chosen(field: str, value: str) -> str:
    """Return a choice in words, where the field is one that is chosen from a list.

    >>> chosen("plan", "bullet"), chosen("name", "bullet")
    ('到期一次还本 bullet', 'bullet')
    """
    words = _table()["values"].get(value) if field in _table()["chosen"] else None
    return " ".join(words) if words else value


def fields_named() -> frozenset[str]:
    """Return every field that has words."""
    return frozenset(_table()["fields"])
