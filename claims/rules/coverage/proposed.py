"""What a breach cost, where the books can tell: a proposal that an adjuster takes or replaces."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from claims.rules.coverage.covered import Matter
from claims.rules.coverage.known import Known, RightKnown, gone
from claims.rules.line import Line
from claims.rules.repair import Repair, breaches
from kernel.finding import Finding
from kernel.money import round_half_up
from kernel.period import DAYS_PER_YEAR, add_days
from underwriting.watch.change_consented import missing_consent
from underwriting.watch.loan_event import LoanEvent, LoanEventKind
from underwriting.watch.old_for_new import suspected

_OF_RIGHT: Final = {
    "right-lapsed": "lapsed",
    "pledge-struck-out": "pledge_struck_out",
    "right-transferred": "transfer_recorded",
}
"""Finding -> the kind of note whose rights it is about; any other is about all that is gone."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a measure is worked out from.

    Attributes:
        code: of the breach.
        matter: the claim.
        known: what the books know.
        approved: line -> minor units before repair.
        taken: right -> the part of its value that breaches before it in the table have taken.
    """

    code: str
    matter: Matter
    known: Known
    approved: Mapping[str, int]
    taken: Mapping[str, Fraction]


_Measured = tuple[int, str]
"""Minor units, and how they were found."""


def proposed(
    matter: Matter, known: Known, findings: Sequence[Finding], lines: Sequence[Line]
) -> Mapping[str, Repair]:
    """Return a repair for each breach whose loss the books can tell, never above its line.

    Breaches of one line are taken one after the other, in the order of the table, so that all
    of them together fit; and a right that several of them are about is lost once.
    """
    whole = {line.code: line.approved for line in lines}
    left, codes = dict(whole), {one.code for one in findings}
    taken: dict[str, Fraction] = {}
    found: dict[str, Repair] = {}
    for code, rule in breaches().items():
        measure, line = _MEASURES.get(rule["measure"]), rule["line"]
        if measure is None or line not in left or code not in codes:
            continue
        on = _Ground(code, matter, known, whole, taken)
        minor, why = measure(on)
        if measure is _value_share:
            taken = {right.name: _with_before(on, right) for right in known.rights}
        minor = min(minor, left[line])
        if minor > 0:
            left[line] -= minor
            found[code] = Repair(minor, line, why)
    return found


def _value_share(on: _Ground) -> _Measured:
    """The value of the rights that are gone over that of all, of the principal approved.

    What a breach before it has taken of a right is not gone again.
    """
    rights = on.known.rights
    total = sum(right.value for right in rights)
    lost = sum((right.value * _gone_by_it(on, right) for right in rights), Fraction(0))
    if not total:
        return 0, ""
    share = lost / total
    words = f"{share} of the appraised value of the pledge is gone"
    return round_half_up(on.approved["principal"] * share), words


def _gone_by_it(on: _Ground, right: RightKnown) -> Fraction:
    return _with_before(on, right) - on.taken.get(right.name, Fraction(0))


def _with_before(on: _Ground, right: RightKnown) -> Fraction:
    """The part of a right that is gone by this breach and those before it: the greatest of all."""
    return max(_gone(on, right), on.taken.get(right.name, Fraction(0)))


def _gone(on: _Ground, right: RightKnown) -> Fraction:
    kind = _OF_RIGHT.get(on.code)
    if kind is None:
        return gone(on.known, right)
    hit = any(one.noted.kind == kind for one in on.known.standing(right.alerts))
    return Fraction(int(hit))


def _delay_interest(on: _Ground) -> _Measured:
    """Ordinary interest of the days of delay on the principal approved, at the contract rate."""
    contract, known_on = on.matter.contract, on.matter.file.get("known_on")
    if contract.loan is None or known_on is None:
        return 0, ""
    latest = add_days(date.fromisoformat(known_on), contract.notice_days)
    days = max(0, (on.matter.notified_on - latest).days)
    year = on.approved["principal"] * Fraction(contract.loan.annual_rate)
    return round_half_up(year * days / DAYS_PER_YEAR), f"interest of {days} days of delay"


def _moved(on: _Ground) -> _Measured:
    """Principal of the changes that were made without leave, or drawn after old debt was paid.

    What happened after the default made it no heavier.
    """
    events = on.known.events_until
    drawn = {one.en.split(" ", 1)[0] for one in suspected(events)}
    moved = [one for one in events if _counts(on, one, drawn)]
    keys = ", ".join(one.key for one in moved)
    return sum(one.principal for one in moved), f"principal of {keys}"


def _counts(on: _Ground, event: LoanEvent, drawn: set[str]) -> bool:
    if on.code == "old-for-new-suspected":
        return event.key in drawn
    other_use = event.kind is LoanEventKind.USE_CHANGED
    wanted = other_use if on.code == "misused-loan" else not other_use
    return wanted and bool(missing_consent(event, on.known.loan))


_MEASURES: Final[Mapping[str, Callable[[_Ground], _Measured]]] = {
    "value_share": _value_share,
    "delay_interest": _delay_interest,
    "moved": _moved,
}
"""Measures that the books can work out; what is `stated` only an adjuster can."""
