"""The heading that stands over a block, and again after a page break."""

from documents.blocks import NOTHING, Label, written
from documents.grid import Row, cell
from documents.sheet import BODY_WIDTH, NAVY, SECTION, SUBTITLE, Type


def heading(label: Label, mark: str = "") -> Row:
    """Set a section's heading over a dark rule; `mark` tells a continuation."""
    parts = [(f"{written(label)}{mark}", SECTION)]
    return Row((cell(BODY_WIDTH, *parts),), below=NAVY)


def headings(label: Label) -> tuple[Row, Row]:
    """Return the heading as it stands first, and as it stands on later pages."""
    return heading(label), heading(label, "（续 continued）")


def aside(text: str) -> Row:
    """Set one quiet line, such as 'none'."""
    return Row((cell(BODY_WIDTH, (text, SUBTITLE)),))


def both(label: Label, zh: Type, en: Type) -> tuple[tuple[str, Type], ...]:
    """Set Chinese above English, each in its own type; once where they are the same."""
    return tuple(zip(label.words or (NOTHING,), (zh, en), strict=False))
