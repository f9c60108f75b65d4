"""ACT: a bank asks leave for a change of the loan; the rules answer, or a person will."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.finding import Effect, Finding
from kernel.period import add_months
from underwriting import store
from underwriting.endorse import Change, change
from underwriting.history.done import NOTHING_OUTSIDE, Done, Outside
from underwriting.history.proposal import Terms, keep_quote, proposed
from underwriting.history.store import History, history
from underwriting.loan_events.answering import Decision, answered
from underwriting.loan_events.consent_findings import Request, consent_findings
from underwriting.loan_events.consents import ConsentRow, consents
from underwriting.loan_events.need_today import need_today
from underwriting.numbers import number
from underwriting.product import Risk
from underwriting.rules.appetite import Outcome, decide
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind, in_force
from underwriting.rules.need import Need, rank
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.consent_law import consent_law


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """A request for leave.

    Attributes:
        kind: of the change.
        effective_on: first day of it.
        reason: why, in words.
        risk: the proposal as it shall be, whole.
    """

    kind: ConsentKind
    effective_on: date
    reason: str
    risk: Risk


def ask_consent(
    session: Session,
    policy_id: str,
    asked: AskedConsent,
    *,
    desk: Desk,
    counts: Path | None = None,
    outside: Outside = NOTHING_OUTSIDE,
) -> ConsentRow:
    """Ask leave; what the rules may grant or must refuse is answered in the same act.

    What is granted is endorsed at once at the price shown, from the day asked; if the change of
    the loan is not made in time, the endorsement is reversed. What is referred is kept with its
    price as a quote that a second person answers on.

    Raises:
        NotFound: there is no such policy.
        Invalid: the terms are of another policy.
        Conflict: nothing is in force on the day, it guarantees no loan, or a request is open.
    """
    found = history(session, policy_id, lock=True)
    _check_open(session, found)
    wanted = Change(Terms(risk=asked.risk), asked.effective_on, asked.reason)
    done = change(session, policy_id, wanted, desk=desk, keep=False, counts=counts)
    request = Request(asked.kind, asked.effective_on, asked.risk, _first_term(found))
    findings = consent_findings(
        session, request, done, desk.on, open_claims=outside.open_claims
    )  # fmt: skip
    contract = done.step.transaction.contract
    assert contract is not None, "a change states terms"
    need = need_today(
        session, found.policy, (asked.risk, contract), desk.on, findings=findings
    )  # fmt: skip
    findings, outcome = _decided(findings, need)
    row = _row(asked, done, contract, desk)
    row.findings = [one.json() for one in findings]
    row.need = need.level
    if outcome is not Outcome.DECLINED:
        row.quote_id = _keep(session, found, asked, desk=desk, counts=counts)
    write(session, row)
    payload = {"consent_id": row.id, "kind": row.kind, "outcome": outcome.value}
    subject = books.Subject("policy", policy_id)
    books.note(session, subject, "consent_asked", payload, actor=desk.actor, at=desk.at)
    if outcome is not Outcome.REFERRED:
        _answer(session, row, desk=desk, counts=counts)
    return row


def _answer(session: Session, row: ConsentRow, *, desk: Desk, counts: Path | None) -> None:
    """Let the rules answer; what they grant is cleared by them and endorsed."""
    if row.quote_id is None:
        said = Decision(granted=False, by="rules", reason="the rules refuse it; see the findings")
        answered(session, row, said, desk=desk)
        return
    quote = store.quote(session, row.quote_id, lock=True)
    quote.state = "approved"
    session.add(quote)
    payload = {"reason": f"within the rules of consent {row.law}", "consent_id": row.id}
    subject = books.Subject("quote", quote.id)
    books.note(session, subject, "approved", payload, actor=desk.actor, at=desk.at)
    wanted = Change(Terms(quote_id=quote.id), row.effective_on, row.reason)
    made = change(session, row.policy_id, wanted, desk=desk, counts=counts)
    assert made.row is not None, "terms that were cleared are endorsed"
    said = Decision(
        granted=True, by="rules", reason="within the rules", transaction_id=made.row.id
    )  # fmt: skip
    answered(session, row, said, desk=desk)


def _decided(
    findings: tuple[Finding, ...], need: Need
) -> tuple[tuple[Finding, ...], Outcome]:  # fmt: skip
    """Return the findings and what they come to, authority included."""
    if need.level is None and decide(findings) is not Outcome.DECLINED:
        above = next(one for one in need.reasons if one.level is None)
        findings += (
            Finding("above-every-level", Effect.DECLINE, above.en, above.zh,
                    "table of authority", "ask for less"),
        )  # fmt: skip
    outcome = decide(findings)
    if outcome is Outcome.ACCEPTED and rank(need.level) > rank(consent_law().alone):
        why = need.reasons[0]
        findings += (
            Finding("above-rules", Effect.REFER, why.en, why.zh, "table of authority",
                    f"none needed; a person of level {need.level} answers"),
        )  # fmt: skip
        outcome = Outcome.REFERRED
    return findings, outcome


def _keep(
    session: Session, found: History, asked: AskedConsent, *, desk: Desk, counts: Path | None
) -> str:
    """Keep the new terms with their price as a quote that waits for a second person."""
    proposal = proposed(session, found.policy, Terms(risk=asked.risk), desk=desk, counts=counts)
    waits = replace(proposal, priced=replace(proposal.priced, outcome=Outcome.REFERRED))
    return keep_quote(
        session, found.policy, waits, Kind.CHANGE, asked.effective_on, desk=desk
    ).id  # fmt: skip


def _row(asked: AskedConsent, done: Done, contract: Contract, desk: Desk) -> ConsentRow:
    id_, step, loan = new_id("cs"), done.step, contract.lent
    return ConsentRow(
        id=id_,
        created_at=desk.at,
        number=number("CN", id_, desk.on),
        policy_id=done.policy.id,
        kind=asked.kind.value,
        effective_on=asked.effective_on,
        asked_on=desk.on,
        reason=asked.reason,
        maker=desk.actor,
        law=consent_law().version,
        need=None,
        findings=[],
        risk=asked.risk.model_dump(mode="json"),
        currency=contract.currency,
        due=add_months(loan.drawdown, loan.term_months),
        most_minor=loan.amount.minor,
        loan=loan.contract,
        old_minor=step.before.charged.total,
        new_minor=step.after.charged.total,
        change_policyholder_minor=step.change.policyholder,
        change_subsidy_minor=step.change.subsidy,
    )


def _check_open(session: Session, found: History) -> None:
    if found.policy.contract["loan"] is None:
        fault = Fault("policy_id", "the policy guarantees no loan", "name one that does")
        raise Conflict("no-loan", fault)
    waiting = [row.number for row, answer in consents(session, found.policy.id) if answer is None]
    if waiting:
        fault = Fault("policy_id", f"{waiting[0]} is not answered", "have it answered first")
        raise Conflict("consent-open", fault)


def _first_term(found: History) -> int:
    """Return the months of the loan as the running period first insured it."""
    opened = [
        one.contract
        for one in in_force(found.past)
        if one.kind in (Kind.ISSUE, Kind.RENEWAL) and one.contract is not None
    ]
    first = opened[-1] if opened else Contract.of(found.policy.contract)
    return first.lent.term_months
