"""ACT: evidence in, cover tested, the claim accepted, denied, or sent back for papers once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.facts import Case, case_of, check_papers, cover_findings, missing_papers
from claims.rules.bookings import reserve_moves
from claims.rules.indemnity import LINES, Line, approve_lines
from claims.rules.lifecycle import State, move
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.finding import Effect, Finding
from kernel.journal import entry
from underwriting.products import product


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an adjuster establishes.

    Attributes:
        papers: codes of papers that have come in since.
        conduct: name -> yes or no, names as the product's cover asks them.
        adjusted: line -> (minor units allowed, reason).
        agreed_on: the day the bank agreed to the amount; today where not stated.
    """

    papers: tuple[str, ...] = ()
    conduct: Mapping[str, bool] = field(default_factory=dict)
    adjusted: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    agreed_on: date | None = None


def assess(session: Session, claim_id: str, assessment: Assessment, *, desk: Desk) -> ClaimRow:
    """Assess a claim. Every finding is recorded, whatever comes of it.

    Missing papers are asked for all at once, and the clock stands still until they come
    (Insurance Law art. 22; Interpretation II art. 15). Conduct not yet established leaves the
    claim open.

    Raises:
        Conflict: the claim is past assessment.
        Invalid: a paper, a line or an amount is not one of the claim's.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    move(row.state, State.NOTIFIED)
    _check(case, assessment, desk)
    file: dict[str, Any] = {**row.file, **assessment.conduct}
    file["papers"] = {**dict.fromkeys(assessment.papers, desk.on.isoformat()), **file["papers"]}
    row.file = file
    findings = cover_findings(case, desk)
    row.findings = [found.json() for found in findings]
    if missing := missing_papers(case):
        _ask_for(session, case, missing, desk)
    else:
        _complete(session, row, desk)
        _decide(session, case, assessment, findings, desk=desk)
    session.add(row)
    session.flush()
    return row


def _check(case: Case, assessment: Assessment, desk: Desk) -> None:
    check_papers(case, assessment.papers)
    for code, (minor, _) in assessment.adjusted.items():
        if code not in LINES or not 0 <= minor <= case.claim.asked.get(code, 0):
            cure = f"lower one of the lines asked: {', '.join(case.claim.asked)}"
            raise invalid(f"adjusted.{code}", "is not from nought to what was asked", cure)
    asked = product(case.policy.product).conduct
    for name in assessment.conduct:
        if name not in asked:
            raise invalid(f"conduct.{name}", "is not asked", f"state {', '.join(asked)}")
    if assessment.agreed_on and not case.claim.notified_on <= assessment.agreed_on <= desk.on:
        raise invalid("agreed_on", "is not between notice and today", "give the day of agreement")


def _complete(session: Session, row: ClaimRow, desk: Desk) -> None:
    """Record the day on which the last paper came; the clocks run on from it."""
    if row.file.get("completed_on"):
        return
    row.file = {**row.file, "completed_on": desk.on.isoformat()}
    row.state = move(row.state, State.NOTIFIED)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "papers_complete", {}, actor=desk.actor, at=desk.at)


def _ask_for(session: Session, case: Case, missing: list[str], desk: Desk) -> None:
    """Ask for all missing papers, once; a second assessment repeats the one request."""
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    row.state = move(row.state, State.PAPERS_REQUESTED)
    if row.file.get("requested_on"):
        return
    row.file = {**row.file, "requested_on": desk.on.isoformat(), "requested": missing}
    payload = {"papers": missing}
    books.note(session, subject, "papers_requested", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "papers_requested", payload, at=desk.at)


def _decide(
    session: Session,
    case: Case,
    assessment: Assessment,
    findings: tuple[Finding, ...],
    *,
    desk: Desk,
) -> None:
    grounds = [found for found in findings if found.effect is Effect.DECLINE]
    unknown = [found for found in findings if found.code.endswith("-unknown")]
    if grounds:
        _deny(session, case, grounds, desk)
    elif unknown:
        case.claim.state = move(case.claim.state, State.NOTIFIED)
    else:
        _accept(session, case, assessment, desk)


def _deny(session: Session, case: Case, grounds: list[Finding], desk: Desk) -> None:
    """Refuse with every ground; the refusal is due within 3 days (Insurance Law art. 24)."""
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    row.state = move(row.state, State.DENIED)
    row.file = {**row.file, "assessed_on": desk.on.isoformat(), "denied": True}
    set_reserve(session, row, 0, desk)
    payload = {"grounds": [found.code for found in grounds]}
    books.note(session, subject, "denied", payload, actor=desk.actor, at=desk.at)
    refusal = {"grounds": [found.json() for found in grounds]}
    books.enqueue(session, subject, "refusal", refusal, at=desk.at)


def _accept(session: Session, case: Case, assessment: Assessment, desk: Desk) -> None:
    row, subject = case.claim, books.Subject("claim", case.claim.id)
    lines = lines_of(case, assessment.adjusted)
    row.state = move(row.state, State.ACCEPTED)
    row.approved = {line.code: line.approved for line in lines}
    agreed = assessment.agreed_on or desk.on
    row.file = {
        **row.file,
        "assessed_on": desk.on.isoformat(),
        "agreed_on": agreed.isoformat(),
        "adjusted": {code: list(value) for code, value in assessment.adjusted.items()},
    }
    payload = {"approved": row.approved, "agreed_on": agreed.isoformat()}
    books.note(session, subject, "accepted", payload, actor=desk.actor, at=desk.at)


def lines_of(case: Case, adjusted: Mapping[str, tuple[int, str]]) -> tuple[Line, ...]:
    """Return what is asked and approved, line by line, with today's room in the sum insured."""
    room = case.policy.sum_insured_minor - case.policy.paid_minor
    return approve_lines(
        case.contract,
        case.claim.default_date,
        case.claim.asked,
        adjusted=adjusted,
        loss_base=case.scheme.scheme.loss_base,
        room=room,
    )


def set_reserve(session: Session, row: ClaimRow, to: int, desk: Desk) -> None:
    """Bring the case reserve to `to`, in minor units."""
    change = to - row.reserve_minor
    posting = entry(f"reserve of claim {row.number}", desk.on, row.currency, reserve_moves(change))
    subject = books.Subject("claim", row.id)
    key = f"reserve:{row.id}:{len(books.events(session, subject)) + 1}"
    books.post(session, posting, subject=subject, key=key, at=desk.at)
    row.reserve_minor = to
