"""Setting of running text: titles, banners, clauses, notes and the room for signatures."""

from documents.blocks import Banner, Clause, Clauses, Label, Note, Signature, Title, written
from documents.fonts import width
from documents.grid import Cell, Grid, Row, cell
from documents.setting.heading import both, headings
from documents.sheet import (
    AMBER,
    BLACK,
    BODY,
    BODY_WIDTH,
    CREAM,
    DEED,
    DEED_GAP,
    DEED_STRONG,
    DEED_WARNING,
    GAP,
    GREEN,
    LABEL,
    LABEL_EN,
    NAVY,
    PAD_X,
    PALE,
    RED,
    RULE,
    SMALL,
    STRONG,
    SUBTITLE,
    TITLE,
    TITLE_EN,
    WARNING,
    Ink,
    Type,
)

SEAL_HEIGHT = 92.0
"""Room for a round seal of 42 mm less its overlap with the text, points."""

DEED_SIDE = 88.0
"""Room for the heading beside a clause of a deed, points."""

_TONES: dict[str, tuple[Ink, Ink]] = {
    "good": (GREEN, (0.92, 0.97, 0.94)),
    "care": (AMBER, CREAM),
    "bad": (RED, (0.99, 0.93, 0.93)),
    "plain": (NAVY, PALE),
}


def set_title(block: Title) -> Grid:
    """Set the document's name in the middle, Chinese above English."""
    parts = [*both(block.label, TITLE, TITLE_EN)]
    if block.subtitle:
        parts.append((block.subtitle, SUBTITLE))
    return Grid((), (Row((cell(BODY_WIDTH, *parts, align="center"),), below=None),))


def set_banner(block: Banner) -> Grid:
    """Set a framed strip: what it is on the left, what it says on the right."""
    ink, ground = _TONES[block.tone]
    said = [
        (block.value, Type(13, 18, bold=True, ink=ink)),
        *((line, BODY) for line in block.lines),
    ]
    cells = (
        cell(118, *both(block.label, LABEL, LABEL_EN), fill=ground, middle=True),
        cell(BODY_WIDTH - 118, *said, fill=ground, middle=True),
    )
    return Grid((), (Row(cells, below=None, frame=ink, pad=6),))


def set_clauses(block: Clauses) -> Grid:
    """Set clauses by number; those that take cover away stand bold in a box."""
    first, again = headings(block.heading)
    one, gap = (_deed_clause, DEED_GAP) if block.deed else (_clause, GAP)
    rows = tuple(one(number, clause) for number, clause in enumerate(block.clauses, start=1))
    return Grid((first,), rows, (again,), gap=gap)


def _clause(number: int, clause: Clause) -> Row:
    mark = "【免责提示 Exemption】" if clause.is_exemption else ""
    head, words = (WARNING, STRONG) if clause.is_exemption else (STRONG, BODY)
    text = cell(
        BODY_WIDTH,
        (f"{number}. {clause.heading}{mark}", head),
        (clause.text, words),
        fill=CREAM if clause.is_exemption else None,
    )
    return Row((text,), below=None, frame=AMBER if clause.is_exemption else None, pad=5)


def _deed_clause(number: int, clause: Clause) -> Row:
    """Set one clause closely, its heading beside it."""
    exempt = clause.is_exemption
    head = DEED_WARNING if exempt else DEED_STRONG
    mark = [("免责提示 Exemption", head)] if exempt else []
    ground = CREAM if exempt else None
    side = cell(DEED_SIDE, (f"{number}. {clause.heading}", head), *mark, fill=ground or PALE)
    words = cell(BODY_WIDTH - DEED_SIDE, (clause.text, head if exempt else DEED), fill=ground)
    frame = AMBER if exempt else None
    return Row((side, words), below=None if exempt else RULE, frame=frame, pad=1.5)


def set_note(block: Note) -> Grid | None:
    """Set numbered lines; None when there are none."""
    if not block.lines:
        return None
    first, again = headings(block.heading)
    words, gap = (DEED, DEED_GAP) if block.deed else (BODY, GAP)
    side = width(f"{len(block.lines)}0.", words.size) + 2 * PAD_X
    rows = tuple(
        Row(
            (cell(side, (f"{n}.", words)), cell(BODY_WIDTH - side, (line, words))),
            below=None,
            pad=1.5,
        )
        for n, line in enumerate(block.lines, start=1)
    )
    return Grid((first,), rows, (again,), gap=gap)


def set_signature(block: Signature) -> Grid:
    """Set one box a party with room for its seal, then place and date; never parted."""
    room = BODY_WIDTH / len(block.parties)
    boxes = tuple(_party(room, label, name) for label, name in block.parties)
    names = Row(boxes, below=None, frame=RULE, parted=True)
    seals = Row(
        tuple(
            cell(room, ("盖章及授权代表签字 Seal and authorised signature", SMALL)) for _ in boxes
        ),
        below=None,
        frame=RULE,
        parted=True,
        least=SEAL_HEIGHT,
    )
    words = f"签署地点 Place: {written(block.place)}　　签署日期 Date: {written(block.on)}"
    place = Row((cell(BODY_WIDTH, (words, BODY)),), below=None)
    return Grid((), (names, seals, place), gap=20, together=3)


def _party(room: float, label: Label, name: str) -> Cell:
    strong = Type(9, 13, bold=True, ink=BLACK)
    return cell(room, *both(label, LABEL, LABEL_EN), (written(name), strong))
