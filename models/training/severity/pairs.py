"""Loss and defence cost fitted together: ranks first, or everything at once.

A claim with a whole loss adds ln c(u, v) + ln f_X + ln f_Y; one whose loss reached its limit
adds ln P(X > x | Y = y) + ln f_Y, with P(X > x | Y = y) = 1 - dC(u, v) / dv.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from kernel.errors import invalid
from models.severity.dependence import COPULAS, Copula
from models.severity.joint import LossAndCost
from models.severity.laws.normal import FloatArray
from models.training.severity.families import Family, Parameter
from models.training.severity.likelihood import Fitted, fit_law, log_likelihood, maximise
from models.training.severity.losses import BoolArray, Losses

_EDGE = 1e-12


@dataclass(frozen=True, slots=True)
class Pairs:
    """Claims with loss and cost.

    Attributes:
        loss: losses, which may be censored.
        cost: defence cost of the same claims, `[n]`, above zero and whole.
    """

    loss: Losses
    cost: FloatArray

    def __post_init__(self) -> None:
        """Refuse what is no list of pairs."""
        if self.cost.shape != self.loss.amount.shape:
            raise invalid("cost", "has not one figure for each loss", "give both for each claim")
        if self.loss.unseen_below.any():
            cure = "fit loss and cost apart, and take tau from claims without a deductible"
            raise invalid("deductible", "hides pairs in a way that is not fitted", cure)

    def ranks(self) -> tuple[FloatArray, FloatArray]:
        """Where each amount stands among its kind, within (0, 1), two arrays `[n]`.

        Cost by its mean rank over n + 1; loss by 1 less the Kaplan-Meier curve at it, which
        knows of the limits, times n / (n + 1).
        """
        size = len(self.cost)
        return _kaplan_meier(self.loss) * size / (size + 1), stats.rankdata(self.cost) / (size + 1)

    def kendall(self) -> float:
        """Kendall's tau of the amounts as they stand, limits not allowed for."""
        return float(stats.kendalltau(self.loss.amount, self.cost).statistic)


def _kaplan_meier(losses: Losses) -> FloatArray:
    """1 - S(x) of each loss, at the mean rank of equal losses; of a censored one, at its limit."""
    order = np.lexsort((losses.censored, losses.amount))
    amounts, seen = losses.amount[order], ~losses.censored[order]
    left = len(amounts) - np.arange(len(amounts))
    survived = np.cumprod(1 - seen / left)
    last = np.searchsorted(amounts, amounts, side="right") - 1
    first = np.searchsorted(amounts, amounts, side="left") - 1
    begins = np.where(first >= 0, survived[np.maximum(first, 0)], 1.0)
    tied: FloatArray = np.cumsum(seen)[last] - np.where(
        first >= 0, np.cumsum(seen)[np.maximum(first, 0)], 0
    )
    middle = (tied + 1) / (2 * np.maximum(tied, 1))
    level = 1 - begins + (begins - survived[last]) * np.where(seen, middle, 1.0)
    out = np.empty(len(amounts))
    out[order] = level
    return out


def copula_score(copula: Copula, u: FloatArray, v: FloatArray, censored: BoolArray) -> float:
    """Return the log likelihood of the dependence alone, margins given."""
    cut = censored
    u, v = np.clip(u, _EDGE, 1 - _EDGE), np.clip(v, _EDGE, 1 - _EDGE)
    whole = copula.log_density(u[~cut], v[~cut]).sum()
    above = 1 - copula.given(u[cut], v[cut])
    with np.errstate(divide="ignore"):
        return float(whole + np.log(np.maximum(above, 0.0)).sum())


def fit_copula(name: str, pairs: Pairs) -> Fitted:
    """Fit a copula by pseudo-likelihood on ranks, with censored losses.

    The standard error takes the ranks as known, and is a little too small for it.
    """
    u, v = pairs.ranks()
    family = COPULAS[name]
    return maximise(
        name,
        (_parameter(name),),
        (_start(name, pairs),),
        make=family,
        score=lambda copula: copula_score(copula, u, v, pairs.loss.censored),
        count=float(len(v)),
    )


def compare_copulas(pairs: Pairs) -> list[Fitted]:
    """Fit every copula and put the one with the smallest AIC first."""
    return sorted((fit_copula(name, pairs) for name in COPULAS), key=lambda fit: fit.aic)


def fit_jointly(name: str, pairs: Pairs, loss: Family, cost: Family) -> Fitted:
    """Fit both laws and the copula at once; `Fitted.law` is a `LossAndCost`."""
    costs = Losses.of(pairs.cost)
    first, second = fit_law(loss, pairs.loss), fit_law(cost, costs)
    split = len(loss.parameters), len(loss.parameters) + len(cost.parameters)

    def make(*values: float) -> LossAndCost:
        parts = values[: split[0]], values[split[0] : split[1]]
        tie = COPULAS[name](*values[split[1] :])
        return LossAndCost(loss.make(*parts[0]), cost.make(*parts[1]), tie)

    named = [Parameter(f"loss_{one.name}", one.kind) for one in loss.parameters]
    named += [Parameter(f"cost_{one.name}", one.kind) for one in cost.parameters]
    start = (*first.values.values(), *second.values.values(), _start(name, pairs))
    return maximise(
        name,
        (*named, _parameter(name)),
        start,
        make=make,
        score=lambda law: joint_score(law, pairs, costs),
        count=float(len(pairs.cost)),
    )


def joint_score(law: LossAndCost, pairs: Pairs, costs: Losses) -> float:
    """Return the log likelihood of loss and cost together."""
    whole = ~pairs.loss.censored
    u, v = law.loss.cdf(pairs.loss.amount), law.cost.cdf(pairs.cost)
    tie = copula_score(law.copula, u, v, pairs.loss.censored)
    seen = float(law.loss.log_density(pairs.loss.amount[whole]).sum())
    return tie + seen + log_likelihood(law.cost, costs)


def _parameter(name: str) -> Parameter:
    kinds = {"gumbel": "above_one", "clayton": "positive", "gaussian": "correlation"}
    return Parameter("rho" if name == "gaussian" else "theta", kinds.get(name, "real"))


def _start(name: str, pairs: Pairs) -> float:
    frozen = COPULAS[name].of_tau(min(max(pairs.kendall(), 0.02), 0.9)).json()
    return float(frozen["rho" if name == "gaussian" else "theta"])
