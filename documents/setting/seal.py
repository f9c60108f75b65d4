"""Setting of what proves a paper: the box for the seal, and the code by which it is checked."""

from typing import Final

from documents.blocks import Code, Seal, written
from documents.grid import Cell, Grid, Row, cell
from documents.sheet import BODY, BODY_WIDTH, CODE_SIDE, FINE, LABEL, LABEL_EN, RULE, SMALL, STRONG

CODE_WIDTH: Final = 200.0
"""Room for the code and the address under it, points."""
SEAL_HEIGHT: Final = 119.0
"""Room for a round seal of 42 mm, points."""


def set_code(block: Code) -> Grid:
    """Set a code on the left and beside it what it holds, never parted."""
    beside = (
        (block.label.zh, LABEL),
        (block.label.en, LABEL_EN),
        (block.url, SMALL),
        *((line, SMALL) for line in block.lines),
    )
    picture = cell(CODE_SIDE + 12, code=block.url)
    cells = (picture, cell(BODY_WIDTH - CODE_SIDE - 12, *beside, middle=True))
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
    words = (f"{block.label.zh} {block.label.en}", FINE), (block.url, FINE)
    return cell(
        CODE_WIDTH, *words, *((line, FINE) for line in block.lines), align="center", code=block.url
    )
