"""Setting of tables: columns as wide as they need, headings on every page, totals in bold."""

from dataclasses import dataclass
from typing import Self

from documents.blocks import Findings, Label, Listing, Value, written
from documents.grid import Cell, Grid, Row, cell
from documents.setting.columns import share_out
from documents.setting.heading import aside, headings
from documents.sheet import BODY, BODY_WIDTH, LABEL, LABEL_EN, NAVY, PALE, STRONG, Type
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
    return set_listing(Listing(block.heading, FINDING_COLUMNS, rows))


def set_listing(block: Listing) -> Grid:
    """Set a table, or its heading and one line when it has no rows."""
    first, again = headings(block.heading)
    if not block.rows and block.total is None:
        return Grid((first,), (aside(written(block.empty)),), (again,))
    columns = _Columns.of(block)
    names = Row(columns.cells(_names(block), filled=True), below=NAVY)
    body = [Row(columns.cells([_words(value) for value in row])) for row in block.rows]
    if block.total is not None:
        sums = [_words(value, STRONG) if value != "" else () for value in block.total]
        body.append(Row(columns.cells(sums, filled=True), above=NAVY, below=NAVY))
    together = 2 if block.total is not None and block.rows else 1
    return Grid((first, names), tuple(body), (again, names), together=together)


def _names(block: Listing) -> list[Words]:
    return [((label.zh, LABEL), (label.en, LABEL_EN)) for label in block.columns]


def _words(value: Value, kind: Type = BODY) -> Words:
    if isinstance(value, Label):
        return (value.zh, kind), (value.en, LABEL_EN)
    return ((written(value), kind),)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Width of each column in points, and whether amounts stand in it."""

    widths: list[float]
    is_money: list[bool]

    @classmethod
    def of(cls, block: Listing) -> Self:
        rows = (*block.rows, block.total) if block.total else block.rows
        texts = [_sized(words) for words in _names(block)]
        for row in rows:
            for column, value in zip(texts, row, strict=True):
                column.extend(_sized(_words(value)))
        is_money = [
            any(isinstance(value, Money) for value in column) for column in zip(*rows, strict=True)
        ]
        return cls(share_out(texts, is_money, BODY_WIDTH), is_money)

    def cells(self, row: list[Words], *, filled: bool = False) -> tuple[Cell, ...]:
        """Set one row."""
        return tuple(
            cell(
                room,
                *words,
                align="right" if money else "left",
                fill=PALE if filled else None,
            )
            for room, money, words in zip(self.widths, self.is_money, row, strict=True)
        )


def _sized(words: Words) -> list[tuple[str, float]]:
    return [(text, kind.size) for text, kind in words]
