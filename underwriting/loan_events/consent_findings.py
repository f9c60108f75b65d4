"""Every finding on a request for leave: on the terms, on the loan, on the price."""

import json
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from kernel.finding import Effect, Finding
from underwriting import store
from underwriting.history.done import Done
from underwriting.loan_events.alerted import alerted
from underwriting.loan_events.loan_today import loan_today
from underwriting.loan_events.versions import quote_in_force
from underwriting.product import Risk
from underwriting.rules.contract import Contract
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.consent_standing import AskedWhen, standing_findings
from underwriting.watch.consent_terms import AskedTerms, terms_findings
from underwriting.watch.moves import level_on


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        kind: of the change.
        effective_on: first day of it.
        risk: the proposal as it shall be.
        first_term: months of the loan as it was first insured.
    """

    kind: ConsentKind
    effective_on: date
    risk: Risk
    first_term: int


def consent_findings(
    session: Session, asked: Request, done: Done, on: date, *, open_claims: tuple[str, ...]
) -> tuple[Finding, ...]:
    """Return every finding; `done` is the change as it would be, `on` the business date."""
    policy, step = done.policy, done.step
    today = loan_today(session, policy.id, on)
    old = json.loads(store.quote(session, quote_in_force(session, policy, on)).receipt)
    extended = [
        one for one in today.file.consents if one.kind is ConsentKind.EXTENSION and one.granted
    ]
    terms = AskedTerms(
        kind=asked.kind,
        before=_of(step.before.contract),
        after=_of(step.transaction.contract),
        risk=asked.risk.model_dump(mode="json"),
        old_risk=old["inputs"]["risk"],
        first_term=asked.first_term,
        owed=None if today.standing is None else today.standing.account.owed,
    )
    when = AskedWhen(
        kind=asked.kind,
        on=on,
        effective_on=asked.effective_on,
        loan=today.standing,
        breaches=len(today.file.breaches),
        open_claims=open_claims,
        level=level_on(alerted(session, policy, on).alerts, on),
        extensions=len(extended),
    )
    return (*terms_findings(terms), *standing_findings(when), *map(_running, done.findings))


def _running(found: Finding) -> Finding:
    """What refers a new loan and is natural for one that runs only informs here."""
    natural = found.effect is Effect.REFER and found.code in consent_law().inherent
    return replace(found, effect=Effect.INFORM) if natural else found


def _of(contract: Contract | None) -> Contract:
    assert contract is not None, "a change is of terms that are there"
    return contract
