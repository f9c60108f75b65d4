"""Proof-reading: every character of a form is one that the paper can show."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Final

from documents.fonts import has_glyph, is_hidden
from kernel.errors import Fault, Invalid
from kernel.money import Money

_SOUND: Final[set[str]] = set()
"""Characters that were read before and show as themselves; no more than the font has."""
MAX_FAULTS: Final = 20
"""How many faults one refusal lists; a text full of them says no more with a thousand."""


def proofread(form: object) -> None:
    """Refuse a form with a character that cannot be shown faithfully.

    All fields are read, and each fault names the field (`rights[3].title`), the character
    and its code point. Raises `Invalid`: `glyph-missing` when the font has no outline,
    `character-hidden` for control, bidirectional, combining and surrogate characters.
    """
    found = [(code, fault) for path, text in _texts(form, "") for code, fault in _read(path, text)]
    if found:
        raise Invalid(found[0][0], *(fault for _, fault in found[:MAX_FAULTS]))


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every string under `value`, with the dotted path that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(item, f"{path}[{place}]")
    elif isinstance(value, Money | date | int | None):
        return
    else:
        assert is_dataclass(value), f"{path or 'form'}: a form holds only printable values"
        before = f"{path}." if path else ""
        kind: type = type(value)
        for name in _names(kind):
            yield from _texts(getattr(value, name), before + name)


@cache
def _names(kind: type) -> tuple[str, ...]:
    assert is_dataclass(kind), "named by the form that holds it"
    return tuple(field.name for field in fields(kind))


def _is_sound(char: str) -> bool:
    """Whether a character shows as itself; asked once, for papers repeat themselves."""
    return not is_hidden(char) and has_glyph(char)


def _read(path: str, text: str) -> Iterator[tuple[str, Fault]]:
    if _SOUND.issuperset(text):
        return
    for char in dict.fromkeys(text):
        if _is_sound(char):
            _SOUND.add(char)
            continue
        name = f"U+{ord(char):04X} {unicodedata.name(char, 'without a name')}"
        if is_hidden(char):
            cure = "remove it, or write the composed character"
            yield "character-hidden", Fault(path, f"holds {name}, which does not show", cure)
        else:
            cure = "write another character or a romanised form"
            yield "glyph-missing", Fault(path, f"holds {char} ({name}), not in the font", cure)
