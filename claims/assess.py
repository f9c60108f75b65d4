"""ACT: evidence in, cover tested, the claim accepted, denied, or sent back for papers once."""

from sqlmodel import Session

from claims.cover import cover_findings
from claims.deciding.accept import accept
from claims.deciding.assessment import Assessment, established
from claims.deciding.deny import deny
from claims.deciding.lines import decided_lines
from claims.deciding.papers import ask_for, complete
from claims.facts import Case, case_of, facts_for, missing_papers
from claims.rules.lifecycle import State, move
from claims.rules.line import Line
from claims.rules.repair import repaired
from claims.tables import ClaimRow
from claims.worth import lines_of
from kernel.desk import Desk
from kernel.finding import Effect, Finding

__all__ = ["Assessment", "assess", "decided_lines"]


def assess(session: Session, claim_id: str, assessment: Assessment, *, desk: Desk) -> ClaimRow:
    """Assess a claim. Every finding is recorded, whatever comes of it.

    Missing papers are asked for all at once, and the clock stands still until they come
    (Insurance Law art. 22; Interpretation II art. 15). Conduct not yet established leaves the
    claim open. A breach that is repaired becomes a cut of the loss that it caused.

    Raises:
        Conflict: the claim is past assessment; or it is refused anew on grounds that the first
            refusal did not state.
        Invalid: a paper, a line, an amount, a fact or a repair is not one of the claim's.
    """
    seen = case_of(session, claim_id)
    if seen.standing:  # what was paid may be asked back: pools are locked before policy and claim
        facts_for(session, seen, desk.on, lock=True)
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    move(row.state, State.NOTIFIED)
    row.file = established(case, assessment, desk)
    lines = lines_of(case, assessment.allowed)
    findings, lines = repaired(
        cover_findings(session, case, desk.on), lines, assessment.repairs,
        currency=row.currency, words=case.kind.lines,
    )  # fmt: skip
    row.findings = [found.json() for found in findings]
    if missing := missing_papers(case):
        ask_for(session, case, missing, desk)
    else:
        complete(session, row, desk)
        _decide(session, case, assessment, findings, lines, desk=desk)
    session.add(row)
    session.flush()
    return row


def _decide(
    session: Session,
    case: Case,
    assessment: Assessment,
    findings: tuple[Finding, ...],
    lines: tuple[Line, ...],
    *,
    desk: Desk,
) -> None:
    """Refuse, wait for what is not established, or accept."""
    grounds = [found for found in findings if found.effect is Effect.DECLINE]
    if grounds:
        deny(session, case, grounds, desk)
    elif any(found.code.endswith("-unknown") for found in findings):
        case.claim.state = move(case.claim.state, State.NOTIFIED)
    else:
        accept(session, case, assessment, lines, desk=desk)
