"""Setting of what has no spaces: addresses and hashes stay whole where that can be read."""

import re
from typing import Final

from documents.fonts import width
from documents.sheet import PAD_X, Type

_SEAMS: Final = re.compile(r"(?<=/)(?=[^/])|(?=[?&])")
"""Where an address may be parted: behind a slash, before what is asked."""


def whole(text: str, room: float, types: tuple[Type, ...]) -> tuple[str, Type]:
    """Set `text` on one line of a cell `room` points wide, in the first of `types` that fits.

    Where none fits it is broken, in the first: an address at its seams, and only a part that is
    itself too long anywhere.
    """
    free = room - 2 * PAD_X
    for kind in types:
        if width(text, kind.size) <= free:
            return text, kind
    return "\n".join(_packed(text, free, types[0].size)), types[0]


def _packed(text: str, free: float, size: float) -> list[str]:
    """Put as many parts of an address on each line as fit."""
    lines: list[str] = []
    for part in _SEAMS.split(text):
        if lines and width(lines[-1] + part, size) <= free:
            lines[-1] += part
        else:
            lines.append(part)
    return lines
