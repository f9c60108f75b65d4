"""A transcript worked out: compared with the bank's figures, stripped, and ready to be claimed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.rules.transcript.account import Worked, worked
from claims.rules.transcript.claimed import Claimed, claimed
from claims.rules.transcript.compare import (
    Broken,
    Compared,
    broken_balances,
    closing_day,
    compared,
)
from claims.rules.transcript.lending import Lending
from claims.rules.transcript.line import LineKind, Statement, StatementLine
from claims.rules.transcript.read import refuse
from kernel.errors import Fault, Invalid
from kernel.money import MAX_MINOR

NOT_COVERED = (LineKind.PENALTY, LineKind.COMPOUND_INTEREST, LineKind.DAMAGES)
"""Lines of a statement that no claim is paid for (wording: exclusions)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """When a loan defaulted, and how long is waited.

    Attributes:
        default_on: the first day overdue.
        waiting_days: of the policy.
    """

    default_on: date
    waiting_days: int


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A transcript with all that was found of it; amounts in minor units.

    Attributes:
        statement: as the bank states it.
        lending: the terms.
        account: worked out again to the close of the statement, as the bank charges.
        compared: every charge, agreed or differing.
        broken: balances that do not follow from the line before.
        stripped: the bank's lines that no claim is paid for.
        claimed: what is ready for a notice.
    """

    statement: Statement
    lending: Lending
    account: Worked
    compared: tuple[Compared, ...]
    broken: tuple[Broken, ...]
    stripped: tuple[StatementLine, ...]
    claimed: Claimed

    @property
    def differing(self) -> tuple[Compared, ...]:
        """What the bank and the recomputation do not agree on."""
        return tuple(one for one in self.compared if one.differs_by)

    def json(self) -> dict[str, Any]:
        """What is kept of it beside the statement: minor units and days as text."""
        kept = self.claimed
        return {
            "claimed": kept.lines,
            "interest_to_default": kept.interest_to_default,
            "interest_in_waiting": kept.interest_in_waiting,
            "default_on": kept.default_on.isoformat(),
            "interest_until": kept.until.isoformat(),
            "overdue_since": kept.overdue_since and kept.overdue_since.isoformat(),
            "closes_on": self.statement.closes_on.isoformat(),
            "compared": [_charge(one) for one in self.compared],
            "stripped": [_line(line) for line in self.stripped],
            "course": [_standing(day, parts) for day, parts in self.course()],
        }

    def course(self) -> tuple[tuple[date, Mapping[str, int]], ...]:
        """Return what was owed by name at the end of each day on which something happened."""
        return tuple(
            (one.on, {"principal": one.principal, **one.owed}) for one in self.account.course
        )


def work_out(statement: Statement, lending: Lending, asked: Asked) -> WorkedOut:
    """Work a transcript out: as the bank charges, to compare; at the contract rate, to claim.

    Raises:
        Invalid: a line, or the default, is before the loan's first day; or amounts come to more
            than can be kept.
    """
    _check_days(statement, lending.opens_on, asked.default_on)
    _check(line.debit + line.credit for line in statement.lines)
    closes = closing_day(statement)
    lines = tuple(sorted(statement.lines, key=lambda line: (line.on, line.row)))
    account = worked(lending, lines, statement.closes_on, closes_on=closes)
    owed = claimed(lending, lines, asked.default_on, asked.waiting_days, closes_on=closes)
    _check((*owed.lines.values(), abs(account.last.balance)))
    return WorkedOut(
        statement=statement,
        lending=lending,
        account=account,
        compared=compared(statement, account, lending),
        broken=broken_balances(statement),
        stripped=tuple(line for line in lines if line.kind in NOT_COVERED),
        claimed=owed,
    )


def _check_days(statement: Statement, opens: date, default_on: date) -> None:
    """Refuse what lies before there was an account: it would move nothing, and say nothing."""
    problem = f"is before the loan's first day, {opens}"
    cure = "leave out what is not of this loan, or look at the day again"
    early = [line for line in statement.lines if line.on < opens]
    refuse([Fault(f"line {line.row}", f"{line.on} {problem}", cure) for line in early])
    if default_on < opens:
        cure = "give the first day overdue of this loan"
        raise Invalid("transcript", Fault("default_date", f"{default_on} {problem}", cure))


def _check(amounts: Iterable[int]) -> None:
    """Refuse what no column and no answer can carry."""
    if sum(amounts) > MAX_MINOR:
        fault = Fault("lines", "come to more than can be kept", "look at the amounts again")
        raise Invalid("transcript", fault)


def _charge(one: Compared) -> dict[str, Any]:
    figures = {"bank": one.bank, "ours": one.ours, "differs_by": one.differs_by}
    return {"on": one.on.isoformat(), "kind": one.kind.value, **figures}


def _line(line: StatementLine) -> dict[str, Any]:
    on = line.on.isoformat()
    return {"row": line.row, "on": on, "kind": line.kind.value, "minor": line.debit}


def _standing(day: date, parts: Mapping[str, int]) -> dict[str, Any]:
    return {"on": day.isoformat(), **parts}
