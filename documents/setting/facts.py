"""Setting of facts: two to a line where both are short."""

from documents.blocks import Fact, Facts, written
from documents.fonts import width
from documents.grid import Cell, Grid, Row, cell
from documents.setting.heading import headings
from documents.sheet import BODY, BODY_WIDTH, LABEL, LABEL_EN, PAD_X, PALE, RULE

LABEL_WIDTH = 96.0
HALF = BODY_WIDTH / 2


def set_facts(block: Facts) -> Grid:
    """Set a box of labels on a pale ground and their values."""
    first, again = headings(block.heading)
    return Grid((first,), tuple(_rows(block.facts)), (again,))


def _rows(facts: tuple[Fact, ...]) -> list[Row]:
    rows: list[Row] = []
    left: Fact | None = None
    for fact in facts:
        if left is None:
            left = fact
        elif _is_short(left) and _is_short(fact):
            rows.append(_row(_pair(left, HALF) + _pair(fact, HALF)))
            left = None
        else:
            rows.append(_row(_pair(left, BODY_WIDTH)))
            left = fact
    return rows if left is None else [*rows, _row(_pair(left, BODY_WIDTH))]


def _is_short(fact: Fact) -> bool:
    text = written(fact.value)
    return "\n" not in text and width(text, BODY.size) <= HALF - LABEL_WIDTH - 2 * PAD_X


def _row(cells: tuple[Cell, ...]) -> Row:
    return Row(cells, below=RULE)


def _pair(fact: Fact, room: float) -> tuple[Cell, Cell]:
    words = ((fact.label.zh, LABEL), (fact.label.en, LABEL_EN))
    return (
        cell(LABEL_WIDTH, *words, fill=PALE, middle=True),
        cell(room - LABEL_WIDTH, (written(fact.value), BODY), middle=True),
    )
