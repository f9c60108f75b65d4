"""ACT: a policy goes on under other terms from a day on; the rest of its premium is priced anew."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.finding import Finding
from underwriting.guarantees.resting import check_letters_within
from underwriting.history.done import Done, commit, foresee
from underwriting.history.issue import price_of
from underwriting.history.on_the_day import check_gaps, check_same_policy, check_time, terms_on
from underwriting.history.proposal import Proposal, Terms, keep_quote, proposed
from underwriting.history.record import Draft
from underwriting.history.store import History, history
from underwriting.rules.appetite import Outcome
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind, in_force
from underwriting.rules.history_differences import overtaken
from underwriting.rules.history_law import change_of_risk
from underwriting.rules.history_segments import Segment
from underwriting.rules.history_step import Step


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it is asked for.

    Attributes:
        terms: all terms as they shall be, for the whole period.
        effective_on: first day on which they hold.
        reason: why.
    """

    terms: Terms
    effective_on: date
    reason: str


def change(
    session: Session,
    policy_id: str,
    asked: Change,
    *,
    desk: Desk,
    keep: bool = True,
    counts: Path | None = None,
) -> Done:
    """Change the terms of a running policy; with `keep` false, only say what would come of it.

    The new terms are priced for the whole period; what is charged or returned is their part
    that is not earned on the day, less that of the old. Terms that a rule refers are kept as a
    quote for a second person; declined ones likewise, and nothing else is written.

    Raises:
        NotFound: there is no such policy or quote.
        Invalid: the day or the terms are not of this policy.
        Conflict: nothing is in force on the day; it would leave a gap; more was paid than would
            be insured; a letter guarantees more or longer; the quote is not open.
    """
    found = history(session, policy_id, lock=keep)
    now = terms_on(found, asked.effective_on)
    check_time(found, asked.effective_on, desk)
    proposal = proposed(session, found.policy, asked.terms, desk=desk, lock=keep, counts=counts)
    contract = proposal.priced.contract
    check_same_policy(found.policy, now.contract, contract)
    _check_start(now, contract)
    check_letters_within(session, policy_id, now.contract, contract)
    draft = _draft(asked, proposal)
    step = foresee(found, draft, desk=desk)
    check_gaps((*found.past, step.transaction))
    findings = (*proposal.findings, *_of_step(found, step))
    seen = Done(
        committed=False, policy=found.policy, step=step, outcome=proposal.outcome,
        findings=findings, quote_id=asked.terms.quote_id,
    )  # fmt: skip
    if not keep:
        return seen
    row = keep_quote(session, found.policy, proposal, Kind.CHANGE, asked.effective_on, desk=desk)
    if proposal.outcome is not Outcome.ACCEPTED:
        return replace(seen, quote_id=row.id)
    draft = replace(draft, quote_id=row.id)
    return commit(session, found, draft, step, findings, desk=desk)


def _draft(asked: Change, proposal: Proposal) -> Draft:
    return Draft(
        kind=Kind.CHANGE,
        effective_on=asked.effective_on,
        reason=asked.reason,
        contract=proposal.priced.contract,
        price=price_of(proposal.priced),
    )


def _of_step(found: History, step: Step) -> tuple[Finding, ...]:
    """Return what is to be said of the premium, and of later changes that it does not reach."""
    day, unit = step.transaction.effective_on, found.policy.currency
    later = [one for one in in_force(found.past) if one.effective_on > day and one.contract]
    lost = [
        finding
        for one in later
        if one.kind is Kind.CHANGE and one.contract is not None
        for finding in overtaken(
            step.differences, one.contract.json(), day=one.effective_on.isoformat()
        )
    ]
    return (*change_of_risk(step.change, unit), *lost)


def _check_start(now: Segment, contract: Contract) -> None:
    if contract.period.start != now.contract.period.start:
        words = f"cover began on {now.contract.period.start}, not {contract.period.start}"
        fault = Fault("risk", words, "keep the first day; to begin anew, renew")
        raise Conflict("other-period", fault)
