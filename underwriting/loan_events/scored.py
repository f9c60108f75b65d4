"""The pledged rights of a policy scored again, with the fits and figures of the day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from models.recovery import AppraisalLaw
from models.recovery.frozen import figures_of
from models.right.book import Book
from models.right.frozen import book_of
from models.shelf import fit_named
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.loan_events.alerted import Alerted
from underwriting.loan_events.rights import right_name
from underwriting.pledge.forms import PledgedRight
from underwriting.watch.rescore import Figures, Score, loan_to_value, rescore
from underwriting.watch.right_state import RightState, state_of

_PURPOSES = ("right_life", "recovery")


@dataclass(frozen=True, slots=True)
class Scored:
    """The pledge of a policy scored again.

    Attributes:
        scores: of each right with a value.
        before: loan to value as underwritten, at today's debt; None: secured by nothing.
        after: the same as the rights stand; None likewise.
        limit: of the tariff; None where it has none.
    """

    scores: tuple[Score, ...]
    before: float | None
    after: float | None
    limit: float | None

    @property
    def above(self) -> bool:
        """Has it got worse, and above the limit?"""
        if self.limit is None or self.after == self.before:
            return False
        return self.after is None or self.after > self.limit


def scored(
    found: Alerted, owed: int, ip_share: Fraction, due: date, on: date, *, counts: Path | None
) -> Scored | None:  # fmt: skip
    """Score the pledge of a policy; None where it has none, or nobody serves such a score.

    `owed` in minor units; `due` is the last day on which the debt falls due.
    """
    fits = fits_in_force(found.policy.product, on)
    stated = [right for right in found.rights if "appraised" in right]
    if not stated or any(purpose not in fits for purpose in _PURPOSES):
        return None
    fields = PledgedRight.model_fields
    rights = [
        PledgedRight.model_validate(
            {name: value for name, value in right.items() if name in fields}, strict=False
        )
        for right in stated
    ]
    priors = house_figures(counts)
    recovery = figures_of(fit_named(fits["recovery"].champion).parameters, priors)
    book = _book(fits["right_life"].champion)
    figures = Figures(on, max(due, on), priors, book, AppraisalLaw.of(recovery))
    scores = rescore(rights, _states(found, rights), figures)
    limit = found.receipt["inputs"]["terms"].get("limits", {}).get("loan_to_value")
    return Scored(
        scores,
        loan_to_value(owed, ip_share, sum(one.secured_before for one in scores)),
        loan_to_value(owed, ip_share, sum(one.secured_after for one in scores)),
        limit,
    )


def _states(found: Alerted, rights: list[PledgedRight]) -> dict[str, RightState]:
    return {
        right.number: state_of(
            right,
            [one for one in found.noted if one.name == right_name(right.office, right.number)],
        )
        for right in rights
    }


@cache
def _book(fit_id: str) -> Book:
    return book_of(fit_named(fit_id).parameters)
