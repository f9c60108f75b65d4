"""A statement or report as it leaves the house: its figures, and what changed since the last."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar, Final

from documents.blocks import Block, Fact, Facts, Label, Listing, Note, Title

_COLUMNS: Final = (Label("指标", "Figure"), Label("数值", "Value"), Label("备注", "Remark"))
_LINES: Final = Label("逐项", "Line by line")
_FEW: Final = 4
"""Figures that have room beside their row in one line."""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure: what it is, what it comes to, and what is left out of it."""

    zh: str
    en: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """The figures of one row."""

    name: str
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A figure that is other than in the edition before."""

    row: str
    zh: str
    en: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """One edition of a statement or report.

    Attributes:
        number: of this edition.
        insurer_name: who issues it.
        issued_on: when.
        subject_zh: what is reported, in Chinese.
        subject_en: the same in English.
        whom: whom or what it is of.
        opens_on: first day of the period.
        closes_on: last day of it.
        edition: 1, 2, 3 …
        clause: the rule that it answers.
        source: of that rule, with its grade.
        rows: every figure.
        changes: since the edition before.
        notes: how the figures are to be read.
    """

    title: ClassVar[Label] = Label("报表", "Report")

    number: str
    insurer_name: str
    issued_on: date
    subject_zh: str
    subject_en: str
    whom: str
    opens_on: date
    closes_on: date
    edition: int
    clause: str
    source: str
    rows: tuple[PrintedRow, ...]
    changes: tuple[PrintedChange, ...]
    notes: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What it is of, what changed, then row by row."""
        return (
            Title(Label(self.subject_zh, self.subject_en), self.whom),
            self._head(),
            *((self._changed(),) if self.edition > 1 else ()),
            *(block for run in _runs(self.rows) for block in _listings(run)),
            Note(Label("说明", "Notes"), self.notes, deed=True),
        )

    def _head(self) -> Facts:
        return Facts(
            Label("报表", "Report"),
            (
                Fact(Label("对象", "Of"), self.whom),
                Fact(Label("期间", "Period"), f"{self.opens_on} 至 to {self.closes_on}"),
                Fact(Label("版次", "Edition"), self.edition),
                Fact(Label("出具日期", "Issued on"), self.issued_on),
                Fact(Label("依据", "Rule"), self.clause),
                Fact(Label("来源", "Source"), self.source),
            ),
        )

    def _changed(self) -> Listing:
        rows = tuple(
            (one.row, Label(one.zh, one.en), one.before, one.after) for one in self.changes
        )
        columns = (
            Label("行", "Row"),
            Label("指标", "Figure"),
            Label("上一版", "Edition before"),
            Label("本版", "This edition"),
        )
        heading = Label("与上一版的差异", "Changed since the edition before")
        return Listing(heading, columns, rows)


def _listing(row: PrintedRow) -> Listing:
    rows = tuple((Label(one.zh, one.en), one.words, one.note) for one in row.figures)
    return Listing(Label(row.name, row.name), _COLUMNS, rows)


def _runs(rows: tuple[PrintedRow, ...]) -> tuple[tuple[PrintedRow, ...], ...]:
    """Return rows that follow on and can stand in one table, together."""
    return tuple(tuple(each) for _, each in groupby(rows, key=_kind))


def _kind(row: PrintedRow) -> tuple[str, ...]:
    """Return what rows of one table have in common: one figure each, or the same few figures."""
    if len(row.figures) == 1:
        return ("one",)
    if len(row.figures) <= _FEW and not any(one.note for one in row.figures):
        return tuple(one.en for one in row.figures)
    return ("apart", row.name)


def _listings(run: tuple[PrintedRow, ...]) -> tuple[Listing, ...]:
    """Return rows of one kind as one table; a row by itself has a table of its own."""
    if len(run) == 1:
        return (_listing(run[0]),)
    first = run[0].figures
    if len(first) == 1:
        columns = (Label("行", "Row"), *_COLUMNS)
        single = (
            (row.name, Label(one.zh, one.en), one.words, one.note)
            for row in run
            for one in row.figures
        )
        return (Listing(_LINES, columns, tuple(single)),)
    named = (Label("行", "Row"), *(Label(one.zh, one.en) for one in first))
    rows = tuple((row.name, *(one.words for one in row.figures)) for row in run)
    return (Listing(_LINES, named, rows),)
