"""The notation of field formats, such as `4!c[/35x]`, as patterns, and the sets of characters.

pattern_of("3!a15d").fullmatch("CNY480000,50")
"""

import re
from functools import cache
from typing import Final, Literal, cast

from kernel.errors import Fault
from underwriting.letters.latin import CARRIED, Charset

Letter = Literal["n", "a", "c", "d", "x", "z"]

_TOKEN: Final = re.compile(r"(?:(\d+)\*)?(\d+)(!?)([nacdxz])|(.)", re.ASCII)
_LITERALS: Final = {"[": "(?:", "]": ")?", "$": "\n", "/": "/"}


def characters(letter: Charset) -> frozenset[str]:
    """Return the characters of a line of set x or z; the end of a line is none of them.

    >>> "&" in characters("x"), "&" in characters("z"), "_" in characters("z")
    (False, True, True)
    """
    return CARRIED[letter] - {"\r", "\n"}


def _one(letter: Letter) -> str:
    """Return the class of one character of a set."""
    if letter in "xz":
        allowed = characters(cast("Charset", letter))
        return f"[{re.escape(''.join(sorted(allowed)))}]"
    return {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}[letter]


def _counted(size: int, *, exact: bool, letter: Letter) -> str:
    if letter == "d":
        return rf"(?=[0-9,]{{1,{size}}}(?![0-9,]))(?:0|[1-9][0-9]*),[0-9]*"
    return _one(letter) + (f"{{{size}}}" if exact else f"{{1,{size}}}")


@cache
def pattern_of(notation: str) -> re.Pattern[str]:
    r"""Return the pattern of a format; lines are divided by `\n`.

    >>> bool(pattern_of("2*3x").fullmatch("abc\nd")), bool(pattern_of("2*3x").fullmatch("abcd"))
    (True, False)
    """
    parts: list[str] = []
    for rows, size, exact, letter, literal in _TOKEN.findall(notation):
        if literal:
            parts.append(_LITERALS[literal])
            continue
        line = _counted(int(size), exact=bool(exact), letter=cast("Letter", letter))
        more = f"(?:\n{line}){{0,{int(rows) - 1}}}" if rows else ""
        parts.append(line + more)
    return re.compile("".join(parts), re.ASCII)


def set_of(notation: str) -> Charset:
    """Return the widest set of characters that a format takes.

    >>> set_of("4!c/65x"), set_of("150*65z")
    ('x', 'z')
    """
    return "z" if "z" in notation else "x"


def foreign_fault(field: str, text: str, charset: Charset) -> Fault | None:
    """Name the first character of a text that a set does not hold; None where all are in it.

    >>> print(foreign_fault("59", "成都海关", "x"))
    59: holds 成 (U+6210), which a message does not carry; give the English name
    """
    allowed = characters(charset)
    found = next((one for one in text if one not in allowed and one != "\n"), None)
    if found is None:
        return None
    shown = found if found.isprintable() else repr(found)
    cure = (
        "give the English name"
        if ord(found) > 0x2E7F  # noqa: PLR2004 - the first block of Chinese signs begins here
        else "use letters, digits and the signs / - ? : ( ) . , ' +"
    )
    return Fault(field, f"holds {shown} (U+{ord(found):04X}), which a message does not carry", cure)
