"""What each field of a letter is called on paper, in both languages."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_PLACE = re.compile(r"\[([0-9]+)\]")


class Label(NamedTuple):
    """The name of a field."""

    zh: str
    en: str


@cache
def labels() -> Mapping[str, Label]:
    """Return the label of every field; lists are named without place."""
    text = files(__package__).joinpath("labels.toml").read_text(encoding="utf-8")
    return {field: Label(*words) for field, words in tomllib.loads(text).items()}


def label(field: str) -> Label:
    """Return the label of a dotted path; the place in a list is counted from 1.

    >>> label("amount").en, label("beneficiaries[1].en").en
    ('Amount', 'Beneficiary, name in English (2)')
    """
    named = labels()[_PLACE.sub("", field)]
    places = [int(place) + 1 for place in _PLACE.findall(field)]
    if not places:
        return named
    shown = ".".join(str(place) for place in places)
    return Label(f"{named.zh}（{shown}）", f"{named.en} ({shown})")
