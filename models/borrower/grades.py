"""Default by grade: the published one-year PD, spread over the months by a seasoning shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from models.borrower.curve import DefaultCurve
from models.borrower.term import Term
from models.priors import PriorTable

FORM = "borrower.grades"


@dataclass(frozen=True, slots=True)
class GradeLaw:
    """When a borrower of a grade defaults.

    Attributes:
        fit_id: of the fit that it was read from.
        term: when in a loan's life defaults come.
    """

    fit_id: str
    term: Term

    def curve(self, grade: str, table: PriorTable, *, on_book: float = 0.0) -> DefaultCurve:
        """Return the law of a borrower.

        Args:
            grade: on the master scale.
            table: published PDs, or those that own counts made of them.
            on_book: months since the loan was paid out.

        Raises:
            Invalid: the grade is not on the master scale.
        """
        return DefaultCurve.of_grade(grade, table, self.term, on_book=on_book)

    def parameters(self) -> dict[str, Any]:
        """What a fit keeps of it."""
        term = self.term
        return {
            "shape": term.name,
            "share": list(term.share),
            "tail": term.tail,
            "lag_months": term.lag_months,
            "source": term.source,
            "grade": term.grade,
        }

    @classmethod
    def of(cls, fit_id: str, parameters: Mapping[str, Any]) -> Self:
        """Read it from a fit."""
        share = tuple(parameters["share"])
        rest = (parameters[key] for key in ("tail", "lag_months", "source", "grade"))
        return cls(fit_id, Term(parameters["shape"], share, *rest))
