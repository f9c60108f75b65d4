"""Drawing: letterhead, rows, footer with page n of m. What is drawn was laid out before."""

from dataclasses import dataclass
from typing import ClassVar, Final, Protocol, Self

from reportlab.pdfgen.canvas import Canvas

from documents.blocks import Label, written
from documents.fonts import FONT, has_glyph, width
from documents.foot import BARE, Foot, foot_of
from documents.grid import Cell, Line, Row, cell
from documents.layout import Page
from documents.pen import draw_code, strike
from documents.sheet import (
    BODY_WIDTH,
    BOTTOM,
    CODE_SIDE,
    FOOT_HEIGHT,
    LABEL,
    LETTERHEAD,
    MARGIN,
    NAVY,
    PAD_X,
    PAD_Y,
    PAGE_HEIGHT,
    RULE,
    SMALL,
    TOP,
    Ink,
)
from kernel.errors import invalid

HEAD_LIMIT: Final = 130.0
TOO_LONG: Final = ("is too long for a letterhead", "use the registered short form")
UNDER_HEAD: Final = 10.0
HAIR: Final = 0.4
OUTLINE: Final = 0.03
"""Thickness of the outline that makes a letter bold, as part of its size."""
FILL_AND_STROKE: Final = 2
STOUT: Final = 1.0
"""Thickness of the letterhead's rule: 0.35 mm (JR/T 0051)."""
BLANK: Final = 30.0
"""Empty height at the end of a page that is struck through on a deed, points."""
AFTER: Final = 4.0
"""From the last letter to the stroke behind it, points."""


class Headed(Protocol):
    """A form, as far as its letterhead goes."""

    title: ClassVar[Label]

    @property
    def number(self) -> str:
        """Number of the document."""

    @property
    def insurer_name(self) -> str:
        """Who issues it."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page around the body."""

    insurer_name: str
    title: Label
    number: str
    foot: Foot = BARE

    @classmethod
    def of(cls, form: Headed) -> Self:
        """What stands around the body of `form`."""
        return cls(form.insurer_name, form.title, form.number, foot_of(form))

    @property
    def head(self) -> Row:
        """Insurer on the left; name and number of the document on the right."""
        name = cell(BODY_WIDTH * 0.62, (self.insurer_name, LETTERHEAD))
        what = written(self.title)
        number = f"编号 No. {self.number}"
        side = cell(BODY_WIDTH * 0.38, (what, LABEL), (number, SMALL), align="right")
        return Row((name, side), below=None, pad=4)

    def check(self) -> None:
        """Refuse names and numbers that leave no room for the body: `letterhead-too-long`."""
        if self.head.height > HEAD_LIMIT:
            raise invalid("insurer_name", *TOO_LONG, code="letterhead-too-long")
        if width(self.number, SMALL.size) > BODY_WIDTH * 0.6 - 2 * PAD_X:
            raise invalid("number", *TOO_LONG, code="letterhead-too-long")

    @property
    def body_height(self) -> float:
        """Height that is left for the body, points."""
        return PAGE_HEIGHT - TOP - self.head.height - UNDER_HEAD - self.foot_height - BOTTOM

    @property
    def foot_height(self) -> float:
        """Height of the footer, points."""
        return FOOT_HEIGHT + sum(row.height for row in self.foot.rows)


def draw_page(canvas: Canvas, page: Page, furniture: Furniture, *, number: int, of: int) -> None:
    """Draw one page; the caller starts the next."""
    head = furniture.head
    top = PAGE_HEIGHT - TOP
    _draw_row(canvas, head, top)
    _rule(canvas, top - head.height, NAVY, STOUT)
    body = top - head.height - UNDER_HEAD
    for down, row in page:  # all grounds first: none may lie over a rule of the row above
        _draw_ground(canvas, row, body - down)
    for down, row in page:
        _draw_row(canvas, row, body - down)
    if furniture.foot.deed:
        end = max((down + row.height for down, row in page), default=0.0)
        _strike_blank(canvas, body - end, body - furniture.body_height)
    _draw_foot(canvas, furniture, number, of)


