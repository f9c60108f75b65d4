"""An overdue case with its policy, terms and the loan's own record."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.overdue import store
from claims.overdue.tables import OverdueRow
from claims.rules.overdue import Days, days_of
from claims.rules.overdue_findings import Reported, overdue_findings
from kernel.finding import Finding
from underwriting import store as contracts
from underwriting.history.store import contract_on
from underwriting.loan_events.loan_today import LoanToday, loan_today
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent


@dataclass(frozen=True, slots=True)
class OverdueCase:
    """An overdue loan on its policy.

    Attributes:
        row: the case.
        policy: the policy.
        contract: its terms on the first day unpaid.
        bank: name of the insured bank.
        loan: the loan's own record as it is known today.
    """

    row: OverdueRow
    policy: PolicyRow
    contract: Contract
    bank: str
    loan: LoanToday

    @property
    def days(self) -> Days:
        """Its clocks."""
        return days_of(self.contract, self.row.since, self.row.known_on)

    @property
    def events(self) -> tuple[LoanEvent, ...]:
        """The events of the loan that count."""
        return counting(self.loan.file.events)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding on it, by the loan's record as it is today."""
        row = self.row
        on_record = any(one.key == row.event_key for one in self.events)
        said = Reported(row.since, row.notified_on, row.principal_minor, on_record)
        return overdue_findings(said, self.contract, self.days, self.loan.standing)


def overdue_case(session: Session, overdue_id: str, on: date, *, lock: bool = False) -> OverdueCase:
    """Fetch a case; its policy is locked before it."""
    seen = store.overdue(session, overdue_id)
    policy = contracts.policy(session, seen.policy_id, lock=lock)
    return case_of_row(session, store.overdue(session, overdue_id, lock=lock), policy, on)


def case_of_row(session: Session, row: OverdueRow, policy: PolicyRow, on: date) -> OverdueCase:
    """Put a case and its policy together."""
    return OverdueCase(
        row,
        policy,
        contract_on(session, policy.id, row.since),
        contracts.party(session, policy.client_id).name,
        loan_today(session, policy.id, on),
    )
