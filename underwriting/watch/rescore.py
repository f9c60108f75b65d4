"""The rights of a pledge scored again as they stand: chance to live, value, loan to value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kernel.period import DAYS_PER_YEAR
from models.priors import PriorTable
from models.recovery import AppraisalLaw
from models.right import RightLife
from models.right.book import Book
from underwriting.pledge.forms import PledgedRight
from underwriting.pledge.values import value_of
from underwriting.watch.right_state import RightState


@dataclass(frozen=True, slots=True)
class Figures:
    """What a right is scored with, as of a day.

    Attributes:
        on: the day.
        due: last day on which the loan falls due.
        priors: published figures.
        book: of the law of a right.
        appraisals: the law of stated values.
    """

    on: date
    due: date
    priors: PriorTable
    book: Book
    appraisals: AppraisalLaw


@dataclass(frozen=True, slots=True)
class Score:
    """One right as it was underwritten and as it stands.

    Attributes:
        right: the right.
        state: as it stands.
        before: chance to be in force when the loan falls due, as underwritten.
        after: the same as it stands; nought where it is gone or not pledged.
        value: mean of what it is worth while it lives, minor units, as underwritten.
    """

    right: PledgedRight
    state: RightState
    before: float
    after: float
    value: float

    @property
    def secured_before(self) -> float:
        """Expected value at the due day as underwritten, minor units."""
        return self.value * self.before

    @property
    def secured_after(self) -> float:
        """Expected value at the due day as it stands, minor units."""
        return self.value * self.after * float(self.state.value)


def rescore(
    rights: Sequence[PledgedRight], states: Mapping[str, RightState], figures: Figures
) -> tuple[Score, ...]:
    """Score every right with a value; `states` by number, those left out as underwritten."""
    found = []
    for right in rights:
        if not right.appraised.money().minor:
            continue
        told = RightState.underwritten(right)
        state = states.get(right.number, told)
        before = _alive(right, told, figures)
        after = before if state == told else _alive(right, state, figures)
        found.append(
            Score(
                right,
                state,
                before,
                after if state.secures else 0.0,
                value_of(right, figures.on, figures.appraisals).mean,
            )
        )
    return tuple(found)


def loan_to_value(owed: int, ip_share: Fraction, secured: float) -> float | None:
    """Return the part of the debt that IP secures over what it is expected to be worth.

    `owed` and `secured` in minor units. None where a debt is secured by nothing.
    """
    debt = float(owed * ip_share)
    if secured > 0:
        return debt / secured
    return None if debt else 0.0


def _alive(right: PledgedRight, state: RightState, figures: Figures) -> float:
    """Return the chance to be in force on the due day, or today where that has passed."""
    on, paid = figures.on, right.fees_paid_until
    if right.expires <= on:
        return 0.0
    life = RightLife.of(
        right.kind.value,
        right.office,
        age_years=_years(right.granted or on, on),
        years_left=_years(on, right.expires),
        table=figures.priors,
        state=state.dispute,
        standing=state.standing,
        paid_years=_years(on, paid) if paid and state.paid else 0.0,
        covenant=state.covenant,
        book=figures.book,
    )
    return life.survival(_years(on, figures.due))


def _years(start: date, end: date) -> float:
    return max(0, (end - start).days) / DAYS_PER_YEAR
