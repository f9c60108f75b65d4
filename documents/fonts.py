"""The one embedded TrueType font, and which characters it can truly draw.

WenQuanYi Micro Hei draws every Chinese character of GBK. reportlab draws a missing glyph
silently, and the font maps some signs and letters of pinyin to an empty outline, so both
are asked for here.
"""

import unicodedata
from functools import cache
from importlib.resources import as_file, files
from threading import Lock
from typing import Final

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FONT: Final = "ZhibaoHei"
"""The name under which reportlab knows the font."""

SUBSTITUTES: Final = str.maketrans(
    {"\u2103": "°C", "\u2109": "°F", "\u212b": "\u00c5", "\u2164": "V", "\u2169": "X"}
)
"""Characters whose outline is empty in the font, and the same sign written otherwise."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING: Final = frozenset({"Mn", "Mc", "Me"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_LOADING: Final = Lock()


@cache
def _load() -> TTFont:
    path = files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc"
    with as_file(path) as file:
        font = TTFont(FONT, str(file), subfontIndex=0, shapable=False)
    registerFont(font)
    return font


def font() -> TTFont:
    """Return the font, read and registered once per process."""
    with _LOADING:  # two threads must not register two fonts under one name
        return _load()


def width(text: str, size: float) -> float:
    """Width of `text` in points when set at `size` points."""
    return float(font().stringWidth(text, size))


@cache
def _glyphs() -> frozenset[int]:
    """Code points with an outline; spaces may be empty."""
    face = font().face
    start = face.glyphPos
    return frozenset(
        code
        for code, glyph in face.charToGlyph.items()
        if start[glyph] != start[glyph + 1] or unicodedata.category(chr(code)) == "Zs"
    )


def is_hidden(char: str) -> bool:
    """Whether `char` steers the text instead of standing in it; a line break does not count.

    Control, format and surrogate characters, separators, combining marks, and letters that
    run from right to left: what is seen would not be what was written.

    >>> is_hidden(chr(0x202E)), is_hidden("知"), is_hidden(chr(10))
    (True, False, False)
    """
    if char == "\n":
        return False
    category = unicodedata.category(char)
    return (
        category in _HIDDEN
        or category in _COMBINING
        or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT
    )


def has_glyph(char: str) -> bool:
    """Whether the font draws `char`, itself or through `SUBSTITUTES`.

    >>> has_glyph("镕"), has_glyph(chr(0x20BB7)), has_glyph(chr(0x2103))
    (True, False, True)
    """
    return char == "\n" or all(ord(part) in _glyphs() for part in char.translate(SUBSTITUTES))
