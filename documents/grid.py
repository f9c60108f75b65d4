"""Rows of set lines: what every block becomes, and how it breaks across pages.

Pure geometry in points; nothing here draws.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from documents.sheet import CODE_SIDE, GAP, PAD_X, PAD_Y, RULE, Ink, Type
from documents.text import wrap

TALL: Final = 200.0
"""A row higher than this may be cut between two lines; a lower one moves as a whole."""

ENTIRE: Final = 420.0
"""The same for the boxes of seals, which are never cut but by names beyond all measure."""

WHOLE: Final = 160.0
"""A block no higher than this is not parted; it moves to the next page."""

LONELY: Final = 45.0
"""Rows together lower than this do not stay behind alone under their heading."""

COMPANY: Final = 2
"""Rows that go with a seal to a new page, or lines, of a row that may be cut."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it is drawn."""

    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines in a column.

    Attributes:
        lines: in reading order, already broken to `width`.
        width: outer width, points.
        fill: ground colour, or None for white paper.
        middle: set in the middle of the row's height instead of at its top.
        code: what a QR code above the lines holds; empty where there is none.
        struck: a line runs from the end of the text to the edge: nothing can be added.
    """

    lines: tuple[Line, ...]
    width: float
    align: Align = "left"
    fill: Ink | None = None
    middle: bool = False
    code: str = ""
    struck: bool = False

    @property
    def text_height(self) -> float:
        """Height of the lines, and of the code above them, points."""
        height = sum(line.type.leading for line in self.lines)
        return height + CODE_SIDE if self.code else height

    def cut(self, room: float) -> tuple["Cell", "Cell"]:
        """Split into the lines that fit `room` points of text height, and the rest."""
        taken, height = 0, CODE_SIDE if self.code else 0.0
        for line in self.lines:
            height += line.type.leading
            if height > room:
                break
            taken += 1
        top = replace(self, lines=self.lines[:taken], middle=False)
        return top, replace(self, lines=self.lines[taken:], middle=False, code="")


def cell(
    width: float,
    *parts: tuple[str, Type],
    align: Align = "left",
    fill: Ink | None = None,
    middle: bool = False,
    code: str = "",
    struck: bool = False,
) -> Cell:
    """Set each (text, type) below the one before it, broken to `width` less the padding."""
    lines = tuple(
        Line(line, kind)
        for text, kind in parts
        for line in wrap(text, width - 2 * PAD_X, kind.size)
    )
    return Cell(lines, width, align, fill, middle, code, struck)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side.

    Attributes:
        above: colour of the line over the row, or None.
        below: colour of the line under it, or None.
        frame: colour of a box around the row, or None.
        parted: the frame also stands between the cells.
        least: least height, points, such as room for a seal.
        pad: space above and below the text, points.
    """

    cells: tuple[Cell, ...]
    above: Ink | None = None
    below: Ink | None = RULE
    frame: Ink | None = None
    parted: bool = False
    least: float = 0.0
    pad: float = PAD_Y

    @property
    def height(self) -> float:
        """Outer height, points."""
        return max(self.least, max(cell.text_height for cell in self.cells) + 2 * self.pad)

    def cut(self, room: float) -> tuple["Row", "Row"] | None:
        """Split a tall row so that its upper part is at most `room` high; None if it may not."""
        longest = max(self.cells, key=lambda cell: cell.text_height)
        first = sum(line.type.leading for line in longest.lines[:4])
        last = sum(line.type.leading for line in longest.lines[-COMPANY:])
        room = min(room - 2 * self.pad, longest.text_height - last)
        if self.height <= (ENTIRE if self.parted else TALL) or first > room:
            return None
        halves = [cell.cut(room) for cell in self.cells]
        top = replace(self, cells=tuple(upper for upper, _ in halves), least=0.0)
        return top, replace(self, cells=tuple(lower for _, lower in halves), least=0.0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A block as rows.

    Attributes:
        head: rows that stand first and come again, as `again`, after a page break.
        body: rows that may be parted by a page break.
        again: the head on later pages, marked as continued.
        gap: space above, left out at the top of a page, points.
        together: how many rows at the end never stand alone on a new page.
        whole: a block no higher than this is not parted, points.
    """

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    again: tuple[Row, ...] = ()
    gap: float = GAP
    together: int = 1
    whole: float = WHOLE

    @property
    def rows(self) -> tuple[Row, ...]:
        """Head and body."""
        return self.head + self.body

    @property
    def height(self) -> float:
        """Outer height without the gap, points."""
        return sum(row.height for row in self.rows)

    def joined(self, lower: "Grid") -> "Grid":
        """Append the body of `lower`; on a new page the last rows of this one go with it."""
        wide = sum(cell.width for cell in lower.body[0].cells)
        space = Row((Cell((), wide),), below=None, least=lower.gap, pad=0.0)
        body = (*self.body, space, *lower.body)
        alone = bool(self.body) and self.body[-1].height >= LONELY
        tied = max(self.together, 1 if alone else COMPANY)
        return replace(self, body=body, together=tied + 1 + len(lower.body))

    def cut(self, room: float, *, forced: bool = False) -> tuple["Grid", "Grid"] | None:
        """Split so that the first part is at most `room` points high.

        None when it would look better whole on the next page; when `forced`, as on an
        empty page, only if not one row fits.
        """
        if self.height <= self.whole and not forced:
            return None
        left = room - sum(row.height for row in self.head)
        taken = 0
        while taken < len(self.body) and self.body[taken].height <= left:
            left -= self.body[taken].height
            taken += 1
        halves = self.body[taken].cut(left) if taken < len(self.body) else None
        if halves:
            return self._parted(
                (*self.body[:taken], halves[0]), (halves[1], *self.body[taken + 1 :])
            )
        kept = max(min(taken, len(self.body) - self.together), 0)
        for place in reversed(range(kept, taken)):  # what is tied may be cut, for all that it fits
            if halves := self.body[place].cut(self.body[place].height):
                return self._parted(
                    (*self.body[:place], halves[0]), (halves[1], *self.body[place + 1 :])
                )
        upper = self.body[: kept or (taken if forced else 0)]
        if not upper or (sum(row.height for row in upper) < LONELY and not forced):
            return None
        return self._parted(upper, self.body[len(upper) :])

    def _parted(self, upper: tuple[Row, ...], lower: tuple[Row, ...]) -> tuple["Grid", "Grid"]:
        return replace(self, body=upper), replace(self, head=self.again, body=lower)
