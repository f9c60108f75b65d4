"""What was noted of a right, an obligor or a loan, what it closed, and until when it is curable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernel.finding import Effect, Finding
from kernel.period import add_days, add_months
from kernel.working_days import Calendar
from underwriting.watch.kinds import On, WatchKind, watch_kinds
from underwriting.watch.level import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing that was noted.

    Attributes:
        seq: in the order in which it became known.
        kind: code, see `kinds.toml`.
        subject: what it is about.
        name: of that: number of the right with its office, register number, loan contract.
        happened_on: the day of it.
        noted_on: business date on which the house was told.
        deadline: last day for the cure; None where none is counted.
        key: the teller's own name for it.
        told_by: who says so.
    """

    seq: int
    kind: str
    subject: On
    name: str
    happened_on: date
    noted_on: date
    deadline: date | None
    key: str = ""
    told_by: str = ""

    @property
    def rule(self) -> WatchKind:
        """Its kind."""
        return watch_kinds()[self.kind]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something noted, and when it was closed.

    Attributes:
        noted: what.
        closed_on: business date on which the house was told of its end; None while it is open.
    """

    noted: Noted
    closed_on: date | None = None

    def is_open(self, on: date) -> bool:
        """Is it known and not closed at the end of a day?"""
        return self.noted.noted_on <= on and (self.closed_on is None or self.closed_on > on)

    def level(self, on: date) -> Level:
        """How closely it makes us watch at the end of a day."""
        if not self.is_open(on):
            return Level.GREEN
        deadline = self.noted.deadline
        return self.noted.rule.after if deadline and on > deadline else self.noted.rule.level

    def finding(self, on: date) -> Finding:
        """The clause that is hit and the cure with its day, in words."""
        noted, rule = self.noted, self.noted.rule
        by = f" by {noted.deadline}" if noted.deadline else ""
        return Finding(
            rule.code.replace("_", "-"),
            Effect.REFER if self.level(on) is Level.CRITICAL else Effect.INFORM,
            f"{noted.name}: {rule.en} on {noted.happened_on}; {rule.effect}",
            f"{noted.name}：{noted.happened_on} {rule.zh}；{rule.effect_zh}",
            rule.clause,
            f"{rule.cure}{by}",
        )


def alerts(noted: Iterable[Noted]) -> tuple[Alert, ...]:
    """Return everything that raises the watch, with what closed it, in order.

    One that closes ends what was open on the same subject when it happened, from the day on which
    the house was first told of an end; good news alone is no alert.
    """
    ordered = sorted(noted, key=lambda one: (one.happened_on, one.seq))
    closed: dict[int, date] = {}
    for place, one in enumerate(ordered):
        for before in range(place):
            other = ordered[before]
            same = (other.subject, other.name) == (one.subject, one.name)
            if same and other.kind in one.rule.closes:
                told = max(one.noted_on, other.noted_on)
                closed[before] = min(told, closed.get(before, told))
    return tuple(
        Alert(one, closed.get(place))
        for place, one in enumerate(ordered)
        if one.rule.level is not Level.GREEN
    )


def deadline(kind: WatchKind, happened_on: date, noted_on: date, calendar: Calendar) -> date | None:
    """Return the last day for the cure; None where the kind counts none.

    Raises:
        Unavailable: working days are counted, and the table of them has ended.
    """
    start = happened_on if kind.start == "event" else noted_on
    if kind.months is not None:
        return add_months(start, kind.months)
    if kind.working_days is not None:
        return calendar.add_working_days(start, kind.working_days)
    return None if kind.days is None else add_days(start, kind.days)
