"""ACT: first notice of a default: cover at first sight, first reserve, receipt with all clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store
from claims.facts import Case, case_on, check_papers, cover_findings, facts_for, missing_papers
from claims.papers.receipt import claim_receipt
from claims.rules.bookings import reserve_moves
from claims.rules.indemnity import LINES, approve_lines, loss_of
from claims.rules.lifecycle import State
from claims.tables import ClaimRow
from documents.stated import stated
from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid, invalid
from kernel.journal import entry
from kernel.sharing import split
from underwriting import store as contracts
from underwriting.numbers import number


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bank states when a borrower defaults.

    Attributes:
        policy_id: the policy.
        default_date: first day an instalment was overdue.
        known_on: the day the bank knew.
        asked: line -> minor units, lines as in `claims.rules.indemnity.LINES`.
        currency: of the lines; the policy's.
        papers: codes of the papers that came with it.
    """

    policy_id: str
    default_date: date
    known_on: date
    asked: Mapping[str, int]
    currency: str
    papers: tuple[str, ...]


def notify(session: Session, notice: Notice, *, desk: Desk) -> ClaimRow:
    """Open a claim. One default is one claim.

    Raises:
        NotFound: there is no such policy.
        Invalid: a day lies ahead, the currency is another, nothing is asked, or a paper is
            not one of the policy's.
        Conflict: the default has a claim already, or the policy guarantees no loan.
    """
    policy = contracts.policy(session, notice.policy_id)
    _check(notice, policy, desk)
    for earlier in store.claim_on(session, policy.id):
        if earlier.default_date == notice.default_date:
            fault = Fault("default_date", "this default has a claim", f"read claim {earlier.id}")
            raise Conflict("claim-twice", fault)
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
            notified_on=desk.on,
            asked=dict(notice.asked),
            file={
                "known_on": notice.known_on.isoformat(),
                "papers": {code: desk.on.isoformat() for code in notice.papers},
            },
            findings=[],
        ),
    )
    case = case_on(session, row, policy)
    check_papers(case, notice.papers)
    if not missing_papers(case):
        row.file = {**row.file, "completed_on": desk.on.isoformat()}
    row.findings = [found.json() for found in cover_findings(case, desk)]
    row.reserve_minor = first_reserve(session, case, desk)
    session.add(row)
    _book(session, case, desk)
    return row


def first_reserve(session: Session, case: Case, desk: Desk) -> int:
    """Return the issuer's share of what is asked, in minor units.

    Where a fact that the scheme needs is not registered, the whole is set aside: a notice is
    never refused for it.
    """
    claim, contract, scheme = case.claim, case.contract, case.scheme.scheme
    room = case.policy.sum_insured_minor - case.policy.paid_minor
    lines = approve_lines(
        contract,
        claim.default_date,
        claim.asked,
        adjusted={},
        loss_base=scheme.loss_base,
        room=room,
    )
    loss = loss_of(lines, claim.currency)
    try:
        facts = facts_for(session, case, desk.on)
        return split(scheme, loss, facts).paid_by(contract.issuer)
    except Invalid:
        return loss.total


def _check(notice: Notice, policy: contracts.PolicyRow, desk: Desk) -> None:
    if policy.state == "void":
        fault = Fault("policy_id", "was issued and taken back: it never covered", "see its history")
        raise Conflict("policy-void", fault)
    if policy.contract["loan"] is None:
        words = f"is of {policy.product}, which guarantees no loan: no default of one is covered"
        cure = "name the policy of a guaranteed loan; write to the insurer about any other event"
        raise Conflict("no-loan-covered", Fault("policy_id", words, cure))
    for field, day in (("default_date", notice.default_date), ("known_on", notice.known_on)):
        if day > desk.on:
            raise invalid(field, f"{day} lies ahead", f"give a day up to {desk.on}")
    if notice.known_on < notice.default_date:
        raise invalid("known_on", "is before the default", "give the day the bank knew of it")
    if notice.currency != policy.currency:
        raise invalid("currency", f"the policy is in {policy.currency}", "claim in it")
    for code, minor in notice.asked.items():
        if code not in LINES or minor < 0:
            cure = f"give nought or more under {', '.join(LINES)}"
            raise invalid(f"asked.{code}", "is no line of a claim or is below nought", cure)
    if sum(notice.asked.values()) == 0:
        raise invalid("asked", "asks for nothing", "state at least one line above zero")


def _book(session: Session, case: Case, desk: Desk) -> None:
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    moves = reserve_moves(row.reserve_minor)
    reserve = entry(f"first reserve of claim {row.number}", desk.on, row.currency, moves)
    books.post(session, reserve, subject=subject, key=f"reserve:{row.id}:1", at=desk.at)
    said = stated(claim_receipt(case, desk=desk))
    books.file_form(session, subject, "claim_receipt", number=row.number, stated=said, at=desk.at)
    payload = {"default_date": row.default_date.isoformat(), "asked": row.asked}
    books.note(session, subject, "notified", payload, actor=desk.actor, at=desk.at)
