"""What lifelines fitted, frozen: coefficients and tables that serving scores by a formula."""

from typing import Any

import numpy as np

from models.training.survival.lives import Array

AFT = {
    "hazard.weibull": ("lambda_", "rho_"),
    "hazard.lognormal": ("mu_", "sigma_"),
    "hazard.loglogistic": ("alpha_", "beta_"),
}
"""Location and shape parameter of each accelerated-failure-time form, as lifelines calls them."""


def freeze_cox(fitter: Any, names: list[str]) -> dict[str, Any]:
    """Offset, matrix and law of a fitted `CoxPHFitter` on columns `names`.

    lifelines' own baseline, which heeds no delayed entry (see `baseline`).
    """
    beta = fitter.params_.loc[names].to_numpy(float)
    mean = fitter._norm_mean.loc[names].to_numpy(float)  # noqa: SLF001 - lifelines keeps it there
    base = fitter.baseline_cumulative_hazard_
    table = {"ages": base.index.to_numpy(float).tolist(), "hazard": base.iloc[:, 0].tolist()}
    return {
        "offset": [-float(mean @ beta)],
        "matrix": [beta.tolist()],
        "law": table,
    }


def freeze_aft(fitter: Any, form: str, names: list[str]) -> dict[str, Any]:
    """Offset, matrix and law of a fitted Weibull, log-normal or log-logistic AFT fitter."""
    offset, matrix = [], []
    for parameter in AFT[form]:
        own = fitter.params_.loc[parameter]
        offset.append(float(own.get("Intercept", 0.0)))
        matrix.append([float(own.get(name, 0.0)) for name in names])
    return {"offset": offset, "matrix": matrix, "law": {}}


def freeze_piecewise(fitter: Any, names: list[str]) -> dict[str, Any]:
    """Offset, matrix and law of a fitted `PiecewiseExponentialRegressionFitter`."""
    pieces = [fitter.params_.loc[f"lambda_{place}_"] for place in range(fitter.n_breakpoints + 1)]
    edges = [0.0, *map(float, fitter.breakpoints)]
    return {
        "offset": [-float(piece.get("Intercept", 0.0)) for piece in pieces],
        "matrix": [[-float(piece.get(name, 0.0)) for name in names] for piece in pieces],
        "law": {"edges": edges, "level": [0.0] * len(edges)},
    }


def score_covariance(
    fitter: Any, form: str, names: list[str]
) -> tuple[list[int], list[int], Array]:
    """Covariance of an AFT fitter's parameters, with the score and term that each belongs to."""
    place = {name: where for where, name in enumerate(names)} | {"Intercept": -1}
    kept = [key for key in fitter.variance_matrix_.index if key[1] in place]
    covariance = fitter.variance_matrix_.loc[kept, kept].to_numpy(float)
    scores = [AFT[form].index(parameter) for parameter, _ in kept]
    return scores, [place[name] for _, name in kept], np.asarray(covariance, np.float64)
