"""The end of every act on a policy: written, booked, printed, noted; or, in a preview, not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.finding import Finding
from underwriting import store
from underwriting.history.record import Draft, record
from underwriting.history.store import History, PolicyTransactionRow
from underwriting.papers.endorsement import endorsement
from underwriting.rules.appetite import Outcome
from underwriting.rules.earning_cover import Repaid
from underwriting.rules.history import Kind
from underwriting.rules.history_step import Step
from underwriting.rules.history_step import step as step_of
from underwriting.tables import PolicyRow

_EVENTS = {
    Kind.CHANGE: "changed",
    Kind.RENEWAL: "renewed",
    Kind.CANCELLATION: "cancelled",
    Kind.REINSTATEMENT: "reinstated",
    Kind.REVERSAL: "reversed",
}
_STATED = ("consent", "no_loss", "repaid")
"""Statements in what was agreed; they are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act on a policy did, or would do.

    Attributes:
        committed: is it in the books?
        policy: the policy.
        step: the transaction with what it does.
        outcome: of the new terms; accepted where there are none to decide on.
        findings: every finding.
        row: the transaction as written; None where nothing was.
        quote_id: of the quote that holds new terms; None where none is kept.
    """

    committed: bool
    policy: PolicyRow
    step: Step
    outcome: Outcome = Outcome.ACCEPTED
    findings: tuple[Finding, ...] = ()
    row: PolicyTransactionRow | None = None
    quote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What the houses above know of a policy.

    Attributes:
        open_claims: numbers of claims on it that are not closed or denied.
        repaid: repayments of the loan on record; None where nobody records them.
    """

    open_claims: tuple[str, ...] = ()
    repaid: Repaid | None = None

    def check(self) -> None:
        """Refuse what may not be done while a claim is open.

        Raises:
            Conflict: one is.
        """
        if self.open_claims:
            named = ", ".join(self.open_claims)
            cure = "settle or deny it, and close it, first"
            raise Conflict("claim-open", Fault("policy", f"has the open claim {named}", cure))


NOTHING_OUTSIDE = Outside()


def foresee(history: History, draft: Draft, *, desk: Desk) -> Step:
    """Return what a draft would do to a policy, from its past alone."""
    return step_of(history.past, draft.transaction(history.past, desk))


def commit(
    session: Session,
    history: History,
    draft: Draft,
    step: Step,
    findings: tuple[Finding, ...] = (),
    *,
    desk: Desk,
) -> Done:
    """Write a transaction, file its endorsement, and note it."""
    policy, kind = history.policy, draft.kind
    row = record(session, history, draft, step, desk=desk)
    form = endorsement(
        step,
        findings,
        _statements(draft.agreed),
        number=row.number,
        policy_number=policy.number,
        insurer=desk.insurer,
        client=store.party(session, policy.client_id).name,
        reason=draft.reason,
        on=desk.on,
    )
    subject, said = books.Subject("policy", policy.id), stated(form)
    books.file_form(session, subject, "endorsement", number=row.number, stated=said, at=desk.at)
    payload = {
        "transaction_id": row.id,
        "effective_on": row.effective_on.isoformat(),
        "delta_minor": row.delta_minor,
        "reason": row.reason,
    }
    books.note(session, subject, _EVENTS[kind], payload, actor=desk.actor, at=desk.at)
    return Done(
        committed=True, policy=policy, step=step, findings=findings, row=row,
        quote_id=draft.quote_id,
    )  # fmt: skip


def _statements(agreed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: agreed.get(name) for name in _STATED}
