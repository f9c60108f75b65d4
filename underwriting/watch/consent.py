"""A consent as it was given, and whether it covers a change that was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.watch.consent_kind import EN, ZH, ConsentKind
from underwriting.watch.loan_event import LoanEvent

CLAUSE = "wording: exclusions (a change of the loan contract without written consent)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What was asked and what came of it.

    Attributes:
        id: of it.
        number: for people.
        kind: of the change.
        effective_on: first day on which the change may hold.
        granted: was it given? None while nobody has answered.
        answered_on: the day of the answer.
        valid_until: last day on which the change may be made.
        due: last day on which the loan falls due under it; None where it says nothing of it.
        most: of the loan under it.
        loan: the number of the loan contract under it.
    """

    id: str
    number: str
    kind: ConsentKind
    effective_on: date
    granted: bool | None
    answered_on: date | None
    valid_until: date | None
    due: date | None
    most: Money
    loan: str


def gaps(event: LoanEvent, consent: Consent, used_by: str | None = None) -> Iterator[Finding]:
    """Yield why a consent does not cover a change that was made; nothing where it does.

    `used_by` is the key of another event that rests on it.
    """
    said = f"{event.key} ({event.kind}) of {event.happened_on}"
    if consent.kind is not event.needs:
        yield _gap(
            "consent-of-other-kind", f"{said}: {consent.number} is leave for an {EN[consent.kind]}",
            f"{event.key}：{consent.number} 系{ZH[consent.kind]}之同意",
        )  # fmt: skip
    if not consent.granted:
        state = "not answered" if consent.granted is None else "refused"
        word = "尚未答复" if consent.granted is None else "已被拒绝"
        yield _gap("consent-not-given", f"{said}: {consent.number} was {state}",
                   f"{event.key}：{consent.number} {word}")  # fmt: skip
        return
    assert consent.answered_on is not None, "what is granted was answered"
    assert consent.valid_until is not None, "and holds until a day"
    yield from _time(event, consent, said)
    if event.until is not None and consent.due is not None and event.until > consent.due:
        yield _gap(
            "consent-exceeded", f"{said}: due {event.until}, consented until {consent.due}",
            f"{event.key}：到期日 {event.until} 晚于同意的 {consent.due}",
        )  # fmt: skip
    if event.principal > consent.most.minor:
        more = Money(event.principal, consent.most.currency)
        yield _gap("consent-exceeded", f"{said}: {more}, consented to {consent.most}",
                   f"{event.key}：{more} 超过同意的 {consent.most}")  # fmt: skip
    if consent.kind is ConsentKind.OLD_FOR_NEW and event.reference != consent.loan:
        yield _gap(
            "consent-of-other-loan", f"{said}: loan {event.reference}, consented to {consent.loan}",
            f"{event.key}：贷款 {event.reference} 非所同意的 {consent.loan}",
        )  # fmt: skip
    if used_by is not None:
        yield _gap("consent-used", f"{said}: {consent.number} was used by {used_by}",
                   f"{event.key}：{consent.number} 已用于 {used_by}")  # fmt: skip


def _time(event: LoanEvent, consent: Consent, said: str) -> Iterator[Finding]:
    assert consent.valid_until is not None, "what is granted holds until a day"
    if event.happened_on < consent.effective_on:
        yield _gap(
            "before-consent", f"{said}: consented from {consent.effective_on}",
            f"{event.key}：早于同意生效日 {consent.effective_on}",
        )  # fmt: skip
    if event.happened_on > consent.valid_until:
        yield _gap("consent-lapsed", f"{said}: {consent.number} held until {consent.valid_until}",
                   f"{event.key}：{consent.number} 已于 {consent.valid_until} 失效")  # fmt: skip


def _gap(code: str, en: str, zh: str) -> Finding:
    return Finding(code, Effect.REFER, en, zh, CLAUSE, "ask leave at the consent desk, or undo it")
