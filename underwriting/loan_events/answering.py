"""The one answer to a request for leave, written, printed and noted."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from documents.stated import stated
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from underwriting import store
from underwriting.loan_events.consents import ConsentAnswerRow, ConsentRow
from underwriting.papers.consent_letter import Decided, consent_letter
from underwriting.rules.contract import Contract
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.consent_law import consent_law

KIND = "consent_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is answered.

    Attributes:
        granted: is leave given?
        by: `rules` or `person`.
        reason: why, in words.
        transaction_id: what it did to the policy; None where it did nothing.
        more: conditions beside those of the kind: English, Chinese.
    """

    granted: bool
    by: str
    reason: str
    transaction_id: str | None = None
    more: tuple[tuple[str, str], ...] = ()


def answered(
    session: Session, asked: ConsentRow, decision: Decision, *, desk: Desk
) -> ConsentAnswerRow:
    """Write the answer, file its letter, and note it."""
    law = consent_law()
    conditions = (*law.conditions(ConsentKind(asked.kind)), *decision.more)
    until = max(desk.on, asked.effective_on) + timedelta(days=law.valid_days)
    row = ConsentAnswerRow(
        id=new_id("ca"),
        created_at=desk.at,
        consent_id=asked.id,
        outcome="granted" if decision.granted else "refused",
        decided_by=decision.by,
        actor=desk.actor,
        authority=desk.authority,
        answered_on=desk.on,
        valid_until=until if decision.granted else None,
        conditions=[list(one) for one in conditions] if decision.granted else [],
        reason=decision.reason,
        transaction_id=decision.transaction_id,
    )
    write(session, row)
    _file(session, asked, row, desk)
    payload = {
        "consent_id": asked.id,
        "kind": asked.kind,
        "decided_by": row.decided_by,
        "transaction_id": row.transaction_id,
    }
    subject = books.Subject("policy", asked.policy_id)
    books.note(
        session, subject, f"consent_{row.outcome}", payload, actor=desk.actor, at=desk.at
    )  # fmt: skip
    return row


def _file(session: Session, asked: ConsentRow, row: ConsentAnswerRow, desk: Desk) -> None:
    policy = store.policy(session, asked.policy_id)
    contract = Contract.of(policy.contract)
    decided = Decided(
        kind=ConsentKind(asked.kind),
        granted=row.outcome == "granted",
        effective_on=asked.effective_on,
        valid_until=row.valid_until,
        conditions=tuple((en, zh) for en, zh in row.conditions),
        findings=tuple(asked.findings),
        reason=row.reason,
    )
    letter = consent_letter(
        decided,
        (asked.old_minor, asked.change_policyholder_minor, asked.change_subsidy_minor),
        number=asked.number,
        policy_number=policy.number,
        policyholder=contract.policyholder,
        insured=store.party(session, policy.client_id).name,
        loan=asked.loan,
        currency=asked.currency,
        insurer=desk.insurer,
        on=desk.on,
    )
    subject = books.Subject("policy", policy.id)
    books.file_form(session, subject, KIND, number=asked.number, stated=stated(letter), at=desk.at)
