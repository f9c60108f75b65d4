"""The loan after issue on the wire: its events, how it stands, leave asked and answered."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.common import Answer, Finding, money
from api.schemas.policy_life import PremiumChange
from api.schemas.quotes import AnyRisk
from kernel.finding import Finding as Found
from kernel.wire import Day, LongWords, MoneyWire, Wire, Words
from underwriting.loan_events.consents import ConsentAnswerRow, ConsentRow
from underwriting.loan_events.loan_today import LoanToday
from underwriting.loan_events.store import LoanEventRow
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.loan_form import LoanEventForm


class LoanEventsRequest(Wire):
    """Events of one loan; all of them are recorded, or none."""

    events: Annotated[tuple[LoanEventForm, ...], Field(min_length=1, max_length=1000)]


class LoanEventAnswer(Answer):
    """One event as it is kept."""

    id: str
    seq: int
    key: str
    kind: str
    happened_on: date
    booked_on: date
    principal: MoneyWire
    interest: MoneyWire
    since: date | None
    until: date | None
    loan_class: str | None
    withdraws: str | None
    consent_id: str | None
    reference: str | None
    created_at: datetime


class LoanAnswer(Answer):
    """How a loan stands at the end of a day, against the plan that was agreed."""

    valid_on: date
    reported: bool = Field(description="False: nobody sends events; the amounts are null then")
    state: str | None
    disbursed: MoneyWire | None
    repaid: MoneyWire | None
    owed: MoneyWire | None
    planned: MoneyWire | None = Field(description="Principal to be repaid by then")
    ahead: MoneyWire | None = Field(description="Repaid before it was due")
    arrears: MoneyWire | None
    days_overdue: int | None
    overdue_since: date | None
    loan_class: str | None
    extensions: int | None
    findings: tuple[Finding, ...] = Field(description="Was every change consented to?")


class LoanEventsAnswer(Answer):
    """What a report came to."""

    events: tuple[LoanEventAnswer, ...]
    new: tuple[str, ...] = Field(description="Keys that were not known before")
    findings: tuple[Finding, ...]
    loan: LoanAnswer


class ConsentRequest(Wire):
    """Leave is asked for one change of the loan."""

    kind: ConsentKind
    effective_on: Day = Field(description="First day of the change")
    reason: LongWords
    risk: AnyRisk = Field(description="The proposal as it shall be, for the whole period")


class ConditionWire(Wire):
    """A condition of leave, in both languages."""

    words: Words
    words_zh: Words


class ConsentAnswerRequest(Wire):
    """A person's answer."""

    outcome: Literal["granted", "refused"]
    reason: LongWords
    conditions: Annotated[tuple[ConditionWire, ...], Field(max_length=20)] = ()


class ConsentCondition(Answer):
    """A condition of leave, in both languages."""

    words: str
    words_zh: str


class ConsentAnswered(Answer):
    """A leave that was asked, and what came of it."""

    id: str
    number: str
    policy_id: str
    kind: str
    state: str = Field(description="granted, refused, or referred while nobody has answered")
    decided_by: str | None = Field(description="rules or person; null while nobody has")
    effective_on: date
    asked_on: date
    answered_on: date | None
    valid_until: date | None = Field(description="Last day on which the change may be made")
    reason: str
    answer: str | None
    authority: str | None = Field(description="Level that a person's leave needs; null: nobody's")
    loan: str
    loan_amount: MoneyWire
    loan_due: date
    premium_before: MoneyWire
    premium_after: MoneyWire
    policyholder_pays: PremiumChange
    public_payer_pays: PremiumChange
    conditions: tuple[ConsentCondition, ...]
    findings: tuple[Finding, ...]
    quote_id: str | None
    transaction_id: str | None = Field(description="The endorsement that leave brought")
    created_at: datetime


def event_answer(row: LoanEventRow) -> LoanEventAnswer:
    """Return an event."""
    plain = ("id", "seq", "key", "kind", "happened_on", "booked_on", "since", "until",
             "loan_class", "withdraws", "consent_id", "reference", "created_at")  # fmt: skip
    return LoanEventAnswer(
        **{name: getattr(row, name) for name in plain},
        principal=money(row.principal_minor, row.currency),
        interest=money(row.interest_minor, row.currency),
    )


def loan_answer(today: LoanToday, on: date, findings: tuple[Found, ...]) -> LoanAnswer:
    """Return how a loan stands; nothing is made up where nobody reports it."""
    told, unit = today.standing, today.contract.currency
    shown = tuple(one.json() for one in findings)
    if told is None:
        names = LoanAnswer.model_fields.keys() - {"valid_on", "reported", "findings"}
        blank = dict.fromkeys(names)
        return LoanAnswer.model_validate(
            {"valid_on": on, "reported": False, "findings": shown, **blank}
        )
    now = told.account
    amounts = {
        "disbursed": now.disbursed,
        "repaid": now.repaid,
        "owed": now.owed,
        "planned": told.planned,
        "ahead": max(0, told.ahead),
        "arrears": told.arrears,
    }
    return LoanAnswer.model_validate(
        {
            "valid_on": on,
            "reported": True,
            "state": told.state.value,
            "days_overdue": told.days_overdue,
            "overdue_since": now.overdue_since or told.due_since,
            "loan_class": now.loan_class and now.loan_class.value,
            "extensions": now.extensions,
            "findings": shown,
            **{name: money(minor, unit) for name, minor in amounts.items()},
        }
    )


def consent_answer(row: ConsentRow, answer: ConsentAnswerRow | None) -> ConsentAnswered:
    """Return a leave that was asked with its answer."""
    plain = ("id", "number", "policy_id", "kind", "effective_on", "asked_on", "reason", "loan",
             "quote_id", "created_at", "findings")  # fmt: skip
    unit = row.currency
    return ConsentAnswered(
        **{name: getattr(row, name) for name in plain},
        state="referred" if answer is None else answer.outcome,
        decided_by=None if answer is None else answer.decided_by,
        answered_on=None if answer is None else answer.answered_on,
        valid_until=None if answer is None else answer.valid_until,
        answer=None if answer is None else answer.reason,
        authority=row.need,
        loan_amount=money(row.most_minor, unit),
        loan_due=row.due,
        premium_before=money(row.old_minor, unit),
        premium_after=money(row.new_minor, unit),
        policyholder_pays=_change(row.change_policyholder_minor, unit),
        public_payer_pays=_change(row.change_subsidy_minor, unit),
        conditions=tuple(
            ConsentCondition(words=en, words_zh=zh)
            for en, zh in (() if answer is None else answer.conditions)
        ),
        transaction_id=None if answer is None else answer.transaction_id,
    )


def _change(minor: int, unit: str) -> PremiumChange:
    return PremiumChange(charged=money(max(0, minor), unit), returned=money(max(0, -minor), unit))
