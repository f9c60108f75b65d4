"""ACT: payment is demanded in writing, by the bank first, then by bank and insurer together.

A joint demand counts as collection before the claim (supervisor's guide of 2020, no. 90).
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.overdue import store
from claims.overdue.case import OverdueCase, overdue_case
from claims.overdue.tables import DunningRow
from claims.papers.overdue import dunning_letter
from claims.rules.overdue import State, Step, check_open, check_step, dunning, stands
from documents.stated import stated
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.period import add_days


@dataclass(frozen=True, slots=True)
class Demand:
    """A letter of demand.

    Attributes:
        step: who demands.
        method: how it is served, a key of the table of methods.
        sent_on: the day it is sent; today where not stated.
        pay_by: last day to pay; the days of the step where not stated.
    """

    step: Step
    method: str
    sent_on: date | None = None
    pay_by: date | None = None


def dun(session: Session, overdue_id: str, demand: Demand, *, desk: Desk) -> DunningRow:
    """Send a letter of demand, each step once, and file it.

    Raises:
        NotFound: there is no such case.
        Invalid: the method is none, or a day cannot be.
        Conflict: the case has ended, or the letter is out of order.
    """
    case = overdue_case(session, overdue_id, desk.on, lock=True)
    row = case.row
    check_open(stands(row.state, row.claim_by, desk.on), "nothing more is demanded")
    earlier = store.letters(session, row.id)
    check_step(tuple(one.step for one in earlier), demand.step)
    sent, pay_by = _days(case, demand, desk)
    principal, interest = _overdue(case)
    id_, sequence = new_id("dl"), len(earlier) + 1
    letter = write(
        session,
        DunningRow(
            id=id_,
            created_at=desk.at,
            overdue_id=row.id,
            sequence=sequence,
            number=f"{row.number}-L{sequence}",
            step=demand.step.value,
            sent_on=sent,
            pay_by=pay_by,
            method=demand.method,
            principal_minor=principal,
            interest_minor=interest,
        ),
    )
    row.state = State.DUNNED.value
    session.add(row)
    _file(session, case, letter, desk)
    return letter


def _overdue(case: OverdueCase) -> tuple[int, int]:
    """Return what the loan's record says is overdue now; else what was reported at first."""
    standing = case.loan.standing
    if standing is not None and standing.account.overdue_since is not None:
        return standing.account.overdue_principal, standing.account.overdue_interest
    return case.row.principal_minor, case.row.interest_minor


def _days(case: OverdueCase, demand: Demand, desk: Desk) -> tuple[date, date]:
    """Return when it is sent and by when to pay, or refuse all that is wrong with them."""
    sent = demand.sent_on or desk.on
    pay_by = demand.pay_by or add_days(sent, dunning()["steps"][demand.step.value]["pay_days"])
    faults = []
    if demand.method not in dunning()["methods"]:
        known = ", ".join(dunning()["methods"])
        faults.append(Fault("method", f"{demand.method!r} is none", f"use one of {known}"))
    if not case.row.since <= sent <= desk.on:
        words = f"{sent} is not from {case.row.since} to today"
        faults.append(Fault("sent_on", words, "give the day it was sent"))
    if pay_by <= sent:
        faults.append(Fault("pay_by", "gives no day to pay", "give a day after it is sent"))
    if faults:
        raise Invalid("invalid", *faults)
    return sent, pay_by


def _file(session: Session, case: OverdueCase, letter: DunningRow, desk: Desk) -> None:
    subject = books.Subject("policy", case.policy.id)
    form = dunning_letter(
        case.row, letter, case.policy, case.contract, bank=case.bank, insurer=desk.insurer
    )
    books.file_form(
        session, subject, "dunning_letter", number=letter.number, stated=stated(form), at=desk.at
    )
    payload = {"overdue_id": case.row.id, "letter": letter.number, "step": letter.step}
    books.note(session, subject, "payment_demanded", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "letter_of_demand", payload, at=desk.at)
