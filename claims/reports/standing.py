"""Every policy under a scheme on a day, as the books knew it: cover, loan, principal owed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from sqlmodel import Session, col, select

from claims.overdue.lent import lent_of
from kernel.money import round_half_up
from kernel.period import add_months
from underwriting.history.store import PolicyTransactionRow, transaction_of
from underwriting.loan_events.store import LoanEventRow, event_of
from underwriting.rules.contract import Contract
from underwriting.rules.history_state import State, Status, state_as_of
from underwriting.store import PolicyRow
from underwriting.watch.account import Account, account
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent, LoanEventKind

_DRAWS = (LoanEventKind.DISBURSED, LoanEventKind.REDRAWN)

_BATCH = 500
"""Ids that one statement names."""


@dataclass(frozen=True)
class Stood:
    """A policy on a day.

    Attributes:
        policy: the row.
        state: its cover.
        loan: what was reported of its loan; None where nothing was.
        on: the day.
        moves: what was done with it until then.
        draws: day and principal of each part of the loan that was reported as paid out.
    """

    policy: PolicyRow
    state: State
    loan: Account | None
    on: date
    moves: tuple[PolicyTransactionRow, ...]
    draws: tuple[tuple[date, int], ...] = ()

    @cached_property
    def terms(self) -> Contract:
        """The terms of the day; where none count any more, the first."""
        return self.state.contract or Contract.of(self.policy.contract)

    @property
    def in_force(self) -> bool:
        """Is the day covered?"""
        return self.state.status is Status.IN_FORCE

    @property
    def lent(self) -> int | None:
        """The loan as agreed, minor units; None where there is none."""
        return self.terms.loan.amount.minor if self.terms.loan else None

    def lent_within(self, opens_on: date, closes_on: date) -> int | None:
        """Return what was paid out of the loan within two days, both included; None: no loan.

        In minor units, by the days that the bank reported, else by those that are agreed.
        """
        if self.terms.loan is None:
            return None
        agreed = tuple((due.on, due.principal) for due in lent_of(self.terms).drawdowns)
        return sum(minor for on, minor in self.draws or agreed if opens_on <= on <= closes_on)

    @property
    def ip_share(self) -> Fraction:
        """Part of it that IP secures; the whole where there is no loan."""
        return self.terms.loan.ip_share if self.terms.loan else Fraction(1)

    @property
    def planned(self) -> int | None:
        """Principal that the plan leaves owing on the day, minor units; None: no loan."""
        loan = self.terms.loan
        if loan is None:
            return None
        past = 0
        while past < loan.term_months and add_months(loan.drawdown, past + 1) <= self.on:
            past += 1
        return loan.balances[past] if past < loan.term_months else 0

    @property
    def owed(self) -> int | None:
        """Principal owed as reported, else as planned, minor units; None: no loan."""
        return self.planned if self.loan is None else self.loan.owed

    @property
    def secured(self) -> int | None:
        """The part of what is owed that IP secures, minor units; None: no loan."""
        return None if self.owed is None else round_half_up(self.owed * self.ip_share)

    @property
    def bad(self) -> int | None:
        """Principal owed of a loan graded as non-performing; None where nothing is reported."""
        if self.loan is None:
            return None
        grade = self.loan.loan_class
        return self.loan.owed if grade is not None and not grade.performing else 0


def stood(
    session: Session,
    on: date,
    *,
    scheme: str | None = None,
    client_id: str | None = None,
    currency: str | None = None,
    known: datetime | None = None,
) -> tuple[Stood, ...]:
    """Return policies on a day by number; of one scheme, client or currency where given.

    `known` leaves out what the books learned later; None: all that is known now.
    """
    query = select(PolicyRow).order_by(col(PolicyRow.number))
    wanted = ((PolicyRow.scheme_code, scheme), (PolicyRow.client_id, client_id),
              (PolicyRow.currency, currency))  # fmt: skip
    for column, value in wanted:
        query = query if value is None else query.where(col(column) == value)
    rows = [row for row in session.exec(query) if known is None or row.created_at <= known]
    ids = [row.id for row in rows]
    moves, events = _moves(session, ids, known), _events(session, ids)
    return tuple(_stood(row, moves[row.id], events[row.id], on, known) for row in rows)


def _stood(
    row: PolicyRow,
    moves: list[PolicyTransactionRow],
    events: list[LoanEvent],
    on: date,
    known: datetime | None,
) -> Stood:
    state = state_as_of(map(transaction_of, moves), on, known)
    counted = counting(events, on, known)
    loan = account(counted) if counted else None
    draws = tuple((one.happened_on, one.principal) for one in counted if one.kind in _DRAWS)
    return Stood(row, state, loan, on, tuple(moves), draws)


def _moves(
    session: Session, ids: list[str], known: datetime | None
) -> Mapping[str, list[PolicyTransactionRow]]:
    found: defaultdict[str, list[PolicyTransactionRow]] = defaultdict(list)
    table = PolicyTransactionRow
    for start in range(0, len(ids), _BATCH):
        query = select(table).where(col(table.policy_id).in_(ids[start : start + _BATCH]))
        for row in session.exec(query.order_by(col(table.policy_id), col(table.seq))):
            if known is None or row.created_at <= known:
                found[row.policy_id].append(row)
    return found


def _events(session: Session, ids: list[str]) -> Mapping[str, list[LoanEvent]]:
    found: defaultdict[str, list[LoanEvent]] = defaultdict(list)
    table = LoanEventRow
    for start in range(0, len(ids), _BATCH):
        query = select(table).where(col(table.policy_id).in_(ids[start : start + _BATCH]))
        for row in session.exec(query.order_by(col(table.policy_id), col(table.seq))):
            found[row.policy_id].append(event_of(row))
    return found
