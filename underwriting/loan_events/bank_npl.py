"""A bank's pledge loans against the tolerance, from its loan events and its own stated ratio."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from underwriting.loan_events.store import loan_file, reported
from underwriting.tables import MeasureRow
from underwriting.watch.account import Account, account
from underwriting.watch.counting import counting
from underwriting.watch.npl import Tolerance, npl_law, tolerance


@dataclass(frozen=True, slots=True)
class BankNpl:
    """Where a bank stands on a day.

    Attributes:
        on: the day.
        by_currency: currency -> its loans against the tolerance.
        own: the statement of its own ratio; None where there is none.
    """

    on: date
    by_currency: dict[str, Tolerance]
    own: MeasureRow | None


def bank_npl(session: Session, bank_id: str, on: date) -> BankNpl:
    """Return where a bank stands at the end of a day, by currency; empty where none is reported."""
    accounts: dict[str, list[Account]] = {}
    for policy in reported(session, bank_id, on):
        known = counting(loan_file(session, policy.id).events, on)
        accounts.setdefault(policy.currency, []).append(account(known))
    own = _own(session, bank_id, on)
    ratio = None if own is None else Fraction(own.ratio)
    return BankNpl(
        on, {unit: tolerance(accounts[unit], ratio) for unit in sorted(accounts)}, own
    )  # fmt: skip


def _own(session: Session, bank_id: str, on: date) -> MeasureRow | None:
    """Return the newest statement of the bank's own ratio, under whichever scheme it was made."""
    query = (
        select(MeasureRow)
        .where(
            MeasureRow.bank_id == bank_id,
            MeasureRow.measure == npl_law()["measure"],
            col(MeasureRow.as_of) <= on,
        )
        .order_by(col(MeasureRow.as_of).desc(), col(MeasureRow.created_at).desc())
        .limit(1)
    )
    return session.exec(query).one_or_none()
