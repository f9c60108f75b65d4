"""Which laws and which dependence serve: those with the smallest AIC."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from kernel.errors import Invalid
from models.severity.laws import Law
from models.training.severity.families import GAMMA, LOGNORMAL, LOMAX, WEIBULL
from models.training.severity.likelihood import Fitted, fit_law
from models.training.severity.losses import Losses
from models.training.severity.pairs import Pairs, compare_copulas
from models.training.severity.tail import candidates, fit_spliced


def all_laws(losses: Losses) -> list[Fitted]:
    """Fit every law, the smallest AIC first."""
    fits = [fit_law(family, losses) for family in (LOGNORMAL, LOMAX, GAMMA, WEIBULL)]
    try:
        fits.append(fit_spliced(losses, candidates(losses)))
    except Invalid:  # too few losses for a tail of their own: the plain laws stand for choice
        return sorted(fits, key=_price)
    return sorted(fits, key=_price)


def _price(fit: Fitted) -> float:
    """AIC, with the chosen threshold as a parameter."""
    return fit.aic + (2 if fit.family == "spliced" else 0)


def best(fits: Sequence[Fitted]) -> Fitted:
    """Return the first that can be served; comparators cannot."""
    return next(fit for fit in fits if isinstance(fit.law, Law))


def with_cost(pairs: Pairs) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fit cost and dependence: parameters to serve, and how every candidate did."""
    costs = [fit_law(family, Losses.of(pairs.cost)) for family in (LOGNORMAL, LOMAX)]
    costs = sorted(costs, key=_price)
    copulas = compare_copulas(pairs)
    parameters = {"cost": costs[0].law.json(), "copula": copulas[0].law.json()}
    taus = [{"tau": fit.law.tau()} | row_of(fit) for fit in copulas]
    rows = [row_of(fit) for fit in costs]
    return parameters, {"cost": rows, "copula": taus, "kendall": pairs.kendall()}


def row_of(fit: Fitted) -> dict[str, Any]:
    """Write a fit as a row of metrics."""
    errors = {name: value if isfinite(value) else None for name, value in fit.errors.items()}
    return {
        "family": fit.family, "values": fit.values, "errors": errors,
        "log_likelihood": fit.log_likelihood, "aic": _price(fit), "bic": fit.bic,
    }  # fmt: skip
