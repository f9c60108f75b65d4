"""A frozen law as polars expressions: one for each age asked, over columns or over scores."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.hazard.columns import weighed
from models.hazard.fit import HazardFit
from models.hazard.gauss import upper_tail
from models.hazard.laws import CoxLaw, Law, LogLogisticLaw, LogNormalLaw, PiecewiseLaw
from models.hazard.look import Found

if TYPE_CHECKING:
    import polars as pl


def expression(fit: HazardFit, at: float, found: Mapping[str, Found] | None = None) -> "pl.Expr":
    """S(at | x) as one polars expression over the fit's own columns.

    Args:
        fit: frozen.
        at: age.
        found: what a pass over the columns found; without it everything is guarded.
    """
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    scores = score_expressions(fit, found or {})
    return (-cumulative(fit.law, scores, pl.lit(at, pl.Float64))).exp().alias(f"survival_{at:g}")


def score_expressions(fit: HazardFit, found: Mapping[str, Found]) -> list["pl.Expr"]:
    """Return the scores `[r]` of a fit as expressions; see `models.hazard.laws`."""
    features = {feature.name: feature for feature in fit.features}
    return [
        weighed(zip(fit.terms, map(float, row), strict=True), features, found, float(offset))
        for row, offset in zip(fit.matrix, fit.offset, strict=True)
    ]


def cumulative(law: Law, scores: Sequence["pl.Expr"], t: "pl.Expr") -> "pl.Expr":
    """H(t) as an expression of the scores; `t` is a literal or a column of ages."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    if isinstance(law, CoxLaw):
        return _cox(law, scores, t)
    if isinstance(law, PiecewiseLaw):
        return _piecewise(law, scores, t)
    if isinstance(law, LogNormalLaw):
        return _standard(scores, t).map_batches(_log_normal, return_dtype=pl.Float64)
    log_t = t.clip(lower_bound=1e-25).log()
    power = ((log_t - scores[0]) * scores[1].exp()).exp()
    return power.log1p() if isinstance(law, LogLogisticLaw) else power


def _log_normal(z: "pl.Series") -> "pl.Series":
    """H of the standardised ln t; polars has no normal law."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    return pl.Series(-np.log(np.maximum(upper_tail(z.to_numpy()), 1e-300)))


def _cox(law: CoxLaw, scores: Sequence["pl.Expr"], t: "pl.Expr") -> "pl.Expr":
    upto = [_read_off(t.clip(upper_bound=float(cut)), law) for cut in law.cuts]
    upto.append(_read_off(t, law))
    total = scores[0].exp() * upto[0]
    for place in range(1, len(upto)):
        total = total + scores[place].exp() * (upto[place] - upto[place - 1])
    return total


def _read_off(t: "pl.Expr", law: CoxLaw) -> "pl.Expr":
    """H0(t): a constant where t is one, else read off the table."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    if not t.meta.root_names():
        return pl.lit(float(law.base(pl.select(t).item())), pl.Float64)

    def read(column: pl.Series) -> pl.Series:
        return pl.Series(law.base(column.to_numpy()))

    return t.map_batches(read, return_dtype=pl.Float64)


def _piecewise(law: PiecewiseLaw, scores: Sequence["pl.Expr"], t: "pl.Expr") -> "pl.Expr":
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    width = [*np.diff(law.edges).tolist(), float("inf")]
    spent = [(t - float(edge)).clip(0.0, wide) for edge, wide in zip(law.edges, width, strict=True)]
    rates = [float(np.exp(level)) for level in law.level]
    if len(scores) == 1:
        base = pl.sum_horizontal(years * rate for years, rate in zip(spent, rates, strict=True))
        return scores[0].exp() * base
    total = pl.lit(0.0)
    for years, rate, score in zip(spent, rates, scores, strict=True):
        total = total + years * rate * score.exp()
    return total


def risk(fit: HazardFit, scores: Sequence["pl.Expr"]) -> "pl.Expr":
    """See `HazardFit.risk`."""
    import polars as pl  # noqa: PLC0415 - only batches pay for the library

    reference = pl.lit(fit.reference, pl.Float64)
    if isinstance(fit.law, LogNormalLaw):
        return _standard(scores, reference).exp()
    return cumulative(fit.law, scores, reference)


def _standard(scores: Sequence["pl.Expr"], t: "pl.Expr") -> "pl.Expr":
    """(ln t - mu) / sigma of a log-normal law."""
    return (t.clip(lower_bound=1e-25).log() - scores[0]) * (-scores[1]).exp()
