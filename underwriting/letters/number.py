"""The number of a letter: line code, year, sequence and a check character.

    letter_number("CGL", 2026, 1) -> "CGL2600000001E"

At most 16 characters A to Z and 0 to 9, because field 20 of a message between banks holds no
more. The last is the check character of ISO 7064 MOD 37,36: it finds every single wrong
character and every two neighbours that changed places.
"""

import re
from typing import Final

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from kernel.errors import invalid

LONGEST: Final = 16
"""Characters of field 20 of an MT 760."""

_LINE = re.compile(r"[A-Z]{2,4}", re.ASCII)
_NUMBER = re.compile(rf"[A-Z0-9]{{2,{LONGEST}}}", re.ASCII)
_DIGITS = 8
_CENTURY = 2000


def letter_number(line: str, year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th letter that a line issues in a year.

    Args:
        line: two to four capitals, such as CGL.
        year: 2000 to 2099; two digits of it are printed.
        sequence: 1 to 99,999,999.

    Raises:
        Invalid: one of them is outside its range.

    >>> letter_number("CGL", 2026, 1)
    'CGL2600000001E'
    """
    if not _LINE.fullmatch(line):
        raise invalid("line", f"{line!r} is no line code", "write two to four capitals")
    if not _CENTURY <= year < _CENTURY + 100:
        raise invalid("year", f"{year} has no two digits of its own", "give 2000 to 2099")
    if not 0 < sequence < 10**_DIGITS:
        raise invalid("sequence", f"{sequence} has not one to {_DIGITS} digits", "count from 1")
    body = f"{line}{year - _CENTURY:02d}{sequence:0{_DIGITS}d}"
    check: str = mod_37_36.calc_check_digit(body)
    return body + check


def check_number(text: str, field: str = "number") -> None:
    """Let a number pass that fits a message and whose check character is right.

    Raises:
        Invalid: `letter-number` naming what is wrong: length, a character, or the check.

    >>> check_number("CGL2600000001E")
    """
    problem = number_problem(text)
    if problem:
        raise invalid(
            field, problem, "copy the number from the letter itself", code="letter-number"
        )


def number_problem(text: str) -> str | None:
    """Say what is wrong with a number, or None.

    >>> number_problem("CGL2600000010E")
    'has a wrong check character: it was mistyped or is none of ours'
    """
    if len(text) > LONGEST:
        return f"has {len(text)} characters, more than the {LONGEST} of MT 760 field 20"
    if not _NUMBER.fullmatch(text):
        return "is not made of the characters A to Z and 0 to 9"
    try:
        mod_37_36.validate(text)
    except ValidationError:
        return "has a wrong check character: it was mistyped or is none of ours"
    return None
