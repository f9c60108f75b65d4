"""A frozen hazard fit that answers: cumulative hazard, survival, from an age on, and risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from kernel.errors import invalid
from models.features import Feature, check
from models.fit_file import FitFile
from models.hazard.band import Band, read_band
from models.hazard.laws import LAWS, Array, Law, LogNormalLaw
from models.hazard.terms import Term


@dataclass(frozen=True, slots=True)
class HazardFit:
    """A hazard fit.

    A row is a vector of terms `[p]`, many rows a matrix `[n, p]`; `read` makes one from the
    columns. Ages are in the unit of the fit's own entry and exit columns.

    Attributes:
        fit_id: name and digest.
        form: such as `hazard.cox`.
        features: columns that it reads.
        terms: of the design, in the order of the matrix.
        columns: that each term reads, in the same order.
        offset: of the scores `[r]`.
        matrix: scores per unit of each term `[r, p]`.
        law: what makes a hazard of the scores.
        reference: age at which `risk` compares rows.
        horizon: greatest age seen in training.
        band: what the width of a band is computed from; None where none was kept.
    """

    fit_id: str
    form: str
    features: tuple[Feature, ...]
    terms: tuple[Term, ...]
    columns: tuple[Feature, ...]
    offset: Array
    matrix: Array
    law: Law
    reference: float
    horizon: float
    band: Band | None

    @classmethod
    def of(cls, fit: FitFile) -> Self:
        """Make a fit answer.

        Raises:
            Invalid: it is no hazard fit.
        """
        if fit.form not in LAWS:
            raise invalid("fit", f"{fit.fit_id} is a {fit.form}", f"use one of {', '.join(LAWS)}")
        fields = fit.parameters
        terms = tuple(Term.of(term) for term in fields["terms"])
        known = {feature.name: feature for feature in fit.features}
        return cls(
            fit.fit_id,
            fit.form,
            fit.features,
            terms,
            tuple(known[term.feature] for term in terms),
            np.array(fields["offset"], float),
            np.array(fields["matrix"], float).reshape(len(fields["offset"]), -1),
            LAWS[fit.form].of(fields["law"]),
            fields["reference"],
            fields["horizon"],
            read_band(fields.get("band")),
        )

    def read(self, row: Mapping[str, Any], field: str = "features") -> Array:
        """Check a row's columns and return its terms `[p]`.

        Raises:
            Invalid: a value is missing without a rule, out of range, of the wrong unit or kind;
                every fault is named.
        """
        return self.terms_of(check(self.features, row, field))

    def terms_of(self, values: Mapping[str, float | str]) -> Array:
        """Return the terms `[p]` of checked values."""
        known = {feature.name: feature for feature in self.features}
        return np.array(
            [term.read(known[term.feature], values[term.feature]) for term in self.terms]
        )

    def cumulative_hazard(self, x: Array, t: npt.ArrayLike) -> Array:
        """H(t | x): `[k]` for one row, `[n, k]` for many; `t` is one age, `[k]` or `[n, k]`."""
        rows, ages = np.atleast_2d(x), np.atleast_1d(np.asarray(t, float))
        scores = self.offset + rows @ self.matrix.T
        found = self.law.cumulative(scores, np.atleast_2d(ages))
        return found[0] if x.ndim == 1 else found

    def survival(self, x: Array, t: npt.ArrayLike) -> Array:
        """S(t | x) = exp(-H(t | x)), from birth on; shapes as in `cumulative_hazard`."""
        found: Array = np.exp(-self.cumulative_hazard(x, t))
        return found

    def survival_from(self, x: Array, t: npt.ArrayLike, age: npt.ArrayLike) -> Array:
        """P(T > t | T > age, x): 1 at or before the age; shapes as in `cumulative_hazard`.

        Args:
            x: terms.
            t: ages, not years from `age`.
            age: that the row is known to have reached, one or `[n, 1]`.
        """
        gained = self.cumulative_hazard(x, t) - self.cumulative_hazard(x, age)
        found: Array = np.exp(-np.maximum(gained, 0.0))
        return found

    def risk(self, x: Array) -> Array:
        """Return how dangerous the reference age is: `[]` for one row, `[n]` for many.

        Higher means a shorter life. It is H at the reference age; of a log-normal law
        exp((ln t - mu) / sigma), which orders rows as H does and costs no tail of a normal law.
        """
        if isinstance(self.law, LogNormalLaw):
            scores = self.offset + np.atleast_2d(x) @ self.matrix.T
            z = self.law.standard(scores, np.array([[self.reference]]))[:, 0]
            return np.exp(z[0] if x.ndim == 1 else z)
        found: Array = self.cumulative_hazard(x, self.reference)[..., 0]
        return found

    def survival_band(self, x: Array, t: npt.ArrayLike, z: float = 1.96) -> tuple[Array, Array]:
        """Lower and upper S(t | x) for one row, `[k]` each: `z` standard errors of ln H.

        It is the uncertainty of the curve, from the coefficients and the baseline; not the
        spread of single lives, and not the doubt about the form.

        Raises:
            Invalid: the fit keeps no covariance.
        """
        if self.band is None:
            raise invalid("fit", f"{self.fit_id} keeps no covariance", "use a fit that has a band")
        ages = np.atleast_1d(np.asarray(t, float))
        scores = self.offset + self.matrix @ x

        def log_hazard(change: Array) -> Array:
            moved = (scores + change)[None, :]
            found: Array = np.log(self.law.cumulative(moved, ages[None, :])[0] + _TINY)
            return found

        width = np.exp(z * self.band.spread(x, ages, log_hazard))
        hazard = self.cumulative_hazard(x, ages)
        return np.exp(-hazard * width), np.exp(-hazard / width)


_TINY = 1e-300
