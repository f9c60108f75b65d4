"""Questions of conduct that the books answer themselves, each with the record that shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from claims.rules.coverage.known import WHOLE, Known, RightKnown, evidence_of, gone
from kernel.finding import Effect, Finding
from underwriting.rules.contract import Contract
from underwriting.watch.change_consented import change_consented, missing_consent
from underwriting.watch.loan_event import LoanEventKind

_ENDS: Final = ("lapsed", "invalidated_wholly")
"""Kinds of note after which there is no right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the books say to one question.

    Attributes:
        value: yes or no.
        evidence: the record.
    """

    value: bool
    evidence: str


def answers(contract: Contract, known: Known, file: Mapping[str, Any]) -> Mapping[str, Answer]:
    """Return what the books can answer, by name of the conduct. They never guess.

    A loan of which nothing is reported answers nothing; that a right is kept is never known
    from silence.
    """
    pairs = _of_loan(known) if contract.loan is not None else _of_right(contract, known, file)
    return {name: answer for name, answer in pairs if answer is not None}


def differing(
    found: Mapping[str, Answer], file: Mapping[str, Any], asked: Sequence[str]
) -> Iterator[Finding]:
    """Yield one finding where an adjuster stated the opposite of what the books show."""
    names = [name for name in found if name in asked and file.get(name) is not None]
    other = {name: found[name] for name in names if bool(file[name]) is not found[name].value}
    if other:
        said = "; ".join(f"{name}: the books show {_word(one)}" for name, one in other.items())
        yield Finding(
            "record-differs", Effect.REFER, f"stated otherwise than recorded: {said}",
            f"认定与系统记录不一致：{'、'.join(other)}",
            "claims procedure: evidence before statements",
            "take back the event that is wrong, or state it again as the record shows",
            "; ".join(one.evidence for one in other.values()),
        )  # fmt: skip


def _of_loan(known: Known) -> Iterator[tuple[str, Answer | None]]:
    yield "change_consented", _consented(known)
    yield "use_as_agreed", _used(known)
    yield "pledge_registered", _pledged(known)


def _consented(known: Known) -> Answer | None:
    """Yes where the loan is reported and no change of it lacks leave; else a person decides."""
    seen = known.events_until
    found = change_consented(known.loan, known.event_on)
    if not seen or any(one.effect is Effect.REFER for one in found):
        return None
    last = seen[-1]
    return Answer(value=True, evidence=f"{len(seen)} loan events until {known.event_on}, the last "
                  f"{last.key} of {last.happened_on}; none lacks leave")  # fmt: skip


def _used(known: Known) -> Answer | None:
    """No where the bank itself reported another use without leave."""
    for one in known.events_until:
        if one.kind is LoanEventKind.USE_CHANGED and missing_consent(one, known.loan):
            return Answer(value=False, evidence=f"loan event {one.key} of {one.happened_on}")
    return None


def _pledged(known: Known) -> Answer | None:
    """No where of every right the pledge or the right itself is gone."""
    if not known.rights or any(gone(known, right) != WHOLE for right in known.rights):
        return None
    shown = [evidence_of(alert) for right in known.rights for alert in known.standing(right.alerts)]
    return Answer(value=False, evidence="; ".join(shown))


def _of_right(
    contract: Contract, known: Known, file: Mapping[str, Any]
) -> Iterator[tuple[str, Answer | None]]:
    number, infringer = file.get("right_number"), file.get("infringer")
    named = {"right": number, "infringer": infringer}
    if number and infringer and named in contract.agreed.get("known", ()):
        words = f"schedule: known infringement of {number} by {infringer}"
        yield "known_at_inception", Answer(value=True, evidence=words)
    for right in known.rights:
        if right.number == number:
            yield "right_in_force", _in_force(known, right)


def _in_force(known: Known, right: RightKnown) -> Answer | None:
    for one in known.standing(right.alerts):
        if one.noted.kind in _ENDS:
            return Answer(value=False, evidence=evidence_of(one))
    return None


def _word(answer: Answer) -> str:
    return "yes" if answer.value else "no"
