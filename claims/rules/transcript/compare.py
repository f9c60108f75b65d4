"""The bank's figures against those worked out again: line by line, agreed or differing by."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from claims.rules.transcript.account import Worked
from claims.rules.transcript.lending import Lending
from claims.rules.transcript.line import CHARGED, LineKind, Statement


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of charge on one day; minor units.

    Attributes:
        on: the day.
        kind: what is charged.
        bank: by the bank's statement.
        ours: worked out again.
    """

    on: date
    kind: LineKind
    bank: int
    ours: int

    @property
    def differs_by(self) -> int:
        """What the bank charges more, or below nought, less."""
        return self.bank - self.ours


@dataclass(frozen=True, slots=True)
class Broken:
    """A balance that does not follow from the line before.

    Attributes:
        row: number of the line in the file.
        stated: by the bank, minor units.
        follows: the balance before with the line on it.
    """

    row: int
    stated: int
    follows: int


def compared(statement: Statement, account: Worked, lending: Lending) -> tuple[Compared, ...]:
    """Return every charge and drawdown up to the close of the statement, by day and kind."""
    ours: Counter[tuple[date, LineKind]] = Counter()
    for day, parts in account.charged.items():
        for name, minor in parts.items():
            ours[day, LineKind(name)] += minor
    for one in lending.drawdowns:
        ours[one.on, LineKind.DRAWDOWN] += one.principal
    bank: Counter[tuple[date, LineKind]] = Counter()
    for line in statement.lines:
        if line.kind in (*CHARGED, LineKind.DRAWDOWN):
            bank[line.on, line.kind] += line.debit
    places = {kind: place for place, kind in enumerate(LineKind)}
    closes = statement.closes_on
    keys = sorted({*ours, *bank}, key=lambda key: (key[0], places[key[1]]))
    return tuple(
        Compared(on, kind, bank[on, kind], ours[on, kind]) for on, kind in keys if on <= closes
    )


def broken_balances(statement: Statement) -> tuple[Broken, ...]:
    """Return each balance that does not follow from the line before; the first from nothing.

    After a broken one the count goes on from what the bank states.
    """
    found, running = [], 0
    for line in statement.lines:
        running += line.debit - line.credit
        if line.balance is not None:
            if line.balance != running:
                found.append(Broken(line.row, line.balance, running))
            running = line.balance
    return tuple(found)


def closing_day(statement: Statement) -> date | None:
    """Return the last day where the bank charged on it, so that a cut inside a period is met."""
    last = statement.closes_on
    charged = any(line.on == last and line.kind in CHARGED for line in statement.lines)
    return last if charged else None


def sums(statement: Statement) -> Mapping[LineKind, int]:
    """Return what the bank states in all by kind, debits or credits, minor units."""
    found: Counter[LineKind] = Counter()
    for line in statement.lines:
        found[line.kind] += line.debit + line.credit
    return found
