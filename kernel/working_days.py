"""Working days of mainland China, from a dated table with an explicit end.

    load_calendar(path: Path | None = None, *, assumed: bool = False) -> Calendar
    Calendar.first, .last, .is_working(day), .add_working_days(day, n), .next_working(day)

The table holds what the State Council's yearly notices say: days off, and weekend days
that are worked in their place. Beyond its end nobody knows, so nothing is guessed: it is refused,
or where a day must be named all the same, the earliest that any later table can make of it is. Only
a sandbox, whose clock is put forward beyond it, counts on by weekends and says so.

    Calendar.earliest(day, n), .earliest_worked(day) -> never after what a longer table says
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from kernel.errors import Fault, Invalid, Unavailable, invalid

EVERY_YEAR: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""The statutory holidays: a year without one of them is not the whole notice."""

_COLUMNS: Final = ["date", "kind", "name"]
_SHIPPED: Final = "holidays_cn.csv"
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, from `first` to `last`, both included.

    Attributes:
        first: first day of the table.
        last: last day of the table.
        holidays: days off by notice.
        workdays: Saturdays and Sundays that are worked by notice.
        assumed: beyond the table weekends alone are days off, which no notice said: in a sandbox
            only, where nobody is owed anything by a day.
    """

    first: date
    last: date
    holidays: frozenset[date]
    workdays: frozenset[date]
    assumed: bool = False

    @property
    def known_until(self) -> date:
        """Last day for which it answers without being provisional."""
        return date.max if self.assumed else self.last

    def is_working(self, day: date) -> bool:
        """Tell whether `day` is worked; refuse a day outside the table."""
        self._check(day)
        if day.weekday() >= _SATURDAY:
            return day in self.workdays
        return day not in self.holidays

    def next_working(self, day: date) -> date:
        """Return `day` if it is worked, else the first day after it that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """Return the `n`-th working day after `day`; counting starts the day after.

        0 returns `day` itself, worked or not. `n` is not negative.
        """
        assert n >= 0, "working days are counted forward"
        self._check(day)
        while n:
            day += _DAY
            n -= self.is_working(day)
        return day

    def earliest(self, day: date, n: int) -> date:
        """Return the earliest day that can be the `n`-th working day after `day`.

        Within the table it is that day. Beyond it every day counts, the weekend too, which a
        notice may have worked: no table that follows makes the day an earlier one.
        """
        assert n >= 0, "working days are counted forward"
        while n:
            day += _DAY
            n -= day > self.known_until or self.is_working(day)
        return day

    def earliest_worked(self, day: date) -> date:
        """Return `day` if it can be worked, else the first day after it that can be."""
        while day <= self.known_until and not self.is_working(day):
            day += _DAY
        return day

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.known_until:
            fault = Fault(
                "date",
                f"{day} is outside the table of working days, {self.first} to {self.last}",
                "add the year's official table: setting ZHIBAO_HOLIDAYS",
            )
            raise Unavailable("calendar-ended", fault)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a table, with where it stands."""

    place: str
    day: date
    kind: str
    name: str


def load_calendar(path: Path | None = None, *, assumed: bool = False) -> Calendar:
    """Read the table that we ship and, over it, the operator's file of the same columns.

    `date,kind,name`, kind `holiday` or `workday`. The file may amend a year that we ship
    and add the years that follow without a gap, each with all seven statutory holidays.
    `assumed` goes on beyond its end by weekends alone, for a sandbox.
    Raises `Invalid("calendar-invalid")` naming file and line of all that is wrong.

    >>> load_calendar().add_working_days(date(2026, 9, 30), 1)
    datetime.date(2026, 10, 8)
    """
    shipped = (files("kernel") / _SHIPPED).read_text(encoding="utf-8")
    lines = {line.day: line for line in _read(_SHIPPED, shipped.splitlines())}
    if path is not None:
        lines |= {line.day: line for line in _read(path.name, _text_of(path).splitlines())}
    years = _whole_years(lines.values(), path)
    return Calendar(
        first=date(min(years), 1, 1),
        last=date(max(years), 12, 31),
        holidays=frozenset(day for day, line in lines.items() if line.kind == "holiday"),
        workdays=frozenset(day for day, line in lines.items() if line.kind == "workday"),
        assumed=assumed,
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise invalid(
            "ZHIBAO_HOLIDAYS",
            f"{path.name} cannot be read as UTF-8 text",
            "give a CSV file",
            code="calendar-invalid",
        ) from trouble


def _read(name: str, text: list[str]) -> list[_Line]:
    """Read the lines of one file, or refuse it with all its faults."""
    rows = csv.reader(text)
    head = next(rows, None)
    faults: list[Fault] = []
    if head != _COLUMNS:
        fault = Fault(f"{name} line 1", f"is not {','.join(_COLUMNS)}", "name the three columns")
        raise Invalid("calendar-invalid", fault)
    lines: list[_Line] = []
    seen: set[date] = set()
    for row in rows:
        line = _line(f"{name} line {rows.line_num}", row)
        if isinstance(line, Fault):
            faults.append(line)
        elif line.day in seen:
            faults.append(Fault(line.place, f"{line.day} is there twice", "keep one of them"))
        else:
            seen.add(line.day)
            lines.append(line)
    if faults:
        raise Invalid("calendar-invalid", *faults)
    return lines


def _line(place: str, row: list[str]) -> _Line | Fault:
    if len(row) != len(_COLUMNS):
        return Fault(place, f"has {len(row)} fields", f"give {', '.join(_COLUMNS)}")
    text, kind, name = row
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Fault(place, f"{text!r} is no date", "write it as 2027-01-01")
    if day.isoformat() != text:
        return Fault(place, f"{text!r} is no date", "write it as 2027-01-01")
    if kind not in {"holiday", "workday"}:
        return Fault(place, f"{kind!r} is no kind", "write holiday or workday")
    if kind == "workday" and day.weekday() < _SATURDAY:
        return Fault(place, f"{day} is worked anyway, it is no weekend", "take the line out")
    return _Line(place, day, kind, name)


def _whole_years(lines: Iterable[_Line], path: Path | None) -> range:
    """Return the years of the table; refuse a gap or a year of which only a part is there."""
    names: dict[int, str] = {}
    for line in lines:
        if line.kind == "holiday":
            names[line.day.year] = names.get(line.day.year, "") + line.name
    years = range(min(names), max(names) + 1)
    faults = tuple(_missing(path, years, names))
    if faults:
        raise Invalid("calendar-invalid", *faults)
    return years


def _missing(path: Path | None, years: range, names: dict[int, str]) -> Iterator[Fault]:
    place = path.name if path else _SHIPPED
    for year in years:
        absent = [name for name in EVERY_YEAR if name not in names.get(year, "")]
        if absent:
            problem = f"{year} lacks {', '.join(absent)}"
            yield Fault(place, problem, "take over the whole notice of that year")
