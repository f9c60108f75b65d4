"""What is drawn and not written: a QR code, a stroke through blank space."""

from functools import lru_cache
from itertools import groupby
from typing import Final

import segno
from reportlab.pdfgen.canvas import Canvas

from documents.sheet import BLACK, CODE_SIDE, GREY

QUIET: Final = 4
"""Light modules around a code (ISO/IEC 18004)."""
SEAM: Final = 0.02
"""Part of a module by which rows overlap: else a hair of white shows between them."""
FILL_NON_ZERO: Final = 1
"""By the other rule what overlaps would be white."""
STROKE: Final = 0.5

Run = tuple[int, int, int]
"""Row, first column and number of dark modules side by side."""


@lru_cache(maxsize=256)
def runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """Return how many modules a side the code of `text` has, and its dark ones by runs.

    Error correction M: 15 per cent of the code may be soiled.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    found = []
    for down, row in enumerate(matrix):
        at = 0
        for dark, modules in groupby(row):
            long = len(list(modules))
            if dark:
                found.append((down, at, long))
            at += long
    return len(matrix), tuple(found)


def draw_code(canvas: Canvas, text: str, left: float, top: float) -> None:
    """Draw the code of `text` as one path, `CODE_SIDE` wide with its quiet zone."""
    count, dark = runs(text)
    size = CODE_SIDE / (count + 2 * QUIET)
    path = canvas.beginPath()
    for down, at, long in dark:
        x, y = left + (QUIET + at) * size, top - (QUIET + down + 1 + SEAM) * size
        path.rect(x, y, long * size, (1 + SEAM) * size)
    canvas.setFillColorRGB(*BLACK)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)


def strike(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a stroke from `start` to `end` through space that stays empty."""
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(STROKE)
    canvas.line(*start, *end)
