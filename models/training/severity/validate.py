"""The rows of severity in the validation table: published fits found again on real losses."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from models.severity import increased_limit_factor, load_severities, severity_for
from models.severity.laws.normal import FloatArray
from models.tape import read_tape
from models.training.checked import Checked
from models.training.progress import Tell, quiet
from models.training.severity.bins import fit_bins
from models.training.severity.families import LOGNORMAL, LOMAX, generalised_pareto_from
from models.training.severity.likelihood import fit_law
from models.training.severity.losses import Losses
from models.training.severity.pairs import Pairs, fit_copula, fit_jointly

CLOSE = 0.03
"""How near a published figure must be found, per 1."""

_ROUNDED = 0.005
"""For figures that are printed with two or three digits and worked out from printed inputs."""


def validate_severity(folder: Path, tell: Tell = quiet) -> tuple[Checked, ...]:
    """Return the lines on severity, from the files of losses in `folder`.

    Raises:
        Invalid: a file is not there.
    """
    parts = (_liability, _fires, _injuries, _bins, _limits)
    rows: list[Checked] = []
    for place, part in enumerate(parts):
        tell(f"severity: {part.__name__.strip('_')}", place, len(parts))
        rows += part(folder)
    return tuple(rows)


def liability_pairs(folder: Path) -> Pairs:
    """1,500 US liability claims: loss, censored at its limit, and defence cost, USD."""
    frame = read_tape(folder / "lossalaefull.csv")
    censored = frame["Censored"].cast(pl.Boolean).to_numpy()
    loss = Losses.of(_floats(frame, "Loss"), censored=censored)
    return Pairs(loss, _floats(frame, "ALAE"))


def fire_losses(folder: Path) -> Losses:
    """2,167 Danish fire losses in millions of kroner of 1985."""
    return Losses.of(_floats(read_tape(folder / "danishmulti.csv"), "Total"))


def injury_losses(folder: Path) -> dict[str, Losses]:
    """1,340 US bodily-injury losses in thousands of dollars, with and without an attorney."""
    frame = read_tape(folder / "usautoBI.csv")
    named = {"attorney": 1.0, "none": 0.0}
    chosen = {name: frame.filter(pl.col("ATTORNEY") == flag) for name, flag in named.items()}
    return {name: Losses.of(_floats(part, "LOSS")) for name, part in chosen.items()}


def _floats(frame: pl.DataFrame, name: str) -> FloatArray:
    return np.asarray(frame[name].cast(pl.Float64).to_numpy(), float)


def _near(what: str, published: float, reached: float, within: float = CLOSE) -> Checked:
    passed = abs(reached / published - 1) <= within
    target = f"{published:g} within {within:.1%}"
    return Checked(what, target, f"{reached:.4g} ({reached / published - 1:+.1%})", passed)


def _liability(folder: Path) -> Iterator[Checked]:
    """Frees and Valdez 1998, and the lognormal forms of their fits."""
    pairs = liability_pairs(folder)
    loss = fit_law(LOGNORMAL, pairs.loss).values
    yield _near("lossalae: lognormal mu, with censoring", 9.39, loss["mu"])
    yield _near("lossalae: lognormal sigma, with censoring", 1.67, loss["sigma"])
    ranks = fit_copula("gumbel", pairs).values["theta"]
    yield _near("lossalae: Gumbel theta, from ranks", 1.46, ranks)
    both = fit_jointly("gumbel", pairs, LOGNORMAL, LOGNORMAL).values
    yield _near("lossalae: Gumbel theta, with lognormal margins at once", 1.46, both["theta"])
    pareto = fit_jointly("gumbel", pairs, LOMAX, LOMAX).values
    yield _near("lossalae: Gumbel theta, with Pareto margins at once", 1.453, pareto["theta"])
    yield _near("lossalae: alpha of the loss, at once", 1.122, 1 / pareto["loss_shape"])
    yield _near("lossalae: alpha of the cost, at once", 2.118, 1 / pareto["cost_shape"])
    yield _near("lossalae: Kendall's tau", 0.3, pairs.kendall(), 0.1)


def _fires(folder: Path) -> Iterator[Checked]:
    """McNeil 1997."""
    losses = fire_losses(folder)
    for threshold, shape, scale in ((10.0, 0.497, 6.98), (20.0, 0.684, 9.63)):
        fit = fit_law(generalised_pareto_from(threshold), losses.above(threshold)).values
        yield _near(f"Danish fires above {threshold:g} m: shape", shape, fit["shape"])
        yield _near(f"Danish fires above {threshold:g} m: scale", scale, fit["scale"])


def _injuries(folder: Path) -> Iterator[Checked]:
    """Frees 2010: medians by attorney; two laws against one."""
    parts = injury_losses(folder)
    for name, median in (("attorney", 3.417), ("none", 0.986)):
        reached = float(np.median(parts[name].amount))
        yield _near(f"US injuries: median, {name}", median, reached, _ROUNDED)
    whole = Losses.of(np.concatenate([part.amount for part in parts.values()]))
    apart = sum(fit_law(LOGNORMAL, part).aic for part in parts.values())
    gain = fit_law(LOGNORMAL, whole).aic - apart
    what = "US injuries: two lognormals by attorney against one"
    yield Checked(what, "smaller AIC", f"smaller by {gain:.0f}", gain > 0)


def _bins(_folder: Path) -> Iterator[Checked]:
    """Published counts of Chinese awards, in CNY."""
    marks = fit_bins([178, 289, 382, 94, 56, 50], [5e3, 1e4, 5e4, 1e5, 2e5]).values
    yield _near("China trademark awards: sigma from bins", 1.38, marks["sigma"], _ROUNDED)
    yield _near(
        "China trademark awards: median from bins", 15200, float(np.exp(marks["mu"])), _ROUNDED
    )
    court = fit_bins([5, 7, 18, 9, 7, 6, 2], [5e4, 1e5, 3e5, 5e5, 1e6, 3e6]).values
    yield _near("Beijing IP Court 2015: sigma from bins", 1.28, court["sigma"], _ROUNDED)
    yield _near(
        "Beijing IP Court 2015: median from bins", 260e3, float(np.exp(court["mu"])), _ROUNDED
    )


def _limits(_folder: Path) -> Iterator[Checked]:
    """Increased limits that were worked out from the published laws."""
    table = load_severities()
    published = {
        ("US", 1e6): {5e6: 3.4, 10e6: 5.4, 25e6: 9.2, 100e6: 17.6},
        ("CN", 5e5): {1e6: 1.20, 5e6: 1.41},
    }
    for (jurisdiction, base), factors in published.items():
        stated = severity_for(
            "infringement_liability", jurisdiction, "award", table, right="invention"
        )
        for limit, factor in factors.items():
            reached = float(increased_limit_factor(stated.law, limit, base))
            what = f"{jurisdiction} awards: ILF of {limit:,.0f} to {base:,.0f}"
            yield _near(what, factor, reached, _ROUNDED)
