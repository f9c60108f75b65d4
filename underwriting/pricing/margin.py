"""What is charged for bearing risk: the cost of capital, or a Wang transform, as the tariff names.

Cost of capital: rate x marginal x (TVaR or VaR at the capital quantile - mean) for each year.
`marginal` is the part of a policy's stand-alone capital that the book must add for it, 1 where
nothing diversifies. Mean + margin rises with every loss as long as rate x marginal x years < 1:
it is then a mixture of the mean and the risk measure.

Wang 2000: the mean under P*(X > x) = Phi(Phi^-1(P(X > x)) + lambda), less the mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from kernel.errors import Fault, Invalid
from models.severity.laws.normal import FloatArray, lower, quantile
from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.expected_loss import Curve, MonthLoss
from underwriting.pricing.loadings import Loadings, risk_margin
from underwriting.pricing.view import Margin

METHODS = ("cost_of_capital", "wang")
MEASURES = ("tvar", "var")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginRates:
    """The tariff's figures for the risk margin, under `[loadings]`.

    Attributes:
        method: `cost_of_capital` or `wang`.
        cost_of_capital: per year and per 1 of capital, 0 or more.
        capital_quantile: (0, 1).
        capital_measure: `tvar` or `var` at that quantile. VaR is nought for a policy whose
            chance of any claim is below 1 - quantile.
        marginal: of stand-alone capital, (0, 1].
        wang_lambda: 0 or more.
    """

    method: str
    cost_of_capital: float
    capital_quantile: float
    capital_measure: str = "tvar"
    marginal: float = 1.0
    wang_lambda: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a tariff that names no method or lacks the figure its method needs."""
        wrong = {
            "method": self.method not in METHODS,
            "capital_measure": self.capital_measure not in MEASURES,
            "cost_of_capital": not self.cost_of_capital >= 0,
            "capital_quantile": not 0 < self.capital_quantile < 1,
            "marginal": not 0 < self.marginal <= 1,
            "wang_lambda": not self.wang_lambda >= 0
            or (self.method == "wang" and self.wang_lambda == 0),
        }
        cure = f"state it in the tariff: {', '.join(METHODS)}; {', '.join(MEASURES)}; figures"
        faults = [
            Fault(f"loadings.{name}", f"{getattr(self, name)!r} does not serve", cure)
            for name, bad in wrong.items()
            if bad
        ]
        if faults:
            raise Invalid("invalid", *faults)

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> Self:
        """Read a tariff.

        `[loadings]` states method, cost_of_capital and capital_quantile; `marginal` left out is
        1 (the policy stands alone), `capital_measure` left out is `tvar`.
        """
        stated = terms["loadings"]
        names = ("capital_measure", "marginal", "wang_lambda")
        return cls(
            method=stated["method"],
            cost_of_capital=stated["cost_of_capital"],
            capital_quantile=stated["capital_quantile"],
            **{name: stated[name] for name in names if name in stated},
        )


def margin_of(year: Distribution, rates: MarginRates, years: float) -> Margin:
    """Return the margin by the method that the tariff names; `year` is what one year costs us."""
    if rates.method == "wang":
        return wang_margin(year, rates.wang_lambda, years)
    return cost_of_capital_margin(year, rates, years)


def cost_of_capital_margin(held: Distribution | float, rates: MarginRates, years: float) -> Margin:
    """Return rate x marginal x capital x years.

    Args:
        held: what one year costs, capital being measure - mean, never below nought; or that
            capital itself (stressed - expected), minor units.
        rates: of the tariff.
        years: that the capital is held.
    """
    capital = held if isinstance(held, float | int) else capital_of(held, rates)
    basis = (
        f"{rates.cost_of_capital:g} a year x {rates.marginal:g} marginal x "
        f"({rates.capital_measure} at {rates.capital_quantile:g} - mean) x {years:g} years"
    )
    amount = rates.cost_of_capital * rates.marginal * max(0.0, capital) * years
    return Margin("cost_of_capital", basis, amount)


def capital_of(year: Distribution, rates: MarginRates) -> float:
    """Return measure - mean, at least nought, minor units: the capital of the policy alone."""
    measure = year.tvar if rates.capital_measure == "tvar" else year.quantile
    return max(0.0, measure(rates.capital_quantile) - year.mean())


def wang_margin(year: Distribution, lam: float, years: float) -> Margin:
    """Return (mean under the Wang transform - mean) x years, minor units."""
    basis = f"mean of Phi(Phi^-1(P(X > x)) + {lam:g}) less the mean, x {years:g} years"
    return Margin("wang", basis, max(0.0, year.wang(lam) - year.mean()) * years)


def margin_of_months(
    months: Sequence[MonthLoss], curve: Curve, loadings: Loadings, rates: MarginRates
) -> Margin:
    """Return the margin of a credit cover that is priced by months of default.

    Cost of capital is that of `loadings.risk_margin` x marginal: the stressed default
    probability is the borrower's own contribution at the quantile of the common factor.
    """
    if rates.method == "wang":
        return wang_of_months(months, rates.wang_lambda)
    basis = (
        f"{rates.cost_of_capital:g} a year x {rates.marginal:g} marginal x (stressed - expected "
        f"default) at {rates.capital_quantile:g} x net loss of each month"
    )
    amount = rates.marginal * risk_margin(months, curve, loadings)
    return Margin("cost_of_capital", basis, amount)


def wang_of_months(months: Sequence[MonthLoss], lam: float) -> Margin:
    """Return the expected loss under bent cumulative default chances, less the expected loss.

    F(m), the chance of default by month m, becomes Phi(Phi^-1(F(m)) + lam); each month's expected
    loss grows with its own chance. A month without a chance of default stays without a loss.
    """
    chances = np.array([row.default_probability for row in months])
    bent = bent_months(chances, lam)
    growth = np.divide(bent, chances, out=np.ones_like(bent), where=chances > 0)
    losses = np.array([row.expected_loss for row in months])
    basis = f"default by month m bent to Phi(Phi^-1(F) + {lam:g}), less the expected loss"
    return Margin("wang", basis, float(losses @ (growth - 1.0)))


def bent_months(chances: FloatArray, lam: float) -> FloatArray:
    """Bend the chances of default month by month, `[months]`, through their running sum."""
    running = np.minimum(np.cumsum(chances), 1.0)
    return np.diff(lower(quantile(running) + lam), prepend=0.0)
