"""A text in lines of a width, so that the same text comes back.

A line that is full goes on in the next one without a blank; a line that is not goes on with one.
So a break at a blank always leaves a line short, and a word longer than a line fills it.
"""

from collections.abc import Iterable


def is_one_line(text: str) -> bool:
    """Can a text be broken and come back: not empty, single blanks inside, no controls?

    >>> is_one_line("Chengdu Customs"), is_one_line("Chengdu  Customs"), is_one_line("")
    (True, False, False)
    """
    return text.split(" ") == text.split() and text.isprintable()


def fold(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return a text of single blanks as lines, the first and the others beginning as stated.

    >>> fold("Chengdu Shuangliu Airport", 14, first="1/", rest="1/")
    ['1/Chengdu', '1/Shuangliu', '1/Airport']
    """
    lines: list[str] = []
    prefix = first
    while True:
        room = width - len(prefix)
        assert room > 1, "a line holds more than its beginning"
        if len(text) <= room:
            return [*lines, prefix + text]
        blank = text.rfind(" ", 1, room)
        end = blank if blank > 0 else room
        lines.append(prefix + text[:end])
        text = text[end + 1 :] if blank > 0 else text[end:]
        prefix = rest


def unfold(lines: Iterable[str], width: int, *, first: str = "", rest: str = "") -> str:
    """Return the text that `fold` broke.

    >>> unfold(["1/Chengdu", "1/Shuangliu", "1/Airport"], 14, first="1/", rest="1/")
    'Chengdu Shuangliu Airport'
    """
    text = ""
    joint = ""
    for index, line in enumerate(lines):
        text += joint + line.removeprefix(rest if index else first)
        joint = "" if len(line) == width else " "
    return text
