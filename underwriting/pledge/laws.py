"""The laws of a pledged debt: the borrower's default, the life and sale of its rights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kernel.period import DAYS_PER_YEAR
from kernel.same import Same
from models.borrower.curve import DefaultCurve
from models.priors import Prior, PriorTable
from models.recovery import Disposal, GammaLaw, Link, PledgedRight, haircut
from models.recovery.invalidity import Invalidity
from models.right import RightLife
from models.right.book import Book
from models.right.frozen import book_of
from models.shelf import fit_named
from underwriting.fits import Serving
from underwriting.pledge import forms as stated
from underwriting.pledge.borrower import default_curve
from underwriting.pledge.forced_sale import ForcedSale, forced_sale
from underwriting.pledge.values import value_of
from underwriting.product import Rated

PURPOSES: Final = ("borrower_default", "right_life", "recovery")
"""What must be served for a price."""


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
    forced = forced_sale(ids["recovery"], basis.priors)
    lives = {right.number: _life(right, basis, ids["right_life"]) for right in debt.rights}
    rights = tuple(
        _pledged(right, lives[right.number], forced, (basis.on, debt.months))
        for right in debt.rights
        if right.appraised.money().minor
    )
    used = (
        *borrower.priors, *forced.priors,
        *(haircut(right.kind.value, forced.figures) for right in debt.rights),
        *(prior for life in lives.values() for prior in life.priors),
    )  # fmt: skip
    return Laws(
        borrower=borrower,
        rights=rights,
        disposal=forced.disposal,
        sold=forced.sold,
        link=forced.link,
        priors=tuple(dict.fromkeys(used)),
        fit_ids=tuple(ids[purpose] for purpose in PURPOSES),
        wait=forced.sale.wait,
    )


def rivals_of(laws: Laws, debt: Secured, basis: Rated) -> Laws:
    """Return the laws by the challengers, where `laws` are those by the champions.

    Where the borrower's law alone is challenged, rights and sale are taken as they stand.
    """
    ids = tuple(basis.fits[purpose].rival for purpose in PURPOSES)
    if ids[1:] != laws.fit_ids[1:]:
        return laws_of(debt, basis, lambda serving: serving.rival)
    return replace(laws, borrower=default_curve(ids[0], debt.borrower, basis), fit_ids=ids)


def _life(right: stated.PledgedRight, basis: Rated, fit_id: str) -> RightLife:
    """Return the life of a right from today; the bank watches its fees."""
    paid = right.fees_paid_until
    stands = _Stands(
        right.kind.value,
        right.office,
        _years(right.granted or basis.on, basis.on),
        (right.expires - basis.on).days / DAYS_PER_YEAR,
        "challenged" if right.invalidation_pending else "quiet",
        _years(basis.on, paid) if paid else 0.0,
    )
    return _life_of(stands, Same(basis.priors), fit_id)


class _Stands(NamedTuple):
    """Where a right stands today, as `RightLife.of` asks for it."""

    kind: str
    office: str
    age_years: float
    years_left: float
    state: str
    paid_years: float


@lru_cache(maxsize=1024)
def _life_of(stands: _Stands, table: Same[PriorTable], fit_id: str) -> RightLife:
    """Return the life of such a right; kept, for one proposal is priced many times over.

    A quote follows its preview, an inverse quote tries dozens of loans on the same rights.
    """
    return RightLife.of(
        stands.kind,
        stands.office,
        age_years=stands.age_years,
        years_left=stands.years_left,
        table=table.value,
        state=stands.state,
        paid_years=stands.paid_years,
        book=_book(fit_id),
    )


def _pledged(
    right: stated.PledgedRight,
    life: RightLife,
    forced: ForcedSale,
    course: tuple[date, int],
) -> PledgedRight:
    """Return a right as collateral over the loan's `course`: its first day and its months."""
    on, months = course
    law = value_of(right, on, forced.appraisals)
    cut = haircut(right.kind.value, forced.figures).value
    return PledgedRight.of(law, life, _killed(life, months), cut)


@lru_cache(maxsize=256)
def _killed(life: RightLife, months: int) -> Invalidity:
    """Return how long a right stands against invalidation alone."""
    run = range(months + 1)
    invalid, alive = life.invalid_and_alive(run)
    return Invalidity.of(run, invalid.tolist(), alive.tolist())


def _years(start: date, end: date) -> float:
    return max(0, (end - start).days) / DAYS_PER_YEAR


@cache
def _book(fit_id: str) -> Book:
    return book_of(fit_named(fit_id).parameters)
