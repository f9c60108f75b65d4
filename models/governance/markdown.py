"""Nested figures as Markdown: one table for what is flat, a heading for what is not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MOST_ITEMS = 24
"""A list longer than this is counted and not printed: histograms, step tables, knots."""

MOST_COLUMNS = 16
"""A table wider than this is turned into one row for each figure."""

_COLUMNS = (
    *("rank", "name", "candidate", "grade", "fit_id", "form", "chosen", "split", "period"),
    *("rows", "n", "events", "defaults", "weight", "p_low", "p_high", "p_mean", "ratio_low"),
    *("ratio_high", "champion", "challenger", "expected", "observed", "rate", "low", "high"),
    *("band_low", "band_high", "inside", "winner", "auc", "gini", "ks", "c_index", "brier"),
    *("brier_skill", "calibration_intercept", "calibration_slope", "ece"),
)
"""Columns that stand first in a table, in this order."""


def cell(value: Any) -> str:
    """Write one value for a table: six significant digits, a dash for nothing.

    >>> cell(0.123456789), cell(None), cell([1, 2.5]), cell(True)
    ('0.123457', '–', '1, 2.5', 'yes')
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{_text(key)} {cell(inner)}" for key, inner in sorted(value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _row_of(value)
    return _text(value)


def _row_of(values: Sequence[Any]) -> str:
    if len(values) > MOST_ITEMS:
        return f"{len(values)} values"
    return ", ".join(cell(value) for value in values)


def _text(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write a Markdown table."""
    lines = [
        [name.replace("|", "\\|") for name in columns],
        ["---"] * len(columns),
        *([cell(value) for value in row] for row in rows),
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def figures(value: Any, title: str, level: int = 2) -> str:
    """Write a nested value under a heading of `level`, sorted by name.

    A mapping of plain values, a mapping of such mappings and a sequence of mappings become
    one table each; what is deeper gets headings of its own.
    """
    return f"{'#' * level} {title}\n\n{_body(value, level)}"


def _body(value: Any, level: int) -> str:
    if isinstance(value, Mapping):
        return _mapping(value, level)
    if _is_table(value):
        if all("rank" in row for row in value):
            ranks = [row["rank"] for row in value]
            return _wide(ranks, [{k: row[k] for k in row if k != "rank"} for row in value], "rank")
        return _wide(range(1, len(value) + 1), value, "no.")
    return cell(value) + "\n"


def _mapping(value: Mapping[str, Any], level: int) -> str:
    if value and all(_is_flat(inner) for inner in value.values()):
        return _wide(sorted(value), [value[key] for key in sorted(value)], "")
    plain = {key: inner for key, inner in value.items() if not _is_deep(inner)}
    parts = []
    if plain or not value:
        parts.append(table(("figure", "value"), sorted(plain.items())))
    deep = sorted(value.keys() - plain.keys())
    parts.extend(figures(value[key], _text(key), level + 1) for key in deep)
    return "\n".join(parts)


def _wide(names: Iterable[Any], rows: Sequence[Mapping[str, Any]], first: str) -> str:
    columns = sorted({key for row in rows for key in row}, key=_place)
    if len(columns) > MOST_COLUMNS and len(rows) < len(columns):
        turned = [(key, *(row.get(key) for row in rows)) for key in columns]
        return table(("figure", *map(str, names)), turned)
    return table(
        (first, *columns),
        [(name, *map(row.get, columns)) for name, row in zip(names, rows, strict=True)],
    )


def _place(column: str) -> tuple[int, str]:
    """Known columns in their own order, then the others by name: storing sorts all keys."""
    return (_COLUMNS.index(column) if column in _COLUMNS else len(_COLUMNS), column)


def _is_flat(value: Any) -> bool:
    """Whether it is a mapping of plain values."""
    return isinstance(value, Mapping) and bool(value) and not any(map(_is_deep, value.values()))


def _is_table(value: Any) -> bool:
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    return listed and bool(value) and all(_is_flat(row) for row in value)


def _is_deep(value: Any) -> bool:
    return isinstance(value, Mapping) or _is_table(value)
