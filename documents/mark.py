"""The mark of a paper that is worth nothing: over every page, above the head and below the foot."""

from typing import Final

from reportlab.pdfgen.canvas import Canvas

from documents.fonts import FONT, width
from documents.sheet import BOTTOM, PAGE_HEIGHT, PAGE_WIDTH, RED, TOP, Ink

SANDBOX: Final = "SANDBOX 测试 NOT VALID 无效"
"""Stands three times on every page that a sandbox prints."""

_FAINT: Final[Ink] = (0.965, 0.875, 0.875)
"""Under the words: they stay readable on a screen and after a copying machine."""
_SIZE: Final = 11.0
_LARGE: Final = 40.0
_SLOPE: Final = 52.0
"""Degrees from lower left to upper right."""


def draw_under(canvas: Canvas, words: str) -> None:
    """Draw the mark large and faint across the page; what the page says is drawn over it."""
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(_SLOPE)
    canvas.setFillColorRGB(*_FAINT)
    canvas.setFont(FONT, _LARGE)
    canvas.drawString(-width(words, _LARGE) / 2, -_LARGE / 3, words)
    canvas.restoreState()


def draw_over(canvas: Canvas, words: str) -> None:
    """Write the mark in red in the margin above the letterhead and in that below the footer."""
    canvas.saveState()
    canvas.setFillColorRGB(*RED)
    canvas.setFont(FONT, _SIZE)
    left = (PAGE_WIDTH - width(words, _SIZE)) / 2
    for base in (PAGE_HEIGHT - TOP + _SIZE / 2, BOTTOM - 1.2 * _SIZE):
        canvas.drawString(left, base, words)
    canvas.restoreState()
