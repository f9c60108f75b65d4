"""A policy under watch: its level, what moved it, its pledge scored again, its obligor's grade."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from kernel.period import add_months
from underwriting.loan_events.alerted import Alerted, alerted
from underwriting.loan_events.loan_today import LoanToday, loan_today
from underwriting.loan_events.scored import Scored, scored
from underwriting.rules.authority import load_authority
from underwriting.rules.earning_cover import owed
from underwriting.rules.referral import grade_in
from underwriting.tables import PolicyRow
from underwriting.watch.alert import Alert
from underwriting.watch.level import Level, gravest
from underwriting.watch.moves import Move, level_on, moves


@dataclass(frozen=True, slots=True)
class Watched:
    """A policy under watch on a day.

    Attributes:
        policy: the policy.
        on: the day.
        level: how closely it is watched.
        alerts: every alert until the day, closed or not.
        moves: from level to level.
        loan: how the loan stands; None where it guarantees none.
        pledge: scored again; None where it has none.
        grade: of the obligor as underwritten; None where none is stated.
        grade_now: taken down by what is open.
    """

    policy: PolicyRow
    on: date
    level: Level
    alerts: tuple[Alert, ...]
    moves: tuple[Move, ...]
    loan: LoanToday | None
    pledge: Scored | None
    grade: str | None
    grade_now: str | None

    @property
    def open(self) -> tuple[Alert, ...]:
        """What is open, gravest first."""
        found = [one for one in self.alerts if one.is_open(self.on)]
        return tuple(sorted(found, key=lambda one: -one.level(self.on).rank))


def watched(session: Session, policy: PolicyRow, on: date, *, counts: Path | None) -> Watched:
    """Return a policy under watch at the end of a day."""
    found = alerted(session, policy, on)
    loan = loan_today(session, policy.id, on) if policy.contract["loan"] else None
    pledge = None if loan is None else _pledge(found, loan, on, counts)
    grade = grade_in(found.risk)
    steps = sum(one.noted.rule.grade_steps for one in found.alerts if one.is_open(on))
    level = level_on(found.alerts, on)
    return Watched(
        policy=policy,
        on=on,
        level=gravest(level, Level.ALERT) if pledge and pledge.above else level,
        alerts=found.alerts,
        moves=moves(found.alerts, on),
        loan=loan,
        pledge=pledge,
        grade=grade,
        grade_now=lowered(grade, steps),
    )


def lowered(grade: str | None, steps: int) -> str | None:
    """Return a credit grade so many notches down, the last at most.

    >>> lowered("BBB", 1), lowered("B", 4), lowered(None, 2)
    ('BB', 'CCC', None)
    """
    scale = load_authority()["grades"]
    return grade and str(scale[min(len(scale) - 1, scale.index(grade) + steps)])


def _pledge(found: Alerted, loan: LoanToday, on: date, counts: Path | None) -> Scored | None:
    """Score the pledge against what is owed: as reported, else by the plan."""
    terms = loan.contract.lent
    debt = owed(terms, on) if loan.standing is None else loan.standing.account.owed
    due = add_months(terms.drawdown, terms.term_months)
    return scored(found, debt, terms.ip_share, due, on, counts=counts)
