"""A bank's statement of a loan account, read line by line; each unreadable line is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from claims.rules.transcript.amounts import UnreadError, read_amount, read_day
from claims.rules.transcript.layout import SUBTOTAL, TOTAL, Layout, kind_named, layout_of
from claims.rules.transcript.line import LineKind, Statement, StatementLine
from claims.rules.transcript.sheet import rows_of
from claims.rules.transcript.workbook import day_of_serial
from kernel.errors import Fault, Invalid

MOST_FAULTS = 100
"""Lines that are named at most; of more, only the count is."""


@dataclass(frozen=True, slots=True)
class Read:
    """A statement as read.

    Attributes:
        statement: its lines.
        encoding: `utf-8`, `gb18030` or `xlsx`.
    """

    statement: Statement
    encoding: str


def read_statement(
    content: bytes, currency: str, *, columns: Mapping[str, str] | None = None
) -> Read:
    """Read a statement.

    Args:
        content: of a CSV or XLSX file.
        currency: of every amount.
        columns: column -> its heading in this file, where the bank calls it otherwise.

    Raises:
        Invalid: the file is no statement, or lines of it cannot be read; each is named.
    """
    rows, encoding = rows_of(content)
    layout = layout_of(rows, columns or {})
    lines: list[StatementLine] = []
    faults: list[Fault] = []
    totals: tuple[int | None, int | None] = (None, None)
    for number, row in rows:
        if number <= layout.heading:
            continue
        try:
            named = kind_named(_kind(row, layout))
            if named == TOTAL:
                totals = _totals(row, layout, currency)
            elif named != SUBTOTAL:
                lines.append(_line(number, row, layout, currency))
        except UnreadError as unread:
            faults.append(Fault(f"line {number}", unread.problem, unread.cure))
    refuse(faults)
    if not lines:
        cure = "send the bank's statement of the loan account"
        raise Invalid("transcript", Fault("file", "has no line under its heading", cure))
    return Read(Statement(tuple(lines), *totals), encoding)


def refuse(faults: list[Fault]) -> None:
    """Refuse a statement for its lines, the first of them named; nothing where there is none.

    Raises:
        Invalid: there is a fault.
    """
    if not faults:
        return
    more = len(faults) - MOST_FAULTS
    if more > 0:
        faults = faults[:MOST_FAULTS]
        faults.append(Fault("file", f"{more} more lines are wrong", "mend these first"))
    raise Invalid("transcript", *faults)


def _kind(row: tuple[str, ...], layout: Layout) -> str:
    """Return what a row is for; a total may stand where the day does."""
    day = layout.cell(row, "date")
    return day if kind_named(day) in (TOTAL, SUBTOTAL) else layout.cell(row, "kind")


def _totals(row: tuple[str, ...], layout: Layout, currency: str) -> tuple[int | None, int | None]:
    """Return the total of each side; None where it is left empty: not stated is not nought."""
    debit, credit = (layout.cell(row, name) for name in ("debit", "credit"))
    return (
        read_amount(debit, currency) if debit else None,
        read_amount(credit, currency) if credit else None,
    )


def _amounts(row: tuple[str, ...], layout: Layout, currency: str) -> tuple[int, int]:
    debit, credit = (layout.cell(row, name) for name in ("debit", "credit"))
    return read_amount(debit, currency), read_amount(credit, currency)


def _line(number: int, row: tuple[str, ...], layout: Layout, currency: str) -> StatementLine:
    on = read_day(day_of_serial(layout.cell(row, "date")))
    said = layout.cell(row, "kind")
    named = kind_named(said)
    if named is None:
        known = ", ".join(LineKind)
        raise UnreadError(f"{said[:40]!r} is no kind of line", f"call it one of {known}")
    kind = LineKind(named)
    debit, credit = _amounts(row, layout, currency)
    for problem, cure in _wrong(kind, debit, credit):
        raise UnreadError(problem, cure)
    balance = layout.cell(row, "balance")
    return StatementLine(
        number, on, kind, debit, credit, read_amount(balance, currency) if balance else None
    )


def _wrong(kind: LineKind, debit: int, credit: int) -> Iterator[tuple[str, str]]:
    if not debit and not credit:
        yield "moves nothing", "state a debit or a credit above nought"
    elif debit and credit:
        yield "moves both ways", "state a debit or a credit, a line each"
    elif (kind is LineKind.REPAYMENT) != bool(credit):
        side = "credit" if kind is LineKind.REPAYMENT else "debit"
        yield f"{kind.value} stands on the wrong side", f"state it as a {side}"
