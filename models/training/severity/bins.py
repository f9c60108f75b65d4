"""Laws from published tables: counts in bins, and quantiles."""

from collections.abc import Mapping, Sequence

import numpy as np

from kernel.errors import invalid
from models.severity.laws import Lognormal
from models.severity.laws.normal import FloatArray, quantile
from models.training.severity.families import LOGNORMAL, Family, Fittable
from models.training.severity.likelihood import Fitted, maximise
from models.training.severity.losses import Losses


def fit_bins(
    counts: Sequence[float], bounds: Sequence[float], family: Family = LOGNORMAL
) -> Fitted:
    """Fit counts of losses in bins: ln L = sum of count x ln(S(low) - S(high)).

    Args:
        counts: losses in each bin, `[k]`; the first bin begins at nought, the last has no end.
        bounds: between the bins, rising, `[k - 1]`.
        family: law to fit.

    Raises:
        Invalid: counts and bounds do not fit together.
    """
    edges, held = np.asarray(bounds, float), np.asarray(counts, float)
    if len(held) != len(edges) + 1 or np.any(np.diff(edges) <= 0) or np.any(held < 0):
        cure = "give one bound fewer than counts, rising, and counts from zero up"
        raise invalid("bounds", "do not part the counts", cure)
    return maximise(
        family.name,
        family.parameters,
        family.start(Losses.of(_middles(edges), weight=np.maximum(held, 1e-9))),
        make=family.make,
        score=lambda law: _binned(law, held, edges),
        count=float(held.sum()),
    )


def _middles(edges: FloatArray) -> FloatArray:
    inner = np.sqrt(edges[1:] * edges[:-1])
    return np.concatenate([[edges[0] / 2], inner, [edges[-1] * 2]])


def _binned(law: Fittable, counts: FloatArray, edges: FloatArray) -> float:
    above = np.concatenate([[1.0], law.sf(edges), [0.0]])
    with np.errstate(divide="ignore"):
        logs = np.log(above[:-1] - above[1:])
    return float(counts[counts > 0] @ logs[counts > 0])


def match_quantiles(quantiles: Mapping[float, float]) -> Lognormal:
    """Lognormal through two quantiles, or nearest to more (least squares in ln).

    Args:
        quantiles: probability within (0, 1) -> amount above zero; two at least.

    >>> law = match_quantiles({0.5: 2e6, 0.75: 1e7})  # US awards 2000-13, published: 2.39
    >>> round(law.sigma, 2)
    2.39
    """
    levels = np.array(sorted(quantiles))
    if len(levels) < 2 or levels[0] <= 0 or levels[-1] >= 1:  # noqa: PLR2004 - a line needs two
        raise invalid("quantiles", "are no two within (0, 1)", "give two probabilities or more")
    logs = np.log([quantiles[level] for level in levels.tolist()])
    sigma, mu = np.polyfit(quantile(levels), logs, 1)
    return Lognormal(float(mu), float(sigma))
