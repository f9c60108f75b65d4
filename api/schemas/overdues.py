"""Overdue loans on the wire: notice, letters of demand, ends, and the claim."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.schemas.claim_answers import Action
from api.schemas.claim_lines import Lines, minor_in
from api.schemas.common import Answer, Finding, money
from claims.overdue.case import OverdueCase
from claims.overdue.duties import duties_of
from claims.overdue.store import DunningRow
from claims.rules.duty import Duty
from claims.rules.overdue import Step, stands
from kernel.wire import Code, Day, Identifier, LongWords, MoneyWire, Wire, Words
from underwriting.watch.loan_form import LoanEventForm


class OverdueRequest(Wire):
    """Notice of a loan that is overdue: the report of it, and when the bank knew."""

    event: LoanEventForm = Field(description="Of kind `overdue`; one on record counts once")
    known_on: Day = Field(description="The day on which the bank knew of it")


class DunningRequest(Wire):
    """A letter of demand to be sent."""

    step: Literal["bank", "joint"]
    method: Code = Field(description="How it is served, such as registered_post")
    sent_on: Day | None = Field(None, description="Today if left out")
    pay_by: Day | None = Field(None, description="The days of the step if left out")


class ServiceRequest(Wire):
    """Proof that a letter was served."""

    served_on: Day
    proof: Words = Field(description="Number of the slip, receipt or deed")


class CureRequest(Wire):
    """What was overdue was paid."""

    event: LoanEventForm = Field(description="Of kind `cured`; one on record counts once")


class ExtensionRequest(Wire):
    """The term was extended with leave."""

    consent_id: Identifier


class OverdueClaimRequest(Wire):
    """The claim of an overdue loan, with the lines of its transcript."""

    papers: tuple[Code, ...] = Field((), max_length=50)


class EarlyPaymentRequest(Wire):
    """A payment before the waiting period ends, as agreed."""

    amounts: Lines
    agreed_on: Day
    words: LongWords = Field(description="Why the waiting period is not waited for")

    def minor(self, currency: str) -> dict[str, int]:
        """Return each line in minor units of the claim's currency.

        Raises:
            Invalid: they are in another currency, or have decimals that it lacks.
        """
        return minor_in(currency, self.amounts, "amounts")


class DutyAnswer(Answer):
    """What is to be done, by whom, by when."""

    code: str
    whose: str
    words: str
    words_zh: str
    clause: str
    due: date | None
    done_on: date | None
    late: bool


class DunningAnswer(Answer):
    """A letter of demand."""

    sequence: int
    number: str
    step: str
    method: str
    sent_on: date
    pay_by: date
    principal: MoneyWire
    interest: MoneyWire
    served_on: date | None
    proof: str | None


class OverdueAnswer(Answer):
    """An overdue loan as it stands."""

    id: str
    number: str
    policy_id: str
    loan: str
    state: str
    since: date
    known_on: date
    notified_on: date
    principal: MoneyWire
    interest: MoneyWire
    event_key: str = Field(description="The report of it among the loan's events")
    notice_by: date
    waiting_from: date = Field(description="First day of the waiting period")
    waiting_ends: date = Field(description="Last day of it")
    payable_from: date
    claim_by: date = Field(description="Last day on which it may be claimed")
    ended_on: date | None
    ended_by: str | None
    claim_id: str | None
    transcript_id: str | None = Field(description="The newest; it counts")
    letters: tuple[DunningAnswer, ...]
    duties: tuple[DutyAnswer, ...]
    findings: tuple[Finding, ...]
    offered: tuple[Action, ...] = Field(description="What its state allows today")
    created_at: datetime


def overdue_answer(
    case: OverdueCase,
    letters: Sequence[DunningRow],
    transcript_id: str | None,
    on: date,
    *,
    offered: tuple[Action, ...],
) -> OverdueAnswer:
    """Return a case as it stands on a day, with what may be done next."""
    row, days = case.row, case.days
    plain = ("id", "number", "policy_id", "since", "known_on", "notified_on", "event_key",
             "ended_on", "ended_by", "claim_id", "created_at")  # fmt: skip
    return OverdueAnswer(
        **{name: getattr(row, name) for name in plain},
        loan=case.contract.lent.contract,
        state=stands(row.state, row.claim_by, on).value,
        principal=money(row.principal_minor, row.currency),
        interest=money(row.interest_minor, row.currency),
        notice_by=days.notice_by,
        waiting_from=days.waiting_from,
        waiting_ends=days.waiting_ends,
        payable_from=days.payable_from,
        claim_by=days.claim_by,
        transcript_id=transcript_id,
        letters=tuple(dunning_answer(one, row.currency) for one in letters),
        duties=tuple(duty_answer(one, on) for one in duties_of(row, letters, on)),
        findings=tuple(one.json() for one in case.findings()),
        offered=offered,
    )


def dunning_answer(row: DunningRow, currency: str) -> DunningAnswer:
    """Return a letter of demand."""
    plain = ("sequence", "number", "step", "method", "sent_on", "pay_by", "served_on", "proof")
    return DunningAnswer(
        **{name: getattr(row, name) for name in plain},
        principal=money(row.principal_minor, currency),
        interest=money(row.interest_minor, currency),
    )


def step_of(sent: DunningRequest) -> Step:
    """Return who demands."""
    return Step(sent.step)


def duty_answer(one: Duty, on: date) -> DutyAnswer:
    """Return a duty as it stands on a day."""
    plain = ("code", "whose", "clause", "due", "done_on")
    return DutyAnswer(
        **{name: getattr(one, name) for name in plain},
        words=one.en,
        words_zh=one.zh,
        late=one.late(on),
    )
