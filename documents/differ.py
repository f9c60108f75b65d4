"""What changed between two papers, as the lines that went, came and stayed."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from documents.lines import lines_of
from documents.render import Form

AROUND: Final = 3
"""Lines that are shown before and after a change."""


class Mark(StrEnum):
    """What became of a line."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of either paper."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A change with the lines around it.

    Attributes:
        before: number of its first line in the earlier paper, from 1; 0 where that has none.
        after: the same in the later paper.
        lines: what went stands before what came.
    """

    before: int
    after: int
    lines: tuple[Line, ...]


def difference(before: Form, after: Form, *, around: int = AROUND) -> tuple[Passage, ...]:
    """Return every passage in which `after` reads otherwise than `before`; none if they agree."""
    old, new = lines_of(before), lines_of(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Passage(
            group[0][1] + 1 if old else 0,
            group[0][3] + 1 if new else 0,
            tuple(line for step in group for line in _lines(step, old, new)),
        )
        for group in matcher.get_grouped_opcodes(around)
    )


def _lines(
    step: tuple[str, int, int, int, int], old: tuple[str, ...], new: tuple[str, ...]
) -> Iterator[Line]:
    what, old_from, old_to, new_from, new_to = step
    if what == "equal":
        yield from (Line(Mark.KEPT, text) for text in old[old_from:old_to])
        return
    yield from (Line(Mark.REMOVED, text) for text in old[old_from:old_to])
    yield from (Line(Mark.ADDED, text) for text in new[new_from:new_to])
