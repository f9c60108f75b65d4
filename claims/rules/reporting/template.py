"""A report as data: which records it counts, how they are grouped, what is measured of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kernel.errors import Fault, Invalid

UNITS: Final = ("count", "money", "ratio", "number", "text", "day")
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "count": (),
    "distinct": ("of",),
    "sum": ("of",),
    "shown": ("of",),
    "ratio": ("of", "over"),
    "added": ("of", "plus"),
    "at_most": ("of", "over"),
    "not_recorded": ("would",),
}
"""Measure -> what a column with it must state.

`count` counts records, `distinct` the different values of a field, `sum` adds one up, `shown`
repeats a field that is the same in the whole group; `ratio` divides one column by another, `added`
adds a figure to a column, `at_most` says whether one column is not above another; `not_recorded`
is what the books do not hold, with what would record it.
"""
_ON_COLUMNS: Final = ("ratio", "added", "at_most")


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of a report.

    Attributes:
        code: stable, for programs.
        zh: what it is, in Chinese.
        en: the same in English.
        measure: see `NEEDS`.
        unit: of the figure: `count`, `money`, `ratio`, `number`, `text` or `day`.
        of: the field, or for a measure on columns the first column.
        over: the second column.
        plus: exact text of the figure that is added.
        where: field -> value that a record must have to count.
        would: what would record it.
    """

    code: str
    zh: str
    en: str
    measure: str
    unit: str
    of: str = ""
    over: str = ""
    plus: str = ""
    where: Mapping[str, Any] | None = None
    would: str = ""

    @property
    def on_columns(self) -> bool:
        """Is it worked out of other columns?"""
        return self.measure in _ON_COLUMNS


@dataclass(frozen=True, slots=True)
class Template:
    """A report.

    Attributes:
        code: name on the wire.
        zh: title in Chinese.
        en: title in English.
        audience: whom it is for: `bank`, `supervisor`, `region` or `party`.
        records: name of the records that it counts.
        clause: the rule that it answers.
        source: key into docs/sources.md.
        grade: A official, B study, C judgement, K memory.
        unverified: what is not certain of it; empty where nothing.
        group_by: fields; one row for each of their values.
        where: field -> value that a record must have to count at all.
        columns: in their order.
        notes: how the figures are to be read, as printed.
    """

    code: str
    zh: str
    en: str
    audience: str
    records: str
    clause: str
    source: str
    grade: str
    unverified: str
    group_by: tuple[str, ...]
    where: Mapping[str, Any]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields of a record that it reads."""
        measured = [one for one in self.columns if not one.on_columns]
        tested = [one.where or {} for one in measured]
        return frozenset(self.group_by).union(
            self.where, (one.of for one in measured if one.of), *tested
        )


def template_of(stated: Mapping[str, Any], file: str) -> Template:
    """Read a template.

    Raises:
        Invalid: a key is unknown or missing, a measure lacks what it needs, or a column that it
            is worked out of does not stand before it; all faults at once.
    """
    columns = tuple(stated.get("columns", ()))
    faults = [*_faults(file, stated), *_column_faults(file, columns)]
    if faults:
        raise Invalid("template-invalid", *faults)
    plain = {name: stated[name] for name in _TEXTS}
    return Template(
        **plain,
        group_by=tuple(stated.get("group_by", ())),
        where=stated.get("where", {}),
        columns=tuple(Column(**column) for column in columns),
        notes=tuple(stated.get("notes", ())),
    )


_TEXTS: Final = (
    *("code", "zh", "en", "audience", "records"),
    *("clause", "source", "grade", "unverified"),
)
_MORE: Final = ("group_by", "where", "columns", "notes")


def _faults(file: str, stated: Mapping[str, Any]) -> Iterator[Fault]:
    for name in _TEXTS:
        if not isinstance(stated.get(name), str):
            yield Fault(f"{file}.{name}", "is missing", "state it as text")
    for name in stated:
        if name not in (*_TEXTS, *_MORE):
            yield Fault(f"{file}.{name}", "is no key of a template", f"use {', '.join(_MORE)}")


def _column_faults(file: str, columns: tuple[Mapping[str, Any], ...]) -> Iterator[Fault]:
    before: list[str] = []
    for column in columns:
        code, measure = str(column.get("code")), str(column.get("measure"))
        place = f"{file}.columns.{code}"
        known = tuple(Column.__slots__)
        for name in column:
            if name not in known:
                yield Fault(f"{place}.{name}", "is no key of a column", f"use {', '.join(known)}")
        for name in ("zh", "en", *NEEDS.get(measure, ())):
            if not column.get(name):
                yield Fault(f"{place}.{name}", f"is missing for {measure}", "state it")
        if measure not in NEEDS:
            yield Fault(f"{place}.measure", "is no measure", f"use one of {', '.join(NEEDS)}")
        if column.get("unit") not in UNITS:
            yield Fault(f"{place}.unit", "is no unit", f"use one of {', '.join(UNITS)}")
        for name in ("of", "over") if measure in _ON_COLUMNS else ():
            if name in NEEDS[measure] and column.get(name) not in before:
                yield Fault(f"{place}.{name}", "names no column before it", "put it behind")
        before.append(code)
