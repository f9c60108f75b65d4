"""Rows of the frozen figures as a receipt shows them: key, value, source, grade, unverified."""

from collections.abc import Iterable
from typing import Any

from models.right.book import AgeBand, Multiplier
from models.severity.published import Ceiling, Exchange, Rate, SeverityRow, Stage

Row = SeverityRow | Rate | Stage | Ceiling | Exchange | Multiplier | AgeBand


def row_json(row: Row) -> dict[str, Any]:
    """Return one row for a receipt."""
    doubtful = row.grade in ("C", "K", "O")
    if not isinstance(row, Multiplier | AgeBand):
        doubtful = row.unverified
    return {
        "key": key_of(row),
        "value": _value(row),
        "source": row.source,
        "grade": row.grade,
        "unverified": doubtful,
    }


def each_once(rows: Iterable[Row]) -> tuple[dict[str, Any], ...]:
    """Return rows for a receipt, each key once, in order of the keys."""
    shown = {key_of(row): row_json(row) for row in rows}
    return tuple(shown[key] for key in sorted(shown))


def key_of(row: Row) -> str:
    """Return the row's name among all rows."""
    names: tuple[str | float, ...]
    match row:
        case SeverityRow():
            names = ("severity", row.key)
        case Rate():
            names = ("rate", row.name, row.jurisdiction)
        case Stage():
            names = ("stage", row.jurisdiction, row.name)
        case Ceiling():
            names = ("ceiling", "UPC", row.upto)
        case Exchange():
            names = ("exchange", row.currency)
        case Multiplier():
            names = ("multiplier", row.factor, row.level, row.on, row.jurisdiction)
        case AgeBand():
            names = ("age", row.param, row.right, row.jurisdiction, row.owner, row.age_from)
    return "/".join(f"{name:g}" if isinstance(name, float) else name for name in names)


def _value(row: Row) -> float:
    match row:
        case SeverityRow():
            return row.level
        case Rate() | AgeBand():
            return row.value
        case Stage():
            return row.cost
        case Ceiling():
            return row.ceiling
        case Exchange():
            return row.cny
        case Multiplier():
            return row.multiplier
