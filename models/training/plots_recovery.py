"""The pictures of `docs/methods/recovery.md`, drawn from the laws themselves."""

from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from models.recovery import (
    BetaLaw,
    Disposal,
    Link,
    LoanLoss,
    OtherSecurity,
    PledgedRight,
    SaleLaw,
    joint_law,
    proceeds_of,
    recovery_table,
)
from models.recovery.fitted import FittedLgd
from models.training.lgd.ask import losses_of
from models.training.lgd.validate import FILE, fit_sba, sba_ask, sba_frame

_SIZE, _DPI = (8.0, 3.8), 100
_GRID = np.linspace(0.0, 1.0, 401)
_LOAN, _MONTHS = 3_500_000.0, 36
_LEAST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Steady:
    """Dies at a constant rate.

    Attributes:
        hazard: per year.
    """

    hazard: float

    def survival(self, years: float) -> float:
        """exp(-hazard x years)."""
        return exp(-self.hazard * years)


def worked_rights(hazard: float = 0.0005) -> list[PledgedRight]:
    """Return the three rights of the page: 6, 3 and 1 million as appraised, log sd 0.5."""
    return [PledgedRight(value, Steady(hazard), spread=0.5) for value in (6e6, 3e6, 1e6)]


def draw_wrong_way(path: Path) -> None:
    """Draw expected proceeds by month of default: independent, and with each part of the link."""
    disposal = Disposal.of_sale(SaleLaw.of(recovery_table()))
    curve, exposures = Steady(0.0253), [_LOAN] * _MONTHS
    links = {
        "independent": Link(),
        "invalidity strikes the borrower": Link(1.5, 0.95),
        "value falls with the borrower": Link(rank_correlation=0.3),
        "both (default)": Link(1.5, 0.95, 0.3),
    }
    figure = Figure(_SIZE, _DPI, layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, hazard, title in (
        (left, 0.0005, "rights killed at 0.05 % a year"),
        (right, 0.10, "key right under attack: 10 % a year"),
    ):
        for (name, link), style in zip(links.items(), ("k-", "C0--", "C1-.", "C3-"), strict=True):
            law = joint_law(
                curve,
                worked_rights(hazard),
                _MONTHS,
                disposal=disposal,
                link=link,
                exposures=exposures,
            )
            shown = [row.proceeds / 1e6 for row in law.months]
            axes.plot(range(1, _MONTHS + 1), shown, style, label=name)
        _dressed(axes, title, "month of default")
    left.set_ylabel("expected gross proceeds, million")
    left.set_ylim(0.0, 1.05)
    left.legend(loc="lower right", fontsize=8)
    figure.savefig(path)


def draw_loan_loss(path: Path) -> None:
    """Draw the loss of one loan as a distribution, by what stands behind it."""
    sale = SaleLaw.of(recovery_table())
    figure = Figure(_SIZE, _DPI, layout="constrained")
    axes = figure.subplots()
    other = OtherSecurity(0.5, BetaLaw.of_mean(0.55, 3.69))
    cases = [
        ("IP alone, listed once", sale, None, "C0-"),
        ("IP alone, listed three times", sale.listed(3), None, "C1--"),
        ("IP, and a guarantor for half", sale, other, "C2-."),
    ]
    for name, law, security, style in cases:
        disposal = Disposal.of_sale(law)
        sources = proceeds_of(worked_rights(), disposal, law.sold, 1.0)
        loss = LoanLoss.of(_LOAN, sources, security)
        shown = [loss.cdf(float(one)) for one in _GRID]
        axes.plot(_GRID, shown, style, label=f"{name}: mean {loss.mean:.2f}, sd {loss.sd:.2f}")
    _dressed(axes, "Loss given default of a loan of 3.5 million on rights of 10 million", "loss")
    axes.set_ylabel("chance of this loss or less")
    axes.legend(loc="upper left", fontsize=8)
    figure.savefig(path)


def draw_sba(folder: Path, path: Path) -> None:
    """Draw real losses beside the fitted law, and the level that no forecast followed."""
    source = folder / FILE
    losses = losses_of(sba_frame(source), sba_ask(source, "1970-01-01"))
    fit = fit_sba(folder, "1970-01-01")
    law = FittedLgd.of(fit).law()
    figure = Figure(_SIZE, _DPI, layout="constrained")
    left, right = figure.subplots(1, 2)
    left.hist(losses.lgd, bins=25, density=True, color="0.8", label="charge-offs")
    steps = np.linspace(0.0, 1.0, 26)
    chance = np.diff([law.cdf(float(one)) for one in steps])
    chance[0] += law.zero
    left.stairs(chance * 25, steps, color="C3", label="beta with atoms at 0 and 1")
    _dressed(left, f"{len(losses.lgd)} losses, mean {law.mean:.3f}", "loss over disbursement")
    left.legend(loc="upper left", fontsize=8)
    _levels(right, losses.approved.astype("datetime64[Y]").astype(int) + 1970, losses.lgd)
    mean = [row for row in fit.metrics["out_of_time"] if row["candidate"] == "mean"]
    splits = [int(row["split"][:4]) for row in mean]
    forecast = [_forecast(losses.lgd, losses.known, row["split"]) for row in mean]
    right.plot(splits, forecast, "C3s", ms=4, label="mean known at each split")
    _dressed(right, "The level moves", "year of approval")
    right.set_ylim(0.3, 0.8)
    right.legend(loc="upper left", fontsize=8)
    figure.savefig(path)


def draw_all(plots: Path, shared: Path) -> None:
    """Draw every picture of the page into `plots`."""
    draw_wrong_way(plots / "recovery_wrong_way.png")
    draw_loan_loss(plots / "recovery_loan_loss.png")
    draw_sba(shared, plots / "recovery_sba.png")


def _levels(axes: Axes, year: np.ndarray, lgd: np.ndarray) -> None:
    """Draw the mean loss of each year of approval with two standard errors."""
    years = [one for one in np.unique(year) if (year == one).sum() >= _LEAST_ROWS]
    means = [float(lgd[year == one].mean()) for one in years]
    errors = [2 * float(lgd[year == one].std() / (year == one).sum() ** 0.5) for one in years]
    axes.errorbar(years, means, errors, fmt="ko", ms=3, lw=0.8, label="mean loss, two errors")


def _forecast(lgd: np.ndarray, known: np.ndarray, split: str) -> float:
    return float(lgd[known <= np.datetime64(split)].mean())


def _dressed(axes: Axes, title: str, below: str) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(below)
    axes.grid(visible=True, alpha=0.3)
