"""ACT: first notice of an insured event: cover at first sight, first reserve, receipt, clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from claims import store
from claims.counsel.related import check_unrelated
from claims.facts import Case, case_on, check_papers, missing_papers
from claims.rules.coverage.evidence import OF_NOTICE
from claims.rules.fact_bounds import Standing, bounded
from claims.rules.kinds import kind_of
from claims.rules.lifecycle import State
from claims.rules.stated_facts import facts_in
from claims.tables import ClaimRow
from claims.taking.check import check_asked, check_days, check_policy, check_right
from claims.taking.opened import first_items, loan_key, open_file
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting import store as contracts
from underwriting.numbers import number


@dataclass(frozen=True, slots=True)
class Notice:
    """What an insured bank or firm states of an insured event.

    Attributes:
        policy_id: the policy.
        default_date: day of the insured event, as the kind of claim has it: first day an
            instalment was overdue, filing accepted, demand or suit made, customs' demand.
        known_on: the day the insured knew.
        asked: line -> minor units, lines as the kind of claim has them.
        currency: of the lines; the policy's.
        papers: codes of the papers that came with it.
        facts: facts of the kind, by name: dates, texts, flags, `Money`.
        reported_on: the day on which the house was told of it before; None is not.
    """

    policy_id: str
    default_date: date
    known_on: date
    asked: Mapping[str, int]
    currency: str
    papers: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    reported_on: date | None = None


def notify(session: Session, notice: Notice, *, desk: Desk) -> ClaimRow:
    """Open a claim. One insured event is one claim, one default of a loan too.

    Of one day there are several events where they name themselves apart: demands of customs;
    matters of another right or infringer; demands of another accuser or at another court.

    Raises:
        NotFound: there is no such policy.
        Invalid: a day lies ahead or is out of its order, the currency is another, nothing is
            asked, or a line, a paper, a fact or a right is not one of the policy's.
        Conflict: the event has a claim already, under this policy or another of the same loan.
    """
    policy = contracts.policy(session, notice.policy_id)
    check_policy(policy)
    kind = kind_of(policy.product)
    check_days(kind, notice.default_date, notice.known_on, desk)
    check_asked(kind, notice.asked, notice.currency, policy)
    facts = _facts(notice, policy, desk)
    check_right(session, policy, notice.default_date, facts)
    loan = loan_key(policy)
    _check_once(session, notice, policy, facts, loan)
    check_unrelated(session, policy, notice.default_date, facts)
    id_ = new_id("cl")
    row = contracts.add(
        session,
        ClaimRow(
            id=id_,
            created_at=desk.at,
            number=number("CL", id_, desk.on),
            state=State.NOTIFIED.value,
            policy_id=policy.id,
            client_id=policy.client_id,
            currency=policy.currency,
            default_date=notice.default_date,
            event_key=kind.event_key(facts),
            loan=loan,
            notified_on=desk.on,
            asked=dict(notice.asked),
            file={
                "known_on": notice.known_on.isoformat(),
                "papers": {code: desk.on.isoformat() for code in notice.papers},
                **_reported(notice),
                **facts,
                OF_NOTICE: ["known_on", *facts],
            },
            findings=[],
        ),
    )
    case = case_on(session, row, policy)
    _check_papers(case, notice, desk)
    first_items(session, row, desk)
    open_file(session, case, desk)
    return row


def _facts(notice: Notice, policy: contracts.PolicyRow, desk: Desk) -> dict[str, Any]:
    """Return the facts of a notice as the file keeps them, each within its bounds."""
    kind, currency, event_on = kind_of(policy.product), policy.currency, notice.default_date
    facts = facts_in(kind, notice.facts, currency=currency, at_notice=True)
    asked = notice.asked
    standing = Standing(on=desk.on, currency=currency, asked=asked, file={}, event_on=event_on)
    return bounded(kind, facts, standing)


def _reported(notice: Notice) -> dict[str, str]:
    """Return the day of an earlier report; cover reads it as the day of the notice."""
    return {"reported_on": notice.reported_on.isoformat()} if notice.reported_on else {}


def _check_once(
    session: Session,
    notice: Notice,
    policy: contracts.PolicyRow,
    facts: Mapping[str, Any],
    loan: str | None,
) -> None:
    on, kind = notice.default_date, kind_of(policy.product)
    key = kind.event_key(facts)
    found = [
        row
        for row in store.claim_on(session, policy.id)
        if row.default_date == on and (row.event_key == key or kind.same_event(row.file, facts))
    ]
    if loan and (twin := store.claim_of_loan(session, policy.client_id, loan, on)):
        found.append(twin)
    if found:
        fault = Fault("default_date", "this event has a claim", f"read claim {found[0].id}")
        raise Conflict("claim-twice", fault)


def _check_papers(case: Case, notice: Notice, desk: Desk) -> None:
    check_papers(case, notice.papers)
    if not missing_papers(case):
        case.claim.file = {**case.claim.file, "completed_on": desk.on.isoformat()}
