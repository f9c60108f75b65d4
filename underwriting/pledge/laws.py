"""The laws of a pledged debt: the borrower's default, the life and sale of its rights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from kernel.period import DAYS_PER_YEAR
from models.borrower.curve import DefaultCurve
from models.priors import Prior, PriorTable
from models.recovery import (
    AppraisalLaw,
    Disposal,
    GammaLaw,
    Link,
    PledgedRight,
    SaleLaw,
    haircut,
)
from models.recovery.frozen import figures_of
from models.recovery.invalidity import Invalidity
from models.right import RightLife
from models.right.book import Book
from models.right.frozen import book_of
from models.shelf import fit_named
from underwriting.fits import Serving
from underwriting.pledge import forms as stated
from underwriting.pledge.borrower import default_curve
from underwriting.pledge.values import value_of
from underwriting.product import Rated

PURPOSES: Final = ("borrower_default", "right_life", "recovery")
"""What must be served for a price."""

_NODES: Final = 2
"""Of the time to sale."""


@dataclass(frozen=True, slots=True)
class Laws:
    """What a pledged debt is priced with.

    Attributes:
        borrower: when it defaults.
        rights: those with a value, as collateral, in minor units.
        disposal: the forced sale.
        sold: chance that a lot sells.
        link: how default, death and value of a right hang together.
        priors: every published figure behind them, each once.
        fit_ids: of the fits that gave them.
        wait: years from default to the money of a lot that sells.
    """

    borrower: DefaultCurve
    rights: tuple[PledgedRight, ...]
    disposal: Disposal
    sold: float
    link: Link
    priors: tuple[Prior, ...]
    fit_ids: tuple[str, ...]
    wait: GammaLaw

    @property
    def name(self) -> str:
        """The ids of the fits, in one text."""
        return "+".join(self.fit_ids)


class Secured(NamedTuple):
    """A debt and what secures it.

    Attributes:
        borrower: who owes.
        rights: what is pledged.
        months: for which the debt may run.
    """

    borrower: stated.Borrower
    rights: Sequence[stated.PledgedRight]
    months: int


def laws_of(debt: Secured, basis: Rated, who: Callable[[Serving], str]) -> Laws:
    """Return the laws of a debt by the fits that `who` picks: champions or their rivals.

    Raises:
        Invalid: a right has no published rate, or a fit is not on the shelf.
    """
    ids = {purpose: who(serving) for purpose, serving in basis.fits.items()}
    borrower = default_curve(ids["borrower_default"], debt.borrower, basis)
    figures = figures_of(fit_named(ids["recovery"]).parameters, basis.priors)
    sale, link = SaleLaw.of(figures), Link.of(figures)
    appraisals, book = AppraisalLaw.of(figures), _book(ids["right_life"])
    lives = {right.number: _life(right, basis, book) for right in debt.rights}
    rights = tuple(
        _pledged(right, lives[right.number], appraisals, figures, (basis.on, debt.months))
        for right in debt.rights
        if right.appraised.money().minor
    )
    used = (
        *borrower.priors, *sale.priors, *link.priors, *appraisals.priors,
        *(haircut(right.kind.value, figures) for right in debt.rights),
        *(prior for life in lives.values() for prior in life.priors),
    )  # fmt: skip
    return Laws(
        borrower=borrower,
        rights=rights,
        disposal=Disposal.of_sale(sale, _NODES),
        sold=sale.sold,
        link=link,
        priors=tuple(dict.fromkeys(used)),
        fit_ids=tuple(ids[purpose] for purpose in PURPOSES),
        wait=sale.wait,
    )


def rivals_of(laws: Laws, debt: Secured, basis: Rated) -> Laws:
    """Return the laws by the challengers, where `laws` are those by the champions.

    Where the borrower's law alone is challenged, rights and sale are taken as they stand.
    """
    ids = tuple(basis.fits[purpose].rival for purpose in PURPOSES)
    if ids[1:] != laws.fit_ids[1:]:
        return laws_of(debt, basis, lambda serving: serving.rival)
    return replace(laws, borrower=default_curve(ids[0], debt.borrower, basis), fit_ids=ids)


def _life(right: stated.PledgedRight, basis: Rated, book: Book) -> RightLife:
    """Return the life of a right from today; the bank watches its fees."""
    paid = right.fees_paid_until
    return RightLife.of(
        right.kind.value,
        right.office,
        age_years=_years(right.granted or basis.on, basis.on),
        years_left=(right.expires - basis.on).days / DAYS_PER_YEAR,
        table=basis.priors,
        state="challenged" if right.invalidation_pending else "quiet",
        paid_years=_years(basis.on, paid) if paid else 0.0,
        book=book,
    )


def _pledged(
    right: stated.PledgedRight,
    life: RightLife,
    appraisals: AppraisalLaw,
    figures: PriorTable,
    course: tuple[date, int],
) -> PledgedRight:
    """Return a right as collateral over the loan's `course`: its first day and its months."""
    on, months = course
    run = range(months + 1)
    curves = life.curve(run)
    killed = Invalidity.of(run, curves.wholly_invalid.tolist(), curves.alive.tolist())
    law = value_of(right, on, appraisals)
    cut = haircut(right.kind.value, figures).value
    return PledgedRight.of(law, life, killed, cut)


def _years(start: date, end: date) -> float:
    return max(0, (end - start).days) / DAYS_PER_YEAR


@cache
def _book(fit_id: str) -> Book:
    return book_of(fit_named(fit_id).parameters)
