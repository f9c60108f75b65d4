"""ACT: a guaranteed loan is overdue: a case is opened on the loan's own record, its clocks run."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store as claims
from claims.overdue import store
from claims.overdue.case import case_of_row
from claims.overdue.duties import duties_of
from claims.overdue.tables import OverdueRow
from claims.papers.overdue import overdue_receipt
from claims.rules.overdue import State, days_of, stands
from claims.taking.check import check_policy
from claims.taking.opened import loan_key
from documents.stated import stated
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting import store as contracts
from underwriting.history.store import contract_on
from underwriting.loan_events.loan_today import loan_today
from underwriting.numbers import number
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent, LoanEventKind


@dataclass(frozen=True, slots=True)
class OverdueNotice:
    """What a bank says besides its report of the loan.

    Attributes:
        policy_id: the policy.
        event_key: its own name for the report of the overdue, in the loan's record.
        known_on: the day it knew.
    """

    policy_id: str
    event_key: str
    known_on: date


def report_overdue(session: Session, notice: OverdueNotice, *, desk: Desk) -> OverdueRow:
    """Open the case of an overdue loan, or link it to the claim that its default has already.

    Raises:
        NotFound: there is no such policy.
        Invalid: no report of that name says that the loan is overdue, or a day cannot be.
        Conflict: the policy never covered or guarantees no loan; the loan has a case since that
            day, or one that is still open.
    """
    policy = contracts.policy(session, notice.policy_id, lock=True)
    check_policy(policy)
    loan = loan_key(policy)
    if loan is None:
        cure = "name the policy of a guaranteed loan"
        raise Conflict("no-loan", Fault("policy_id", "guarantees no loan", cure))
    event = _event(session, notice, desk)
    _check(session, notice, policy.client_id, loan, _since(event), desk=desk)
    row = _opened(session, notice, event, policy, loan, desk=desk)
    _file(session, row, policy, desk)
    return row


def _opened(
    session: Session,
    notice: OverdueNotice,
    event: LoanEvent,
    policy: contracts.PolicyRow,
    loan: str,
    *,
    desk: Desk,
) -> OverdueRow:
    """Write the case, linked to the claim that the default has already, if any."""
    since, id_ = _since(event), new_id("od")
    days = days_of(contract_on(session, policy.id, since), since, notice.known_on)
    claim = claims.claim_of_loan(session, policy.client_id, loan, since)
    return write(
        session,
        OverdueRow(
            id=id_,
            created_at=desk.at,
            number=number("OD", id_, desk.on),
            policy_id=policy.id,
            client_id=policy.client_id,
            loan=loan,
            since=since,
            event_key=event.key,
            known_on=notice.known_on,
            notified_on=desk.on,
            notice_by=days.notice_by,
            waiting_ends=days.waiting_ends,
            claim_by=days.claim_by,
            currency=policy.currency,
            principal_minor=event.principal,
            interest_minor=event.interest,
            state=State.CLAIMED.value if claim else State.REPORTED.value,
            ended_on=claim.notified_on if claim else None,
            ended_by=claim.id if claim else None,
            claim_id=claim.id if claim else None,
        ),
    )


def _since(event: LoanEvent) -> date:
    assert event.since is not None, "an overdue says since when"
    return event.since


def _event(session: Session, notice: OverdueNotice, desk: Desk) -> LoanEvent:
    """Return the report on record, which says since when and how much."""
    events = counting(loan_today(session, notice.policy_id, desk.on).file.events)
    for one in events:
        if one.key == notice.event_key and one.kind is LoanEventKind.OVERDUE:
            return one
    problem = f"{notice.event_key!r} is no report on record that the loan is overdue"
    raise invalid("event_key", problem, "report it first: POST /v1/policies/…/loan-events")


def _check(
    session: Session,
    notice: OverdueNotice,
    client_id: str,
    loan: str,
    since: date,
    *,
    desk: Desk,
) -> None:
    if notice.known_on > desk.on:
        raise invalid("known_on", f"{notice.known_on} lies ahead", f"give a day up to {desk.on}")
    if notice.known_on < since:
        raise invalid("known_on", f"is before {since}, the first day unpaid", "give the day known")
    for row in store.overdue_of_loan(session, client_id, loan):
        if row.since == since:
            fault = Fault("since", f"{since} has a case already", f"read overdue {row.id}")
            raise Conflict("overdue-twice", fault)
        if stands(row.state, row.claim_by, desk.on) in (State.REPORTED, State.DUNNED):
            words = f"the loan is overdue since {row.since} in case {row.number}"
            raise Conflict("overdue-open", Fault("since", words, "end that case first"))


def _file(session: Session, row: OverdueRow, policy: contracts.PolicyRow, desk: Desk) -> None:
    subject = books.Subject("policy", policy.id)
    case = case_of_row(session, row, policy, desk.on)
    form = overdue_receipt(
        row, policy, case.contract, bank=case.bank, insurer=desk.insurer,
        duties=duties_of(row, (), desk.on), findings=case.findings(),
    )  # fmt: skip
    books.file_form(
        session, subject, "overdue_receipt", number=row.number, stated=stated(form), at=desk.at
    )
    payload = {"overdue_id": row.id, "since": row.since.isoformat(), "event": row.event_key}
    books.note(session, subject, "overdue_reported", payload, actor=desk.actor, at=desk.at)
