"""Setting of facts: two to a line where both are short."""

from dataclasses import dataclass
from typing import Final

from documents.blocks import NOTHING, Fact, Facts, Label, written
from documents.fonts import width
from documents.grid import Cell, Grid, Row, cell
from documents.setting.heading import both, headings
from documents.sheet import (
    BODY,
    BODY_WIDTH,
    DEED,
    DEED_GAP,
    DEED_LABEL,
    DEED_STRONG,
    DEED_WHOLE,
    LABEL,
    LABEL_EN,
    PAD_X,
    PAD_Y,
    PALE,
    RULE,
    STRONG,
    Type,
)
from documents.words import in_chinese, in_english
from kernel.money import Money

HALF: Final = BODY_WIDTH / 2


@dataclass(frozen=True, slots=True)
class Hand:
    """How facts and tables are set.

    Attributes:
        zh: Chinese labels; where `en` is None the English ones as well, on the same line.
        en: English labels below the Chinese.
        words: what the labels say.
        strong: the same where it must stand out.
        label_width: room for a label, points.
        pad: space above and below, points.
    """

    zh: Type
    en: Type | None
    words: Type
    strong: Type
    label_width: float
    pad: float

    def label(self, label: Label) -> tuple[tuple[str, Type], ...]:
        """A label as it stands before a fact or over a column."""
        if self.en is None:
            return ((written(label), self.zh),)
        return both(label, self.zh, self.en)


PLAIN: Final = Hand(LABEL, LABEL_EN, BODY, STRONG, 96.0, PAD_Y)
CLOSE: Final = Hand(DEED_LABEL, None, DEED, DEED_STRONG, 100.0, 1.7)


def set_facts(block: Facts) -> Grid:
    """Set a box of labels on a pale ground and their values."""
    first, again = headings(block.heading)
    if block.deed:
        rows = tuple(_rows(block.facts, CLOSE))
        return Grid((first,), rows, (again,), gap=DEED_GAP, whole=DEED_WHOLE)
    return Grid((first,), tuple(_rows(block.facts, PLAIN)), (again,))


def _rows(facts: tuple[Fact, ...], hand: Hand) -> list[Row]:
    rows: list[Row] = []
    left: Fact | None = None
    for fact in facts:
        if left is None:
            left = fact
        elif _is_short(left, hand) and _is_short(fact, hand):
            rows.append(_row(_pair(left, HALF, hand) + _pair(fact, HALF, hand), hand))
            left = None
        else:
            rows.append(_row(_pair(left, BODY_WIDTH, hand), hand))
            left = fact
    return rows if left is None else [*rows, _row(_pair(left, BODY_WIDTH, hand), hand)]


def _is_short(fact: Fact, hand: Hand) -> bool:
    text = written(fact.value)
    room = HALF - hand.label_width - 2 * PAD_X
    return not fact.in_words and "\n" not in text and width(text, hand.words.size) <= room


def _row(cells: tuple[Cell, ...], hand: Hand) -> Row:
    return Row(cells, below=RULE, pad=hand.pad)


def _pair(fact: Fact, room: float, hand: Hand) -> tuple[Cell, Cell]:
    struck = hand is CLOSE and written(fact.value) == NOTHING
    said = cell(room - hand.label_width, *_said(fact, hand), middle=True, struck=struck)
    return cell(hand.label_width, *hand.label(fact.label), fill=PALE, middle=True), said


def _said(fact: Fact, hand: Hand) -> tuple[tuple[str, Type], ...]:
    """What stands beside the label; an amount in words is written from its one integer."""
    text = written(fact.value)
    if fact.in_words and isinstance(fact.value, Money):
        zh, en = in_chinese(fact.value), in_english(fact.value)
        if hand is CLOSE:
            return (text, hand.strong), (f"{zh}　{en}", hand.words)
        return (text, hand.strong), (zh, hand.words), (en, hand.words)
    return ((text, hand.words),)
