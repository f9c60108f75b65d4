"""A loan against the plan that the insurer agreed to, on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from underwriting.watch.account import Account, LoanState, account
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.schedule import Due, planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An account against the agreed plan on a day; amounts in minor units.

    Attributes:
        account: what the events come to.
        planned: principal to be repaid by the day.
        arrears: of it, what is not repaid.
        due_since: day of the oldest instalment that is not repaid whole; None where none is.
        days_overdue: days since then, or since the day that the bank reports, if that is earlier.
    """

    account: Account
    planned: int
    arrears: int
    due_since: date | None
    days_overdue: int

    @property
    def ahead(self) -> int:
        """Principal repaid before it is due; below nothing: behind the plan."""
        return self.account.repaid - self.planned

    @property
    def state(self) -> LoanState:
        """How the loan stands, unpaid instalments of the plan included."""
        stated = self.account.state
        late = self.days_overdue > 0 and stated in (LoanState.CURRENT, LoanState.NOT_DISBURSED)
        return LoanState.OVERDUE if late and self.account.disbursed else stated


def standing(plan: tuple[Due, ...], events: Sequence[LoanEvent], on: date) -> Standing:
    """Return how a loan stands at the end of day `on`; `events` as `counting` gives them."""
    now = account(events)
    due = planned(plan, on)
    since = _oldest(plan, now.repaid, on) if now.owed > 0 else None
    first = min((day for day in (since, now.overdue_since) if day is not None), default=None)
    return Standing(
        account=now,
        planned=due,
        arrears=min(max(0, due - now.repaid), max(0, now.owed)),
        due_since=since,
        days_overdue=(on - first).days if first is not None else 0,
    )


def _oldest(plan: tuple[Due, ...], repaid: int, on: date) -> date | None:
    """Return the day of the first instalment, due by `on`, that `repaid` does not cover."""
    asked = 0
    for due in plan:
        asked += due.principal
        if due.on <= on and asked > repaid:
            return due.on
    return None
