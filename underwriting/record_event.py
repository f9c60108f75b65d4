"""ACT: what happened to a guaranteed loan is recorded; a change without leave is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from kernel.finding import Finding
from underwriting import store
from underwriting.loan_events.loan_today import LoanToday, loan_today
from underwriting.loan_events.store import LoanEventRow, event_rows
from underwriting.loan_events.tables import ConsentBreachRow
from underwriting.watch.change_consented import LoanFile, missing_consent
from underwriting.watch.counting import counting
from underwriting.watch.loan_checks import event_faults, known_as
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_form import LoanEventForm
from underwriting.watch.old_for_new import suspected

_PLAIN = ("seq", "key", "happened_on", "since", "until", "withdraws", "consent_id", "reference")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report came to.

    Attributes:
        rows: every event that was sent, in the order sent; one known before as it was kept.
        new: keys of those that were not known before.
        findings: what there is to say of them.
    """

    rows: tuple[LoanEventRow, ...]
    new: tuple[str, ...]
    findings: tuple[Finding, ...]


def record_events(
    session: Session, policy_id: str, forms: Sequence[LoanEventForm], *, desk: Desk
) -> Reported:
    """Record the events of one loan, all of them or none; one that is known counts once.

    Raises:
        NotFound: there is no such policy.
        Conflict: it guarantees no loan.
        Invalid: with everything that is wrong, event by event.
    """
    policy = store.policy(session, policy_id, lock=True)
    today = loan_today(session, policy_id, desk.on)
    new = _read(forms, today, desk)
    before = suspected(counting(today.file.events))
    findings: list[Finding] = []
    known = list(today.file.events)
    for event in new:
        row = write(session, _row(event, policy_id, policy.currency, desk))
        known.append(event)
        file = LoanFile(tuple(known), today.file.consents, today.file.breaches)
        missing = missing_consent(event, file)
        if missing:
            _remember(session, row, missing, desk)
        findings += missing
    if new:
        _note(session, policy_id, "loan_reported", [one.key for one in new], desk)
    findings += [one for one in suspected(counting(known)) if one not in before]
    rows = {row.key: row for row in event_rows(session, policy_id)}
    return Reported(
        tuple(rows[form.key] for form in forms), tuple(one.key for one in new), tuple(findings)
    )


def _read(forms: Sequence[LoanEventForm], today: LoanToday, desk: Desk) -> list[LoanEvent]:
    """Return the events that are not known yet, or refuse all with what is wrong with each."""
    loan = today.contract.lent.amount
    known = list(today.file.events)
    new: list[LoanEvent] = []
    faults: list[Fault] = []
    for place, form in enumerate(forms):
        where = f"events[{place}]"
        wrong = list(form.faults(where, loan.currency))
        if not wrong:
            event = form.event(len(known) + 1)
            wrong += _consent(event, today.file, where)
            wrong += event_faults(event, known, place=where, loan=loan, on=desk.on)
            if not wrong and known_as(event, known) is None:
                known.append(event)
                new.append(event)
        faults += wrong
    if faults:
        raise Invalid("loan-events", *faults)
    return new


def _consent(event: LoanEvent, file: LoanFile, where: str) -> tuple[Fault, ...]:
    if event.consent_id is None or file.consent(event.consent_id) is not None:
        return ()
    cure = "use the id that the consent desk gave for this policy, or leave it out"
    return (Fault(f"{where}.consent_id", "names no consent of this policy", cure),)


def _row(event: LoanEvent, policy_id: str, currency: str, desk: Desk) -> LoanEventRow:
    return LoanEventRow(
        id=new_id("le"),
        created_at=desk.at,
        policy_id=policy_id,
        booked_on=desk.on,
        actor=desk.actor,
        currency=currency,
        kind=event.kind.value,
        principal_minor=event.principal,
        interest_minor=event.interest,
        loan_class=event.loan_class.value if event.loan_class else None,
        **{name: getattr(event, name) for name in _PLAIN},
    )


def _remember(
    session: Session, row: LoanEventRow, missing: tuple[Finding, ...], desk: Desk
) -> None:
    breach = ConsentBreachRow(
        id=new_id("br"),
        created_at=desk.at,
        policy_id=row.policy_id,
        event_id=row.id,
        found_on=desk.on,
        findings=[one.json() for one in missing],
    )
    write(session, breach)
    _note(session, row.policy_id, "changed_without_consent", [row.key], desk)


def _note(session: Session, policy_id: str, kind: str, keys: list[str], desk: Desk) -> None:
    subject = books.Subject("policy", policy_id)
    books.note(session, subject, kind, {"events": keys}, actor=desk.actor, at=desk.at)
