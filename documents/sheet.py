"""The one stylesheet: A4, margins, inks and sizes. Lengths are points (1/72 inch)."""

from dataclasses import dataclass
from typing import Final

Ink = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
MARGIN: Final = 56.69
"""Left and right margin: 20 mm."""
TOP: Final = 42.52
"""Upper edge of the letterhead: 15 mm from the paper's edge."""
BOTTOM: Final = 42.52
"""Lower edge of the footer."""
BODY_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
FOOT_HEIGHT: Final = 24.0
GAP: Final = 11.0
"""Space between two blocks."""
PAD_X: Final = 5.0
PAD_Y: Final = 3.0

BLACK: Final[Ink] = (0.10, 0.11, 0.13)
NAVY: Final[Ink] = (0.07, 0.20, 0.38)
GREY: Final[Ink] = (0.38, 0.41, 0.46)
GREEN: Final[Ink] = (0.05, 0.38, 0.22)
RED: Final[Ink] = (0.62, 0.10, 0.10)
AMBER: Final[Ink] = (0.55, 0.33, 0.02)
RULE: Final[Ink] = (0.80, 0.83, 0.87)
PALE: Final[Ink] = (0.945, 0.957, 0.972)
CREAM: Final[Ink] = (1.0, 0.968, 0.89)


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set.

    Attributes:
        size: height of the letters, points.
        leading: height of the line, points.
        bold: drawn with a thin outline, as the font has one weight only.
        ink: colour.
    """

    size: float
    leading: float
    bold: bool = False
    ink: Ink = BLACK


TITLE: Final = Type(17, 24, bold=True, ink=NAVY)
TITLE_EN: Final = Type(10.5, 15, ink=NAVY)
SUBTITLE: Final = Type(8.5, 13, ink=GREY)
SECTION: Final = Type(10.5, 15, bold=True, ink=NAVY)
LABEL: Final = Type(8.5, 11.5, ink=NAVY)
LABEL_EN: Final = Type(7, 9.5, ink=GREY)
BODY: Final = Type(9, 13)
STRONG: Final = Type(9, 13, bold=True)
WARNING: Final = Type(9, 13, bold=True, ink=AMBER)
SMALL: Final = Type(7.5, 10, ink=GREY)
LETTERHEAD: Final = Type(11, 14, bold=True, ink=NAVY)
BAND: Final = Type(7.5, 10, bold=True, ink=AMBER)

DEED: Final = Type(7.9, 10.2)
"""Instruments are set closely: what binds stands on as few pages as can be read."""
DEED_STRONG: Final = Type(7.9, 10.2, bold=True)
DEED_WARNING: Final = Type(7.9, 10.2, bold=True, ink=AMBER)
DEED_LABEL: Final = Type(7.4, 9.8, ink=NAVY)
DEED_GAP: Final = 6.0
DEED_WHOLE: Final = 90.0
"""Blocks of a deed higher than this may be parted, points."""
FINE: Final = Type(6.6, 8.6, ink=GREY)
FINEST: Final = Type(5.8, 7.8, ink=GREY)
"""Where an address would else be broken; nothing is set smaller."""
CODE_SIDE: Final = 76.0
"""Side of a QR code with its quiet zone: 27 mm."""
