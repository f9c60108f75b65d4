"""Lines of label and text inside one field: `/LABEL/text`, continued by `//`."""

import re
from collections.abc import Iterable
from typing import Final

from kernel.errors import invalid
from underwriting.standards.fold import fold, is_one_line, unfold
from underwriting.standards.lines import Line

WIDTHS: Final = {
    "23R": 35, "39F": 65, "45C": 65, "45L": 65, "49A": 65, "71D": 35, "77J": 50, "77U": 65
}  # fmt: skip
"""How long a line of each field that holds labels may be."""

MOST_LINES: Final = {"39F": 12, "45C": 100, "45L": 50, "71D": 6, "77U": 150}
"""How many lines those of MT760 hold; what 77U cannot hold goes on in a second message."""

_LABEL: Final = re.compile(r"/([A-Z]{1,8})/(.*)", re.ASCII)


def labelled(lines: Iterable[Line], tag: str) -> list[str]:
    """Return the lines of a field.

    >>> labelled([Line("DEMO", "YES")], "77U")
    ['/DEMO/YES']
    """
    width = WIDTHS[tag]
    found: list[str] = []
    for label, text in lines:
        if not is_one_line(text):
            cure = "write it as one line with single blanks"
            raise invalid(label, "is empty, or has blanks or controls to spare", cure)
        found += fold(text, width, first=f"/{label}/", rest="//")
    return found


def read_labelled(text: str | None, tag: str) -> list[Line]:
    """Return what a field states; a line outside label and continuation is refused.

    >>> read_labelled("/DEMO/YES", "77U")
    [Line(label='DEMO', text='YES')]
    """
    groups: list[tuple[str, list[str]]] = []
    for line in text.split("\n") if text else ():
        found = _LABEL.fullmatch(line)
        if found is not None:
            groups.append((found[1], [line]))
        elif line.startswith("//") and groups:
            groups[-1][1].append(line)
        else:
            raise invalid(tag, f"{line!r} has no label", "begin it with /LABEL/ or //")
    return [
        Line(label, unfold(lines, WIDTHS[tag], first=f"/{label}/", rest="//"))
        for label, lines in groups
    ]
