"""Setting of tables: columns as wide as they need, headings on every page, totals in bold."""

from dataclasses import dataclass
from typing import Self

from documents.blocks import NOTHING, Findings, Label, Listing, Value, written
from documents.grid import Cell, Grid, Row, cell
from documents.setting.columns import share_out
from documents.setting.facts import CLOSE, PLAIN, Hand
from documents.setting.heading import aside, both, headings
from documents.sheet import BODY_WIDTH, DEED_GAP, GAP, NAVY, PALE, Type
from kernel.money import Money

FINDING_COLUMNS = (
    Label("代码", "Code"),
    Label("认定", "Finding"),
    Label("依据条款", "Clause"),
    Label("补正办法", "Cure"),
)

Words = tuple[tuple[str, Type], ...]


def set_findings(block: Findings) -> Grid:
    """Set the findings as a table."""
    rows = tuple((one.code, one.words, one.clause, one.cure) for one in block.findings)
    return set_listing(Listing(block.heading, FINDING_COLUMNS, rows, deed=block.deed))


def set_listing(block: Listing) -> Grid:
    """Set a table, or its heading and one line when it has no rows."""
    first, again = headings(block.heading)
    if not block.rows and block.total is None:
        return Grid((first,), (aside(written(block.empty)),), (again,))
    hand = CLOSE if block.deed else PLAIN
    columns = _Columns.of(block, hand)
    names = Row(columns.cells(_names(block, hand), filled=True), below=NAVY, pad=hand.pad)
    body = [
        Row(columns.cells([_words(value, hand) for value in row], deed=block.deed), pad=hand.pad)
        for row in block.rows
    ]
    if block.total is not None:
        sums = [_words(value, hand, hand.strong) if value != "" else () for value in block.total]
        body.append(Row(columns.cells(sums, filled=True), above=NAVY, below=NAVY, pad=hand.pad))
    together = 2 if block.total is not None and block.rows else 1
    gap = DEED_GAP if block.deed else GAP
    return Grid((first, names), tuple(body), (again, names), gap=gap, together=together)


def _names(block: Listing, hand: Hand) -> list[Words]:
    return [hand.label(label) for label in block.columns]


def _words(value: Value, hand: Hand, kind: Type | None = None) -> Words:
    if isinstance(value, Label):
        if hand.en is None:
            return ((written(value), kind or hand.words),)
        return both(value, kind or hand.words, hand.en)
    return ((written(value), kind or hand.words),)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Width of each column in points, and whether amounts stand in it."""

    widths: list[float]
    is_money: list[bool]

    @classmethod
    def of(cls, block: Listing, hand: Hand) -> Self:
        rows = (*block.rows, block.total) if block.total else block.rows
        texts = [_sized(words) for words in _names(block, hand)]
        for row in rows:
            for column, value in zip(texts, row, strict=True):
                column.extend(_sized(_words(value, hand)))
        is_money = [
            any(isinstance(value, Money) for value in column) for column in zip(*rows, strict=True)
        ]
        return cls(share_out(texts, is_money, BODY_WIDTH), is_money)

    def cells(
        self, row: list[Words], *, filled: bool = False, deed: bool = False
    ) -> tuple[Cell, ...]:
        """Set one row."""
        return tuple(
            cell(
                room,
                *words,
                align="right" if money else "left",
                fill=PALE if filled else None,
                struck=deed and bool(words) and words[0][0] == NOTHING,
            )
            for room, money, words in zip(self.widths, self.is_money, row, strict=True)
        )


def _sized(words: Words) -> list[tuple[str, float]]:
    return [(text, kind.size) for text, kind in words]
