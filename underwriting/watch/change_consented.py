"""Was every change of the loan consented to? Evidence for whoever tests a claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kernel.finding import Effect, Finding
from underwriting.watch.consent import CLAUSE, Consent, gaps
from underwriting.watch.consent_kind import EN, ZH
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.old_for_new import suspected


@dataclass(frozen=True, slots=True)
class Breach:
    """A change of the contract that no consent covers, as it was remembered.

    Attributes:
        event_id: the loan event.
        found_on: business date on which it was found.
        findings: why no consent covers it.
    """

    event_id: str
    found_on: date
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LoanFile:
    """All that is known of one guaranteed loan.

    Attributes:
        events: every event, in the order in which it became known.
        consents: every leave that was asked.
        breaches: every change found without one.
    """

    events: tuple[LoanEvent, ...] = ()
    consents: tuple[Consent, ...] = ()
    breaches: tuple[Breach, ...] = ()

    def consent(self, id_: str | None) -> Consent | None:
        """Return a consent by its id."""
        return next((one for one in self.consents if one.id == id_), None)


def change_consented(file: LoanFile, on: date) -> tuple[Finding, ...]:
    """Return a finding for each change until day `on`: with leave, or without; in order.

    `INFORM` where leave was given, `REFER` where none was: whether cover falls away is decided
    by a person. A breach that was remembered stays, though its event is covered by later leave;
    an event that was taken back was never a change.
    """
    found: list[Finding] = []
    known = counting(file.events, on)
    if not known:
        found.append(_unknown())
    remembered = {one.event_id: one for one in file.breaches}
    for one in known:
        if one.needs is not None:
            found += _of_change(one, file, remembered.get(one.id))
    return (*found, *suspected(known))


def missing_consent(event: LoanEvent, file: LoanFile) -> tuple[Finding, ...]:
    """Return why no consent covers a change; nothing where one does, or none is needed."""
    if event.needs is None:
        return ()
    consent = file.consent(event.consent_id)
    if consent is None:
        return (_without(event),)
    used = next(
        (one.key for one in counting(file.events)
         if one.consent_id == consent.id and one.key != event.key and one.seq < event.seq),
        None,
    )  # fmt: skip
    return tuple(gaps(event, consent, used))


def _of_change(event: LoanEvent, file: LoanFile, breach: Breach | None) -> Iterator[Finding]:
    missing = breach.findings if breach is not None else missing_consent(event, file)
    if missing:
        yield from missing
        return
    consent = file.consent(event.consent_id)
    assert consent is not None, "a change that is covered has a consent"
    yield Finding(
        "change-consented", Effect.INFORM,
        f"{EN[consent.kind]} on {event.happened_on}: consented as {consent.number}",
        f"{event.happened_on} {ZH[consent.kind]}：已同意（{consent.number}）",
        CLAUSE, "none needed",
    )  # fmt: skip


def _without(event: LoanEvent) -> Finding:
    assert event.needs is not None, "it changes the contract"
    return Finding(
        "change-without-consent", Effect.REFER,
        f"{event.key}: {EN[event.needs]} on {event.happened_on} without leave of the insurer",
        f"{event.key}：{event.happened_on} {ZH[event.needs]}，未经保险人同意",
        CLAUSE, "ask leave at the consent desk, or undo it and report that",
    )  # fmt: skip


def _unknown() -> Finding:
    return Finding(
        "no-loan-record", Effect.INFORM, "nothing that happened to the loan is on record",
        "无任何贷款事件记录", CLAUSE, "have the bank send the events of the loan",
    )  # fmt: skip
