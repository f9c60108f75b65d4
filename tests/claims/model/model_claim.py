"""One claim of the second bookkeeping: its terms, money, calls and clocks in plain Python.

Written from the terms, with exact fractions and no rule of the house: whoever bears what, what is
called, paid, given back and reserved, and by when, follows from what is kept here alone.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

Money = dict[str, int]
LINES = ("principal", "interest", "costs", "penalty")


def nearest(exact: Fraction) -> int:
    """Halves go up."""
    return floor(exact + Fraction(1, 2))


def apart(total: int, weights: Mapping[str, Fraction]) -> Money:
    """Quotas in whole units; the units left over go to the largest remainders, first come first."""
    whole = sum(weights.values())
    quotas = {name: total * weight / whole for name, weight in weights.items()}
    parts = {name: floor(quota) for name, quota in quotas.items()}
    by_rest = sorted(quotas, key=lambda name: parts[name] - quotas[name])
    for name in by_rest[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the last one that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Terms:
    """A scheme: layers from below as (part of the loan, shares), caps as (party, per, minor, then).

    `days` are those to wait, to notify, and the working days to answer a call.
    """

    code: str
    layers: tuple[tuple[Fraction | None, Mapping[str, Fraction]], ...]
    caps: tuple[tuple[str, str, int, str], ...] = ()
    interest: bool = False
    residual: str = ""
    reverse: bool = False
    lead: bool = False
    days: tuple[int, int, int] = (80, 30, 10)

    @property
    def pooled(self) -> set[str]:
        return {party for party, per, _, _ in self.caps if per == "pool"}


@dataclass
class Call:
    """A call on a party, below zero a refund to it."""

    party: str
    wanted: int
    due: date
    state: str = "raised"
    paid: int = 0
    cure: date | None = None

    @property
    def open(self) -> int:
        return self.wanted - self.paid


@dataclass(frozen=True)
class Came:
    """A recovery."""

    on: date
    place: int
    gross: int
    costs: int


@dataclass
class Claim:
    """One claim; money in minor units."""

    terms: Terms
    loan: int
    room: int
    rate: Fraction
    drawn_down: date
    default: date
    known: date
    notified: date
    asked: Money
    state: str = "notified"
    allowed: Money = field(default_factory=dict)
    reserve: int = 0
    layers: list[Money] = field(default_factory=list)
    borne: Money = field(default_factory=dict)
    settled: int = 0
    counts: int | None = None
    owed: int = 0
    out: int = 0
    back: int = 0
    damages: int = 0
    calls: list[Call] = field(default_factory=list)
    defaulted: set[str] = field(default_factory=set)
    came: list[Came] = field(default_factory=list)
    given: Money = field(default_factory=dict)
    surplus: int = 0
    carried: int = 0
    on_account: Money = field(default_factory=dict)
    advance_open: bool = True
    advanced: date | None = None
    paid_days: list[date] = field(default_factory=list)
    marks: dict[str, date] = field(default_factory=dict)
    denied: bool = False
    fraud: bool = False
    missing: bool = False
    completed: date | None = None

    def net(self, party: str) -> int:
        return sum(call.paid for call in self.calls if call.party == party)

    def awaited(self, party: str) -> Call | None:
        ended = ("paid", "superseded", "defaulted")
        mine = [one for one in self.calls if one.party == party and one.state not in ended]
        return mine[-1] if mine else None

    @property
    def payable(self) -> date:
        return self.default + timedelta(days=self.terms.days[0] + 1)

    @property
    def overpaid(self) -> int:
        return self.out - self.owed - self.back

    def approved(self, asked: Money, allowed: Money) -> Money:
        """Interest accrues to the end of the waiting period; shared lines fill the sum insured."""
        days = (self.default - self.drawn_down).days + self.terms.days[0]
        ends = {"principal": self.loan, "penalty": 0}
        ends["interest"] = nearest(self.loan * self.rate * days / 365)
        left, found = self.room, {}
        for line in LINES:
            minor = min(asked.get(line, 0), allowed.get(line, asked.get(line, 0)))
            found[line] = min(minor, ends.get(line, minor))
            if line == "principal" or (line == "interest" and self.terms.interest):
                found[line] = min(found[line], left)
                left -= found[line]
        return found

    def assess_by(self) -> date | None:
        """The last day of thirty that count: none does while papers that were asked for are out."""
        out, came = self.marks.get("asked", date.max), self.marks.get("came", date.max)
        counted, day = 0, self.notified
        while counted <= 30:
            day += timedelta(days=1)
            if out < day and came == date.max:
                return None
            counted += not out < day <= came
        return day - timedelta(days=1)

    def undecide(self) -> None:
        """It is decided again; the days of the first decision stay for its clocks."""
        for mark in ("assessed", "agreed", "settled"):
            on = self.marks.pop(mark, None)
            if on and mark != "settled":
                self.marks.setdefault(f"first {mark}", on)

    def clocks(self) -> dict[str, tuple[date | None, date | None]]:
        """Code -> last day and the day it was done."""
        mark, out = self.marks, self.marks.get("asked")
        came = mark.get("came")
        still = out is not None and came is None
        agreed, assessed = mark.get("agreed"), mark.get("first assessed", mark.get("assessed"))
        decided = mark.get("first agreed", agreed) or (assessed if self.denied else None)
        complete = (came if out else self.completed or self.notified) or self.notified
        done = self.advanced or decided or mark.get("settled")
        advance = max(complete + timedelta(days=60), self.payable)
        last = months_on(self.known, 24)
        for day in sorted({*self.paid_days, *([agreed] if agreed else [])}):
            if self.known <= day <= last:
                last = months_on(day, 24)
        found = {
            "assess": (self.assess_by(), assessed),
            "advance": (None if still else advance, done),
            "limitation": (last, mark.get("settled")),
            "notice": (self.known + timedelta(days=self.terms.days[1]), self.notified),
        }
        if agreed:
            due = max(agreed, self.payable) + timedelta(days=10)
            found["pay"] = (due, mark.get("settled"))
        if self.denied and "assessed" in mark:
            found["refuse"] = (mark["assessed"] + timedelta(days=3), mark["assessed"])
        return found


def parties_of(terms: Terms) -> list[str]:
    return list(dict.fromkeys(name for _, shares in terms.layers for name in shares))


def summed(tranches: list[Money]) -> Money:
    sums: Money = {}
    for tranche in tranches:
        for party, minor in tranche.items():
            sums[party] = sums.get(party, 0) + minor
    return sums
