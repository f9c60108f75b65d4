"""A frozen fit of loss given default, served: a row of features in, a law of the loss out.

Forms: `recovery.lgd.mean` (no feature helped), `recovery.lgd.logit` (fractional logit) and
`recovery.lgd.boosted` (trees). The last two read the columns of `encode`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.features import check
from models.fit_file import FitFile
from models.recovery.laws import BetaLaw
from models.recovery.lgd import LgdLaw

FORMS = ("recovery.lgd.mean", "recovery.lgd.logit", "recovery.lgd.boosted")
_NEAREST = 1e-4


def encode(
    columns: Mapping[str, Sequence[float | str]], plan: Sequence[Mapping[str, Any]]
) -> NDArray[np.float64]:
    """Return the matrix `[n, n_terms]` that a fit reads.

    Args:
        columns: feature -> values; NaN or `""` where missing.
        plan: one entry per term: `{"name", "mean", "sd", "log", "fill"}` for a number, as
            (log(1 + x) or x - mean) / sd, or `{"name", "level"}` for one level, as 0 or 1.
    """
    terms = []
    for term in plan:
        if "level" in term:
            level = term["level"]
            terms.append(np.array([float(one == level) for one in columns[term["name"]]]))
            continue
        raw = np.asarray(columns[term["name"]], dtype=float)
        raw = np.where(np.isnan(raw), term["fill"], raw)
        raw = np.log1p(np.maximum(raw, 0.0)) if term["log"] else raw
        terms.append((raw - term["mean"]) / term["sd"])
    return np.column_stack(terms)


@dataclass(frozen=True, slots=True)
class FittedLgd:
    """A fit that serves.

    Attributes:
        fit: as frozen.
        trees: XGBoost's booster, loaded once; None where the form has none.
    """

    fit: FitFile
    trees: Any = field(default=None, repr=False)

    @classmethod
    def of(cls, fit: FitFile) -> Self:
        """Take a frozen fit.

        Raises:
            Invalid: it is no fit of loss given default.
        """
        if fit.form not in FORMS:
            cure = f"name a fit of one of the forms {', '.join(FORMS)}"
            raise invalid("fit", f"{fit.fit_id} has the form {fit.form}", cure)
        if fit.booster is None:
            return cls(fit)
        import xgboost  # noqa: PLC0415 - only a fit with trees pays for the library

        trees = xgboost.Booster()
        trees.load_model(bytearray(fit.booster))
        return cls(fit, trees)

    def law(self, row: Mapping[str, Any] | None = None) -> LgdLaw:
        """Return the law of the loss for one row; a fit of the mean alone needs none.

        Raises:
            Invalid: the row does not have what the fit reads.
        """
        p = self.fit.parameters
        mean = float(p["mean"])
        if self.fit.features:
            values = check(self.fit.features, row or {})
            mean = float(self.means({name: [value] for name, value in values.items()})[0])
        inner = 1.0 - p["zero"] - p["one"]
        inside = min(max((mean - p["one"]) / inner, _NEAREST), 1.0 - _NEAREST)
        sd = min(p["mean_sd"] / inner, (inside * (1.0 - inside)) ** 0.5 / 2.0)
        return LgdLaw(BetaLaw.of_moments(inside, sd), p["precision"], p["zero"], p["one"])

    def means(self, columns: Mapping[str, Sequence[float | str]]) -> NDArray[np.float64]:
        """Return the expected loss of many rows whose values were checked, `[n]`."""
        p = self.fit.parameters
        matrix = encode(columns, p["plan"])
        if self.trees is not None:
            return np.asarray(self.trees.inplace_predict(matrix), dtype=float)
        beta = np.array(p["beta"])
        score = p["intercept"] + matrix @ beta
        return np.array([1.0 / (1.0 + exp(-one)) for one in score.tolist()])
