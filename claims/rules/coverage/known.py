"""What the books know of a matter on the day of its test, so that nobody is asked for it."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from underwriting.watch.alert import Alert
from underwriting.watch.change_consented import LoanFile
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent


@dataclass(frozen=True, slots=True)
class RightKnown:
    """A right that the terms of the day pledge or insure.

    Attributes:
        name: office and number.
        number: of the right, as the policy writes it.
        value: appraised, minor units; 0 where none is stated.
        alerts: everything noted of it that raised the watch, closed or not.
    """

    name: str
    number: str
    value: int
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherCover:
    """Another cover of the same interest on the day of the event.

    Attributes:
        named: number of the policy, or the other insurer's name.
        minor: its sum insured, minor units.
        evidence: where it stands.
        one_claim: is a claim under this policy the only one that there can be for the event?
    """

    named: str
    minor: int
    evidence: str
    one_claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the books know.

    Attributes:
        event_on: day of the insured event.
        on: business date of the test.
        loan: all that was reported of the loan.
        rights: those of the terms in force on the day of the event.
        obligor: everything noted of the obligor that raised the watch.
        others: other covers of the same interest.
        unexplained: what was missing in the explanation of the exclusions, as codes.
        supposed: is the default one that is only supposed, to see what it would come to?
    """

    event_on: date
    on: date
    loan: LoanFile = field(default_factory=LoanFile)
    rights: tuple[RightKnown, ...] = ()
    obligor: tuple[Alert, ...] = ()
    others: tuple[OtherCover, ...] = ()
    unexplained: tuple[str, ...] = ()
    supposed: bool = False

    @property
    def events(self) -> tuple[LoanEvent, ...]:
        """What happened to the loan until the test and was not taken back."""
        return counting(self.loan.events, self.on)

    @property
    def events_until(self) -> tuple[LoanEvent, ...]:
        """Those of them that happened by the day of the event: no later one caused it."""
        return tuple(one for one in self.events if one.happened_on <= self.event_on)

    def standing(self, alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
        """Return what had happened by the day of the event and nobody has cured since."""
        return tuple(
            one for one in alerts if one.noted.happened_on <= self.event_on and one.is_open(self.on)
        )


def evidence_of(alert: Alert) -> str:
    """Say which note shows it."""
    noted = alert.noted
    told = f", told by {noted.told_by}" if noted.told_by else ""
    return f"watch event {noted.key or noted.seq} of {noted.name}, {noted.happened_on}{told}"


WHOLE: Final = Fraction(1)


def gone(known: Known, right: RightKnown) -> Fraction:
    """Return the part of a right's value that is gone for want of keeping it: 0 to 1.

    A right that ended, or whose pledge was struck out, is gone whole; else each thing noted
    leaves the part that its kind says (`underwriting/watch/kinds.toml`).
    """
    left = WHOLE
    for one in known.standing(right.alerts):
        made = one.noted.rule.right
        if made.get("ended") is True or made.get("pledged") is False:
            return WHOLE
        left *= Fraction(made.get("value", 1))
    return WHOLE - left
