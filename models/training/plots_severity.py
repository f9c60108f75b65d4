"""The pictures of `docs/methods/severity.md`, drawn from the published laws and from draws."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from PIL import Image

from models.severity import (
    Gumbel,
    Law,
    Lognormal,
    LossAndCost,
    Pareto,
    SeverityTable,
    Spliced,
    Terms,
    award_with_tail,
    increased_limit_factor,
    load_severities,
    severity_for,
)
from models.severity.dependence import COPULAS
from models.training.plots import INK, LIGHT, WARN, figure, png, write_png
from models.training.severity.families import LOGNORMAL
from models.training.severity.likelihood import fit_law
from models.training.severity.losses import Losses
from models.training.severity.tail import choose_threshold, stability

_COLOURS = (INK, "#c9822b", "#3f7f5f", "#7a4a8c", "#666666")
_LIABILITY = "infringement_liability"
_BAND = 1.96


def _published(table: SeverityTable) -> Iterator[tuple[str, Law]]:
    """Awards by jurisdiction, each in its own currency."""
    for words, jurisdiction, component in (
        ("US award, USD", "US", "award"),
        ("US settlement, USD (judged)", "US", "settlement"),
        ("CN invention award, ordinary court, CNY", "CN", "award"),
    ):
        yield words, severity_for(_LIABILITY, jurisdiction, component, table, right="invention").law
    court = severity_for(_LIABILITY, "CN", "award_ip_court", table, right="invention")
    yield "CN invention award, IP court, with tail, CNY", award_with_tail(court, "CN", table).law


def plot_laws(table: SeverityTable) -> bytes:
    """Chance that an award is above an amount."""
    drawn, axes = figure("Published laws of awards", "amount, own currency", "P(loss > amount)")
    amounts = np.geomspace(1e4, 1e9, 200)
    for (words, law), colour in zip(_published(table), _COLOURS, strict=False):
        axes.plot(amounts, law.sf(amounts), color=colour, label=words)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(1e-5, 1.2)
    axes.legend(frameon=False, loc="lower left", fontsize=9)
    return png(drawn)


def plot_limits(table: SeverityTable) -> bytes:
    """Increased limit factors, limits in multiples of the base."""
    drawn, axes = figure("Increased limit factors", "limit over base", "LEV(limit) / LEV(base)")
    bases = (1e6, 1e6, 5e5, 5e5)
    times = np.geomspace(1, 200, 200)
    for (words, law), base, colour in zip(_published(table), bases, _COLOURS, strict=False):
        label = f"{words.rsplit(',', 1)[0]}, base {base:,.0f}"
        axes.plot(times, increased_limit_factor(law, times * base, base), color=colour, label=label)
    axes.plot(
        times, times, color="#bbbbbb", linestyle=":", label="limit / base: the most it can be"
    )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.legend(frameon=False, fontsize=9)
    return png(drawn)


def plot_dependence() -> bytes:
    """Expected payment with defence cost inside the limit, by tau and copula."""
    loss, cost = Lognormal(9.4, 1.7), Lognormal(8.5, 1.4)
    drawn, axes = figure(
        "Loss and defence cost together: layer 1,000,000 xs 200,000", "Kendall's tau",
        "expected payment over that at tau 0",
    )  # fmt: skip
    terms, taus = Terms(retention=2e5, limit=1e6), np.linspace(0.02, 0.8, 27)
    apart = LossAndCost(loss, cost, Gumbel(1.0)).expected_payment(terms, "inside")
    for (name, family), colour in zip(COPULAS.items(), _COLOURS, strict=False):
        ties = (family.of_tau(float(tau)) for tau in taus)
        paid = [LossAndCost(loss, cost, tie).expected_payment(terms, "inside") for tie in ties]
        axes.plot(taus, np.array(paid) / apart, color=colour, label=name)
    axes.axvline(0.3, color="#bbbbbb", linestyle=":")
    axes.annotate("default 0.3", (0.3, 1.0), xytext=(4, 4), textcoords="offset points", fontsize=9)
    axes.legend(frameon=False)
    return png(drawn)


def plot_threshold(seed: int = 12) -> bytes:
    """Shape of the tail by threshold, where the tail truly begins at 40,000."""
    law = Spliced(Lognormal(9.0, 0.6), Pareto(4e4, 1.3), 0.2)
    losses = Losses.of(law.draw(np.random.default_rng(seed), 4000))
    fits = stability(losses, np.geomspace(5e3, 2.5e5, 16).tolist())
    drawn, axes = figure(
        "Where the tail begins: 4,000 draws, tail from 40,000 with alpha 1.3",
        "threshold", "shape of the generalised Pareto above it",
    )  # fmt: skip
    at = np.array([fit.threshold for fit in fits])
    bands = np.array([fit.band for fit in fits])
    axes.vlines(at, bands[:, 0], bands[:, 1], color=LIGHT, linewidth=5, label="95 % band")
    axes.plot(at, [fit.fit.values["shape"] for fit in fits], "o", color=INK, label="fit")
    axes.axhline(1 / 1.3, color=WARN, linestyle="--", label="truth")
    axes.axvline(choose_threshold(fits).threshold, color="#3f7f5f", linestyle=":", label="chosen")
    axes.set_xscale("log")
    axes.legend(frameon=False, loc="lower left")
    return png(drawn)


def plot_truth() -> bytes:
    """Sigma found on ten seeds with limits and deductibles, and when they are forgotten."""
    drawn, axes = figure(
        "Lognormal through limits and deductibles, ten seeds", "seed", "sigma found"
    )
    for words, forget, colour, shift in (
        ("with censoring and truncation", False, INK, -0.12),
        ("taken as whole losses", True, WARN, 0.12),
    ):
        _draw_seeds(axes, words, forget=forget, colour=colour, shift=shift)
    axes.axhline(1.7, color="#888888", linestyle="--", label="truth")
    axes.set_xticks(range(10))
    axes.set_ylim(0.8, 2.0)
    axes.legend(frameon=False, loc="lower right")
    return png(drawn)


def _draw_seeds(axes: Axes, words: str, *, forget: bool, colour: str, shift: float) -> None:
    fits = [fit_law(LOGNORMAL, _through_policies(seed, forget=forget)) for seed in range(10)]
    sigma = [fit.values["sigma"] for fit in fits]
    error = [_BAND * fit.errors["sigma"] for fit in fits]
    places = np.arange(10) + shift
    axes.errorbar(places, sigma, yerr=error, fmt="o", color=colour, capsize=3, label=words)


def _through_policies(seed: int, *, forget: bool) -> Losses:
    """1,500 losses, of which those above their deductible are seen, up to their limit."""
    rng = np.random.default_rng(seed)
    loss = Lognormal(9.4, 1.7).draw(rng, 1500)
    deductible = rng.choice([0.0, 4000.0, 12_000.0], 1500)
    limit = rng.choice([5e4, 2e5, 1e6], 1500)
    seen = loss > deductible
    losses = Losses.under_limits(loss[seen], limit[seen], deductible=deductible[seen])
    return Losses.of(losses.amount) if forget else losses


def draw_severity(folder: Path) -> None:
    """Write every picture of the page into `folder`."""
    table = load_severities()
    for name, picture in (
        ("severity-laws", plot_laws(table)),
        ("severity-limits", plot_limits(table)),
        ("severity-dependence", plot_dependence()),
        ("severity-threshold", plot_threshold()),
        ("severity-truth", plot_truth()),
    ):
        write_png(folder / f"{name}.png", _small(picture))


def _small(picture: bytes) -> bytes:
    """Return the same picture in 64 colours."""
    paper = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(64).save(paper, "PNG", optimize=True)
    return paper.getvalue()
