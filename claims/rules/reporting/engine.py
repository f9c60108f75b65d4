"""Templates applied to records: one row a group, one figure a column. Missing is not zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from claims.rules.reporting.figure import Figure
from claims.rules.reporting.template import Column, Template
from kernel.money import format_minor

Records = Sequence[Mapping[str, Any]]
"""Field -> value: whole minor units, exact fractions, texts, truth values, days, tuples of
names; None where the books do not hold it."""

NOTHING: Final = "全部 all"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value before it is written: None with a note where it is not recorded."""

    value: Any
    note: str = ""


def figures(template: Template, records: Records) -> tuple[Figure, ...]:
    """Return every figure of a report, row by row in the order of the groups' values."""
    counted = [one for one in records if _fits(one, template.where)]
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for one in counted:
        key = tuple(_named(one.get(field)) for field in template.group_by)
        groups.setdefault(key, []).append(one)
    if not template.group_by and not groups:
        groups[()] = []
    return tuple(
        figure
        for key in sorted(groups)
        for figure in _row(template, " / ".join(key) or NOTHING, groups[key])
    )


def _row(template: Template, name: str, records: Records) -> Iterable[Figure]:
    cells: dict[str, _Cell] = {}
    currency = next((str(one["currency"]) for one in records if one.get("currency")), "")
    for column in template.columns:
        cell = _of_columns(column, cells) if column.on_columns else _of_records(column, records)
        cells[column.code] = cell
        yield Figure(
            row=name, code=column.code, zh=column.zh, en=column.en, unit=column.unit,
            value=_text(cell.value, column.unit, currency),
            currency=currency if column.unit == "money" else "",
            recorded=cell.value is not None, note=cell.note,
        )  # fmt: skip


def _of_records(column: Column, records: Records) -> _Cell:
    """Measure records; where some lack the field, the note says how many."""
    if column.measure == "not_recorded":
        return _Cell(None, column.would)
    counted = [one for one in records if _fits(one, column.where or {})]
    if column.measure == "count":
        unknown = sum(_unknown(one, column.where or {}) for one in records)
        return _Cell(len(counted), _lacking(unknown, len(records), column.would))
    held = [one[column.of] for one in counted if one.get(column.of) is not None]
    lacking = len(counted) - len(held)
    unknown = lacking + sum(_unknown(one, column.where or {}) for one in records)
    note = _lacking(unknown, len(counted) + unknown - lacking, column.would)
    if counted and not held:
        return _Cell(None, note)
    if column.measure == "sum":
        return _Cell(sum(held), note)
    different = {
        name for value in held for name in (value if isinstance(value, tuple) else (value,))
    }
    if column.measure == "distinct":
        return _Cell(len(different), note)
    assert len(different) <= 1, f"{column.code} is not the same in the whole group"
    shown = next(iter(different), None)
    return _Cell(shown, note if shown is not None else note or column.would)


def _of_columns(column: Column, cells: Mapping[str, _Cell]) -> _Cell:
    """Work a figure out of columns before it; what is not recorded stays so."""
    first = cells[column.of]
    if first.value is None:
        return first
    if column.measure == "added":
        return _Cell(Fraction(first.value) + Fraction(column.plus), first.note)
    second = cells[column.over]
    if second.value is None:
        return second
    notes = "; ".join(dict.fromkeys(one.note for one in (first, second) if one.note))
    if column.measure == "at_most":
        return _Cell("是 yes" if first.value <= second.value else "否 no", notes)
    if not second.value:
        return _Cell(None, f"分母为零 nothing to divide by; {notes}".rstrip("; "))
    return _Cell(Fraction(first.value) / Fraction(second.value), notes)


def _fits(record: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(record.get(field) == value for field, value in where.items())


def _unknown(record: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Is it not known whether a record counts: a field that it must have is not recorded?"""
    held = {field: value for field, value in where.items() if record.get(field) is not None}
    return len(held) < len(where) and _fits(record, held)


def _lacking(lacking: int, whole: int, would: str) -> str:
    if not lacking:
        return ""
    words = f"{whole} 项中 {lacking} 项未记录 {lacking} of {whole} not recorded"
    return f"{words}: {would}" if would else words


def _named(value: Any) -> str:
    return "未记录 not recorded" if value is None else str(value)


def _text(value: Any, unit: str, currency: str) -> str:
    if value is None:
        return ""
    if unit == "money":
        return format_minor(int(value), currency) if currency else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(Fraction(value)) if unit in ("ratio", "number") else str(value)
