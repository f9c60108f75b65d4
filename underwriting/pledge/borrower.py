"""The borrower's default law: by its grade, or by a score of its accounts."""

from functools import cache, lru_cache

from kernel.errors import invalid
from kernel.same import Same
from models.borrower import grades
from models.borrower.curve import DefaultCurve
from models.borrower.grades import GradeLaw
from models.borrower.scored import Score, ScoreLaw
from models.governance.compare import Comparison, compare
from models.priors import PriorTable
from models.shelf import fit_named
from underwriting.pledge.forms import Borrower, InUnit
from underwriting.product import Rated

PURPOSE = "borrower_score"


def default_curve(fit_id: str, borrower: Borrower, basis: Rated) -> DefaultCurve:
    """Return the default law that a fit gives a borrower.

    A fit by grade reads the stated grade alone. A score fit reads the accounts, and is shrunk to
    the published figure of the stated grade by the cohort behind it.

    Raises:
        Invalid: a score fit serves, and the accounts are missing or cannot be.
    """
    if fit_named(fit_id).form == grades.FORM:
        return _by_grade(fit_id, borrower.grade.value, Same(basis.priors))
    law = _scores(fit_id)
    grade = DefaultCurve.of_grade(borrower.grade.value, basis.priors)
    return law.curve(_scored(law, borrower, basis), grade)


def score_of(borrower: Borrower, basis: Rated) -> Score | None:
    """Return the score of the stated accounts; None where none are stated, or nobody scores.

    Raises:
        Invalid: an account cannot be; each is named.
    """
    if borrower.accounts is None or PURPOSE not in basis.fits:
        return None
    return _scored(_scores(basis.fits[PURPOSE].champion), borrower, basis)


def beside_the_grade(
    score: Score, borrower: Borrower, basis: Rated, priced_with: str
) -> Comparison:
    """Set the score beside the one-year PD of the stated grade."""
    grade = DefaultCurve.of_grade(borrower.grade.value, basis.priors)
    return compare(priced_with, grade.default_between(0.0, 1.0), score.fit_id, score.pd)


def _scored(law: ScoreLaw, borrower: Borrower, basis: Rated) -> Score:
    if borrower.accounts is None:
        problem = f"are missing, and {law.fit.fit.fit_id} reads them"
        raise invalid("risk.borrower.accounts", problem, "state the features on its card")
    stated = borrower.accounts.items()
    row = {name: of.model_dump() if isinstance(of, InUnit) else of for name, of in stated}
    return law.score(row, basis.priors, "risk.borrower.accounts")


@cache
def _grades(fit_id: str) -> GradeLaw:
    return GradeLaw.of(fit_id, fit_named(fit_id).parameters)


@lru_cache(maxsize=256)
def _by_grade(fit_id: str, grade: str, table: Same[PriorTable]) -> DefaultCurve:
    return _grades(fit_id).curve(grade, table.value)


@cache
def _scores(fit_id: str) -> ScoreLaw:
    return ScoreLaw.of(fit_named(fit_id))
