"""ACT: a policy goes on for another period, under terms that are priced anew."""

from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.finding import Finding
from kernel.money import Money
from underwriting.history.done import NOTHING_OUTSIDE, Done, Outside, commit, foresee
from underwriting.history.issue import price_of
from underwriting.history.on_the_day import check_gaps, check_same_policy
from underwriting.history.proposal import Proposal, Terms, keep_quote, proposed
from underwriting.history.record import Draft
from underwriting.history.store import History, history
from underwriting.rules.appetite import Outcome
from underwriting.rules.history import Kind, in_force
from underwriting.rules.history_loan import Principal, check_principal
from underwriting.rules.history_segments import Segment, segments
from underwriting.rules.history_step import Statement
from underwriting.rules.returns import return_terms


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal as it is asked for; it begins on the first day of its own terms.

    Attributes:
        terms: all terms of the next period.
        reason: why.
        principal: what becomes of the loan that is guaranteed; None where there is none.
        repaid: who confirms that it was repaid, where it was.
    """

    terms: Terms
    reason: str
    principal: Principal | None = None
    repaid: Statement | None = None


def renew(
    session: Session,
    policy_id: str,
    asked: Renewal,
    *,
    desk: Desk,
    keep: bool = True,
    counts: Path | None = None,
    outside: Outside = NOTHING_OUTSIDE,
) -> Done:
    """Renew a policy whose cover has not ended; with `keep` false, only say what would come of it.

    A loan that is renewed without repayment of principal is said to be so, with no more than the
    principal still owed: nobody renews old debt as new by accident.

    Raises:
        NotFound: there is no such policy or quote.
        Invalid: the terms are not of this policy, or do not say what becomes of the loan.
        Conflict: cover has ended or has paid; a claim is open; there would be a gap; the new loan
            is more than is owed; the quote is not open.
    """
    found = history(session, policy_id, lock=keep)
    outside.check()
    now = _last(found, desk)
    proposal = proposed(session, found.policy, asked.terms, desk=desk, lock=keep, counts=counts)
    contract = proposal.priced.contract
    check_same_policy(found.policy, now.contract, contract)
    _check_start(now, proposal)
    flagged = _loan(now, proposal, asked, outside)
    draft = _draft(asked, proposal)
    step = foresee(found, draft, desk=desk)
    check_gaps((*found.past, step.transaction))
    findings = (*flagged, *proposal.findings)
    seen = Done(
        committed=False, policy=found.policy, step=step, outcome=proposal.outcome,
        findings=findings, quote_id=asked.terms.quote_id,
    )  # fmt: skip
    if not keep:
        return seen
    row = keep_quote(
        session, found.policy, proposal, Kind.RENEWAL, draft.effective_on, desk=desk
    )  # fmt: skip
    if proposal.outcome is not Outcome.ACCEPTED:
        return replace(seen, quote_id=row.id)
    return commit(session, found, replace(draft, quote_id=row.id), step, findings, desk=desk)


def _last(found: History, desk: Desk) -> Segment:
    """Return the version that ends last, if it can be followed by another period."""
    counting = segments(in_force(found.past))
    if not counting or counting[-1].cancelled is not None:
        fault = Fault("policy", f"is {found.policy.state}", "reinstate it, or quote a new policy")
        raise Conflict("not-in-force", fault)
    if desk.on > counting[-1].until:
        words = f"cover ended before {counting[-1].until}"
        raise Conflict("cover-ended", Fault("policy", words, "quote a new policy"))
    if found.policy.paid_minor:
        paid = Money(found.policy.paid_minor, found.policy.currency)
        fault = Fault("policy", f"has paid {paid} for claims", "quote a new policy")
        raise Conflict("has-paid", fault)
    return counting[-1]


def _check_start(now: Segment, proposal: Proposal) -> None:
    start = proposal.priced.contract.period.start
    if start <= now.start:
        words = f"begins on {start}, not after {now.start}, when the terms in force began"
        raise Conflict("other-period", Fault("risk", words, "begin it later, or change the terms"))


def _loan(
    now: Segment, proposal: Proposal, asked: Renewal, outside: Outside
) -> tuple[Finding, ...]:
    """Test what becomes of the loan that is guaranteed."""
    stated = dict(proposal.priced.inputs.risk).get("loan")
    return check_principal(
        now.contract.loan,
        proposal.priced.contract,
        asked.principal,
        confirmed=asked.repaid is not None,
        refinancing=stated.get("refinancing") if isinstance(stated, dict) else None,
        repaid=outside.repaid,
    )


def _draft(asked: Renewal, proposal: Proposal) -> Draft:
    contract = proposal.priced.contract
    return Draft(
        kind=Kind.RENEWAL,
        effective_on=contract.period.start,
        reason=asked.reason,
        contract=contract,
        price=price_of(proposal.priced),
        agreed={
            "returns": dict(return_terms()),
            "principal": asked.principal.value if asked.principal else None,
            "repaid": asked.repaid.json() if asked.repaid else None,
        },
    )