def _strike_blank(canvas: Canvas, top: float, bottom: float) -> None:
    """Close what is left of a page of a deed."""
    if top - bottom > BLANK:
        start, end = (MARGIN, bottom + AFTER), (MARGIN + BODY_WIDTH, top - 2 * AFTER)
        strike(canvas, start, end)


def _draw_foot(canvas: Canvas, furniture: Furniture, number: int, of: int) -> None:
    top = BOTTOM + furniture.foot_height
    _rule(canvas, top - 6, RULE, HAIR)
    count = f"第 {number} 页 共 {of} 页  Page {number} of {of}"
    name = cell(BODY_WIDTH * 0.6, (furniture.number, SMALL))
    side = cell(BODY_WIDTH * 0.4, (count, SMALL), align="right")
    _draw_row(canvas, Row((name, side), below=None), top - 5)
    top -= 5 + SMALL.leading + PAD_Y
    for row in furniture.foot.rows:
        _draw_ground(canvas, row, top)
        _draw_row(canvas, row, top)
        top -= row.height


def _draw_ground(canvas: Canvas, row: Row, top: float) -> None:
    left = MARGIN
    for one in row.cells:
        if one.fill:
            canvas.setFillColorRGB(*one.fill)
            canvas.rect(left, top - row.height, one.width, row.height, stroke=0, fill=1)
        left += one.width


def _draw_row(canvas: Canvas, row: Row, top: float) -> None:
    left = MARGIN
    for one in row.cells:
        _draw_cell(canvas, one, left, top - _down(row, one))
        left += one.width
    if row.above:
        _rule(canvas, top, row.above, HAIR)
    if row.below:
        _rule(canvas, top - row.height, row.below, HAIR)
    if row.frame:
        _frame(canvas, row, top)


def _down(row: Row, one: Cell) -> float:
    """From the row's upper edge to the first line of the cell."""
    return (row.height - one.text_height) / 2 if one.middle else row.pad


def _frame(canvas: Canvas, row: Row, top: float) -> None:
    canvas.setStrokeColorRGB(*(row.frame or RULE))
    canvas.setLineWidth(HAIR * 2)
    left = MARGIN
    for one in row.cells if row.parted else ():
        canvas.rect(left, top - row.height, one.width, row.height, stroke=1, fill=0)
        left += one.width
    canvas.rect(MARGIN, top - row.height, BODY_WIDTH, row.height, stroke=1, fill=0)


def _draw_cell(canvas: Canvas, one: Cell, left: float, top: float) -> None:
    if one.code:
        draw_code(canvas, one.code, left + (one.width - CODE_SIDE) / 2, top)
        top -= CODE_SIDE
    end, base = 0.0, top
    for line in one.lines:
        top -= line.type.leading
        room = one.width - 2 * PAD_X - width(line.text, line.type.size)
        shift = {"left": 0.0, "center": room / 2, "right": room}[one.align]
        base = top + (line.type.leading - line.type.size) / 2 + line.type.size * 0.16
        _draw_line(canvas, line, left + PAD_X + shift, base)
        end = PAD_X + shift + width(line.text, line.type.size)
    if one.struck and end + 2 * AFTER < one.width:
        high = base + AFTER / 2
        strike(canvas, (left + end + AFTER, high), (left + one.width - AFTER, high))


def _draw_line(canvas: Canvas, line: Line, left: float, base: float) -> None:
    assert all(map(has_glyph, line.text)), f"unread proof: {line.text!r}"
    canvas.saveState()  # the outline of bold letters must not leak into the next line
    words = canvas.beginText(left, base)
    words.setFont(FONT, line.type.size)
    words.setFillColorRGB(*line.type.ink)
    if line.type.bold:
        canvas.setStrokeColorRGB(*line.type.ink)
        canvas.setLineWidth(line.type.size * OUTLINE)
        words.setTextRenderMode(FILL_AND_STROKE)
    words.textOut(line.text)
    canvas.drawText(words)
    canvas.restoreState()


def _rule(canvas: Canvas, at: float, ink: Ink, thickness: float) -> None:
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(thickness)
    canvas.line(MARGIN, at, MARGIN + BODY_WIDTH, at)
