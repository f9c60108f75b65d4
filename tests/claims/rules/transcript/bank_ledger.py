"""A bank that keeps a loan account by itself, a day at a time, in exact fractions: the second way.

Nothing here knows how the house works an account out; it writes the CSV that a bank would send.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
HEADINGS = {
    "en": ("date", "kind", "debit", "credit", "balance"),
    "zh": ("交易日期", "摘要", "借方发生额", "贷方发生额", "余额"),
}
NAMES = {
    "drawdown": "放款", "interest": "结息", "penalty": "罚息", "compound_interest": "复利",
    "damages": "违约金", "costs": "律师费", "repayment": "还款",
}  # fmt: skip


def part_of_year(day: date, count: str) -> Fraction:
    """What one day is of a year."""
    if count == "30/360":
        after = day + DAY
        a, b = (360 * d.year + 30 * d.month + min(30, d.day) for d in (day, after))
        return Fraction(b - a, 360)
    return Fraction(1, int(count.split("/")[1]))


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


@dataclass
class Bank:
    """What the bank knows, and its books as they grow."""

    out: Mapping[date, int]
    due: Mapping[date, int]
    rates: Mapping[date, Fraction]
    count: str
    charges: frozenset[date]
    factor: Fraction
    whole: bool
    compound: bool
    order: Sequence[str]
    called_on: date | None = None
    stops_on: date | None = None
    lines: list[tuple[date, str, int, int]] = field(default_factory=list)

    def run(self, moves: Mapping[date, Sequence[tuple[str, int]]], until: date) -> dict[str, int]:
        """Keep the account to a day; return what is owed by name, accrued interest rounded in."""
        owed = dict.fromkeys((*self.order,), 0)
        self.grown = dict.fromkeys(("interest", "penalty", "compound_interest"), Fraction(0))
        self.fallen, self.drawn, rate, day = 0, 0, Fraction(0), min(self.out)
        while day <= until:
            if day in self.charges:
                self._charge(owed, day)
            if day in self.out:
                owed["principal"] += self.out[day]
                self.drawn += self.out[day]
                self.lines.append((day, "drawdown", self.out[day], 0))
            self.fallen += self.due.get(day, 0)
            for kind, minor in moves.get(day, ()):
                self._move(owed, day, kind, minor)
            rate = self.rates.get(day, rate)
            if day < until and (self.stops_on is None or day < self.stops_on):
                self._grow(owed, day, rate)
            day += DAY
        return {
            name: minor + half_up(self.grown.get(name, Fraction(0)))
            for name, minor in owed.items()
        }  # fmt: skip

    def _late(self, owed: Mapping[str, int], day: date) -> int:
        """Of the principal owed, what should have been paid: all but what falls due later."""
        if self.called_on is not None and day >= self.called_on:
            return owed["principal"]
        back = self.drawn - owed["principal"]
        return max(0, min(owed["principal"], self.fallen - back))

    def _grow(self, owed: Mapping[str, int], day: date, rate: Fraction) -> None:
        time, late = rate * part_of_year(day, self.count), self._late(owed, day)
        if not time:
            return
        good = owed["principal"] - late
        if self.whole:
            self.grown["interest"] += good * time
            self.grown["penalty"] += late * self.factor * time
        else:
            self.grown["interest"] += (good + late) * time
            self.grown["penalty"] += late * self.factor * time - late * time
        if self.compound:
            self.grown["compound_interest"] += owed["interest"] * self.factor * time

    def _charge(self, owed: dict[str, int], day: date) -> None:
        for name, exact in self.grown.items():
            if minor := half_up(exact):
                owed[name] += minor
                self.lines.append((day, name, minor, 0))
            self.grown[name] = Fraction(0)

    def _move(self, owed: dict[str, int], day: date, kind: str, minor: int) -> None:
        if kind != "repayment":
            owed[kind] += minor
            self.lines.append((day, kind, minor, 0))
            return
        left = minor = min(minor, sum(owed.values()))
        for name in self.order:
            most = self._late(owed, day) if name == "principal" else owed[name]
            part = min(left, most)
            owed[name] -= part
            left -= part
        owed["principal"] -= left
        assert owed["principal"] >= 0
        if minor:
            self.lines.append((day, "repayment", 0, minor))

    def csv(self, *, language: str = "en", separator: str = ",", total: bool = True) -> str:
        """The statement as a file."""
        out = io.StringIO()
        rows = csv.writer(out, delimiter=separator, lineterminator="\r\n")
        rows.writerow(HEADINGS[language])
        balance = 0
        for day, kind, debit, credit in self.lines:
            balance += debit - credit
            name = NAMES[kind] if language == "zh" else kind
            rows.writerow((day.isoformat(), name, yuan(debit), yuan(credit), yuan(balance)))
        if total:
            sums = [yuan(sum(line[place] for line in self.lines)) for place in (2, 3)]
            rows.writerow(("", "合计" if language == "zh" else "total", *sums, ""))
        return out.getvalue()


def yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
