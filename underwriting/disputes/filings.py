"""How often a right is enforced: filings a year that a court or an office accepts.

Filings = suits x tilts x age x selection, and in China administrative cases in the proportion in
which all patents see them. Suits and not asserted rights are counted: each suit is a claim.
"""

from dataclasses import dataclass
from functools import cache

from models.priors import Prior, PriorTable
from models.right.book import Book
from models.right.factors import Factors, effect_of
from models.right.frozen import book_of
from models.shelf import fit_named
from underwriting.disputes.courts import Court
from underwriting.disputes.figures import Figures
from underwriting.disputes.rows import Row

PATENTS = ("invention", "utility_model", "design")


@dataclass(frozen=True, slots=True)
class Filings:
    """Accepted filings of one right.

    Attributes:
        court: suits a year.
        administrative: cases a year before an administrative authority.
        tilt: what is known of the right and its owner did to them.
        priors: figures of the prior table behind them.
        rows: other rows behind them.
    """

    court: float
    administrative: float
    tilt: float
    priors: tuple[Prior, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> float:
        """Filings a year."""
        return self.court + self.administrative


def filings_of(
    figures: Figures, priors: PriorTable, *, book: str, kind: str, court: Court,
    factors: Factors, age_years: float,
) -> Filings:  # fmt: skip
    """Return the filings a year of a right that its owner insures.

    Args:
        figures: frozen, with currency and day.
        priors: published rates, or what own counts made of them.
        book: id of the fit of the purpose `right_life`, which holds multipliers and ages.
        kind: of the right.
        court: where it is enforced.
        factors: what is stated of right and owner, see `models.right.factors`.
        age_years: since grant, 0 or more.

    Raises:
        Invalid: no rate is published for this kind and court, or a factor has none there.
    """
    law, selection = _book(book), figures.rate("selection", court)
    office = "EP" if court is Court.UPC else court.value
    base = _suits(priors, kind, court)
    cap = law.find(priors, "litigation_cap", kind, office)
    effect = effect_of(law, factors if kind in PATENTS else {}, office, cap.value)
    owner = "npe" if factors.get("npe_owned") else "operating"
    bands = [one for one in law.ages("assert", kind, office, owner) if one.age_from <= age_years]
    aged = bands[-1].value / bands[-1].level if bands else 1.0
    suits = base.value * effect.litigation * aged * selection.value
    cases, behind = _administrative(priors, kind, court)
    rows: tuple[Row, ...] = (selection, *effect.rows, *bands[-1:])
    return Filings(suits, suits * cases, effect.litigation * aged, (base, cap, *behind), rows)


def _suits(priors: PriorTable, kind: str, court: Court) -> Prior:
    """Suits where they are published, else distinct rights asserted, which is less."""
    right = "copyright_registered" if kind == "copyright" else kind
    if f"assert/{right}/{court.value}" in priors.rows and court is Court.US:
        return priors.find("assert", right, court.value)
    return priors.find("suit_rate", right, court.value)


def _administrative(priors: PriorTable, kind: str, court: Court) -> tuple[float, tuple[Prior, ...]]:
    """Administrative cases for one suit, from the counts of all patents in China."""
    if court is not Court.CN or kind not in PATENTS:
        return 0.0, ()
    cases = priors.find("administrative_cases", "patents")
    suits = priors.find("suit_rate_all_types", "patents")
    return cases.value / suits.value, (cases, suits)


@cache
def _book(fit_id: str) -> Book:
    return book_of(fit_named(fit_id).parameters)
