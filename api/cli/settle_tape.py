"""`zhibao settle-tape`: every loss of a table shared under one scheme, one after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.cli.opening import read_opening
from api.cli.progress import telling
from api.cli.tape_columns import LINES, Columns
from claims.rules.tape.in_turn import Taped, settled_in_turn
from claims.rules.tape.totals import Sums, by_vintage
from claims.rules.transcript.amounts import UnreadError, read_amount
from kernel.errors import Fault, Invalid, invalid
from kernel.money import format_minor, parse_minor
from kernel.sharing import Loss, Scheme, Split
from models.tape import need, read_tape
from underwriting.schemes import load_schemes

if TYPE_CHECKING:
    import polars as pl

_FAULTS_SHOWN: Final = 20
_TOLD_EVERY: Final = 500


def run_settle_tape(
    table: Path,
    code: str,
    columns: Columns,
    *,
    currency: str,
    opening: Path | None,
    schemes: Path | None,
    out: Path | None,
) -> dict[str, Any]:
    """Share every loss of a table and return sums by vintage; with `out`, write each row's parts.

    Raises:
        Invalid: the scheme, the table, a column, an amount or the opening cannot be used; rows are
            named, and nothing is written then.
    """
    scheme = _scheme(code, schemes)
    frame = read_tape(table)
    for option, column in columns.named().items():
        need(frame, [column], option)
    rows = _rows(frame, columns, currency)
    taken = sorted((row for row in rows if row.taped.loss.total), key=lambda row: row.order)
    shared = _shared(scheme, taken, opening, currency)
    sums = by_vintage((row.vintage, one) for row, one in zip(taken, shared, strict=True))
    if out is not None:
        _write(scheme, [(row.number, one) for row, one in zip(taken, shared, strict=True)], out)
    every = by_vintage(("all", one) for one in shared)
    return {
        "scheme": scheme.code,
        "currency": currency,
        "rows": len(rows),
        "losses": len(taken),
        "without_loss": len(rows) - len(taken),
        "vintages": [_stated(name, one, currency) for name, one in sums.items()],
        "all": _stated("all", every.get("all", Sums()), currency),
        "out": None if out is None else str(out),
    }


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    vintage: str
    order: tuple[date, int]
    taped: Taped


def _scheme(code: str, folder: Path | None) -> Scheme:
    known = load_schemes(folder, may_replace=True)
    if code not in known:
        raise invalid("--scheme", f"{code!r} names no scheme", f"use one of {', '.join(known)}")
    return known[code].scheme


def _rows(frame: "pl.DataFrame", columns: Columns, currency: str) -> list[_Row]:
    """Read every row; all that cannot be read are named at once."""
    rows, faults = [], []
    wanted = list(dict.fromkeys(columns.named().values()))
    for number, found in enumerate(frame.select(wanted).iter_rows(named=True), start=1):
        try:
            rows.append(_row(number, found, columns, currency))
        except Invalid as refused:
            faults += [
                Fault(f"row {number}: {one.field}", one.problem, one.cure) for one in refused.faults
            ]
    if faults:
        raise Invalid("tape-not-read", *faults[:_FAULTS_SHOWN])
    return rows


def _row(number: int, found: Mapping[str, Any], columns: Columns, currency: str) -> _Row:
    lines = [_minor(found, getattr(columns, line), currency) or 0 for line in LINES]
    loan = _minor(found, columns.loan, currency)
    day = _day(found, columns.on) if columns.on and any(lines) else date.min
    vintage = "all" if columns.by is None else str(found[columns.by])
    taped = Taped(
        day.year,
        loan,
        Loss(lines[0], lines[1], lines[2], currency),
        _share(found, columns.ip_share),
        None if columns.tier is None or found[columns.tier] is None else str(found[columns.tier]),
    )
    return _Row(number, vintage, (day, number), taped)


def _minor(found: Mapping[str, Any], column: str | None, currency: str) -> int | None:
    """Read an amount exactly as it is written; a float by its shortest decimal.

    A column that holds one cell such as "1,234.50" comes as text, all of it. Texts are read as a
    bank's statement is: a comma groups thousands and never sets decimals apart.

    Raises:
        Invalid: it is no amount of the currency, or below nought.
    """
    value = None if column is None else found[column]
    if value is None:
        return None
    assert column is not None, "a value stands in a column"
    if isinstance(value, str):
        return _written(value.strip(), currency, column)
    try:
        exact = Decimal(str(value))
        text = format(exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact, "f")
    except InvalidOperation:
        raise invalid(column, f"{value!r} is no amount", "give a number") from None
    return parse_minor(text, currency, column)


def _written(text: str, currency: str, column: str) -> int | None:
    """Read the text of a cell; an empty one is blank, which is not nought."""
    try:
        return read_amount(text, currency) if text else None
    except UnreadError as unread:
        raise invalid(column, unread.problem, unread.cure) from None


def _share(found: Mapping[str, Any], column: str | None) -> Fraction | None:
    value = None if column is None else found[column]
    if value is None:
        return None
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        assert column is not None, "a value stands in a column"
        raise invalid(column, f"{value!r} is no share", "give one from 0 to 1") from None


def _day(found: Mapping[str, Any], column: str) -> date:
    value = found[column]
    if value is None:
        raise invalid(column, "is blank, and the row has a loss", "give the day of settlement")
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise invalid(column, f"{value!r} is no day", "give YYYY-MM-DD") from None


def _shared(
    scheme: Scheme, rows: Sequence[_Row], opening: Path | None, currency: str
) -> list[Split]:
    at_first = read_opening(opening, currency)
    with telling() as tell:
        found = settled_in_turn(scheme, (row.taped for row in rows), at_first)
        return list(_told(found, rows, tell))


def _told(found: Iterator[Split], rows: Sequence[_Row], tell: Any) -> Iterator[Split]:
    for done, row in enumerate(rows, start=1):
        try:
            yield next(found)
        except Invalid as refused:
            raise Invalid("tape-not-settled", *_of_row(row, refused.faults)) from None
        if done % _TOLD_EVERY == 0 or done == len(rows):
            tell("settling", done, len(rows))


def _of_row(row: _Row, faults: Sequence[Fault]) -> list[Fault]:
    """Name the row where a fact of the loan is missing; what else is missing is of the opening."""
    return [
        Fault(f"row {row.number}: {one.field}", one.problem, one.cure)
        if one.field.startswith("loan.")
        else one
        for one in faults
    ]


def _stated(name: str, sums: Sums, currency: str) -> dict[str, Any]:
    """Return a vintage as it is printed: amounts as texts, shares to six places."""
    return {
        "vintage": name,
        "losses": sums.losses,
        "loss": format_minor(sums.total, currency),
        "ineligible": format_minor(sums.ineligible, currency),
        "uncovered": format_minor(sums.uncovered, currency),
        "paid": {party: format_minor(minor, currency) for party, minor in sums.paid.items()},
        "share_of_loss": {party: round(float(sums.share(party)), 6) for party in sums.paid},
    }


def _write(scheme: Scheme, shared: Sequence[tuple[int, Split]], out: Path) -> None:
    import polars as pl  # noqa: PLC0415 - only who writes a table pays for the library

    table: dict[str, list[Any]] = {"row": [number for number, _ in shared]}
    for party in scheme.parties:
        table[party] = [format_minor(one.paid_by(party), one.currency) for _, one in shared]
    for name in ("uncovered", "ineligible"):
        table[name] = [format_minor(getattr(one, name), one.currency) for _, one in shared]
    frame = pl.DataFrame(table).sort("row")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix.lower() in (".parquet", ".pq"):
            frame.write_parquet(out)
        else:
            frame.write_csv(out)
    except OSError as error:
        cure = "name a file that can be written"
        raise invalid("--out", f"{out.name}: {error.strerror}", cure) from None
