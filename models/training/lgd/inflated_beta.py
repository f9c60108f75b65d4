"""A beta law with atoms at nought and one, by maximum likelihood.

Losses of exactly nought or the whole have no density under a beta; where the tape has them they
are counted apart, and the rest is fitted. The likelihood of the rest depends on the mean of ln x
and of ln(1 - x) alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln, digamma

from kernel.errors import invalid
from models.recovery.laws import BetaLaw

Floats = NDArray[np.float64]
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class InflatedBeta:
    """The fitted law.

    Attributes:
        zero: share of rows at nought.
        one: share of rows at one.
        law: beta of the rest.
        moments: beta of the rest by mean and variance, for comparison.
        log_likelihood: of the rest under `law`, per row.
        log_likelihood_moments: of the rest under `moments`, per row.
        rows: in the rest.
    """

    zero: float
    one: float
    law: BetaLaw
    moments: BetaLaw
    log_likelihood: float
    log_likelihood_moments: float
    rows: int

    @property
    def mean(self) -> float:
        """One + (1 - zero - one) x mean of the beta."""
        return self.one + (1.0 - self.zero - self.one) * self.law.mean


def fit_inflated_beta(lgd: Floats, weight: Floats | None = None) -> InflatedBeta:
    """Fit the law to losses `[n]` between 0 and 1.

    Raises:
        Invalid: fewer than ten losses lie between nought and one, or they are all the same.
    """
    w = np.ones(len(lgd)) if weight is None else np.asarray(weight, dtype=float)
    inside = (lgd > 0) & (lgd < 1)
    x, v = lgd[inside], w[inside]
    if len(x) < _FEWEST or np.ptp(x) == 0:
        cure = "give more losses, or use the published law"
        raise invalid("loss", f"has {len(x)} different values between nought and one", cure)
    mean = float(np.average(x, weights=v))
    sd = float(np.sqrt(np.average((x - mean) ** 2, weights=v)))
    moments = BetaLaw.of_moments(mean, sd)
    logs = (float(np.average(np.log(x), weights=v)), float(np.average(np.log1p(-x), weights=v)))
    law = _likeliest(logs, moments)
    return InflatedBeta(
        float(w[lgd <= 0].sum() / w.sum()),
        float(w[lgd >= 1].sum() / w.sum()),
        law,
        moments,
        _per_row(law, logs),
        _per_row(moments, logs),
        len(x),
    )


def _per_row(law: BetaLaw, logs: tuple[float, float]) -> float:
    density = (law.a - 1.0) * logs[0] + (law.b - 1.0) * logs[1]
    return float(density - betaln(law.a, law.b))


def _likeliest(logs: tuple[float, float], start: BetaLaw) -> BetaLaw:
    """Maximise in (ln a, ln b), where the shapes cannot leave their range."""

    def negative(theta: Floats) -> tuple[float, Floats]:
        law = BetaLaw(*np.exp(theta).tolist())
        both = digamma(law.a + law.b)
        slopes = (logs[0] - digamma(law.a) + both, logs[1] - digamma(law.b) + both)
        gradient = -np.array([slopes[0] * law.a, slopes[1] * law.b])
        return -_per_row(law, logs), gradient

    found = minimize(negative, np.log([start.a, start.b]), jac=True, method="BFGS")
    return BetaLaw(*np.exp(found.x).tolist())
