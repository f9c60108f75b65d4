"""Setting of what proves a paper: the box for the seal, and the code by which it is checked."""

from typing import Final

from documents.blocks import Code, Seal, written
from documents.grid import Cell, Grid, Row, cell
from documents.setting.address import whole
from documents.setting.heading import both
from documents.sheet import (
    BODY,
    BODY_WIDTH,
    CODE_SIDE,
    FINE,
    FINEST,
    LABEL,
    LABEL_EN,
    RULE,
    SMALL,
    STRONG,
    Type,
)

CODE_WIDTH: Final = 250.0
"""Room for the code and under it an address of 70 characters or a hash on one line, points."""
SEAL_HEIGHT: Final = 119.0
"""Room for a round seal of 42 mm, points."""


def set_code(block: Code) -> Grid:
    """Set a code on the left and beside it what it holds, never parted."""
    room = BODY_WIDTH - CODE_SIDE - 12
    beside = (*both(block.label, LABEL, LABEL_EN), *_said(block, room, (SMALL, FINE)))
    picture = cell(CODE_SIDE + 12, code=block.url)
    cells = (picture, cell(room, *beside, middle=True))
    return Grid((), (Row(cells, below=None, frame=RULE),))


def set_seal(block: Seal) -> Grid:
    """Set the box of one party, its seal room free, and the code on the right; never parted."""
    code = () if block.code is None else (_code(block.code),)
    room = BODY_WIDTH - sum(one.width for one in code)
    row = Row(
        (_party(block, room), *code), below=None, frame=RULE, parted=True, least=SEAL_HEIGHT, pad=3
    )
    return Grid((), (row,), gap=9)


def _party(block: Seal, room: float) -> Cell:
    label, name = block.party
    lines = [
        (written(label), LABEL),
        (written(name), STRONG),
        (f"签署地点 Place: {written(block.place)}", BODY),
        (f"签署日期 Date: {written(block.on)}", BODY),
    ]
    if block.signatory is not None:
        lines.append((f"有权签字人 Authorised signatory: {written(block.signatory)}", BODY))
    return cell(room, *lines, ("（盖章处 Seal）", SMALL))


def _code(block: Code) -> Cell:
    said = _said(block, CODE_WIDTH, (FINE, FINEST))
    label = (written(block.label), FINE)
    return cell(CODE_WIDTH, label, *said, align="center", code=block.url)


def _said(block: Code, room: float, types: tuple[Type, ...]) -> tuple[tuple[str, Type], ...]:
    """Set the address and the lines under it; what has no space in it stays whole if it can."""
    lines = ((line, types[0]) if " " in line else whole(line, room, types) for line in block.lines)
    return whole(block.url, room, types), *lines
