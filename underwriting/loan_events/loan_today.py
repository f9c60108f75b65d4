"""The loan behind a policy as it stands on a day, by the plan that was agreed for that day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from underwriting.history.store import contract_on
from underwriting.loan_events.store import loan_file
from underwriting.rules.contract import Contract
from underwriting.watch.change_consented import LoanFile
from underwriting.watch.counting import counting
from underwriting.watch.schedule import schedule
from underwriting.watch.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class LoanToday:
    """A guaranteed loan on a day.

    Attributes:
        contract: the terms of that day.
        file: all that is known of the loan.
        standing: how it stands at the end of the day; None where nobody reports it.
    """

    contract: Contract
    file: LoanFile
    standing: Standing | None


def loan_today(
    session: Session, policy_id: str, on: date, *, known: datetime | None = None
) -> LoanToday:
    """Return how the loan of a policy stands on a day, as known now or at an instant.

    Raises:
        NotFound: there is no such policy.
        Conflict: it guarantees no loan.
    """
    contract = contract_on(session, policy_id, on)
    if contract.loan is None:
        fault = Fault("policy_id", "the policy guarantees no loan", "name one that does")
        raise Conflict("no-loan", fault)
    file = loan_file(session, policy_id, known=known)
    if not file.events:
        return LoanToday(contract, file, None)
    return LoanToday(
        contract, file, standing(schedule(contract), counting(file.events, on), on)
    )  # fmt: skip
