"""From a list of claims to a frozen severity."""

from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import polars as pl

from models.fit_file import FitFile, write_fit
from models.severity.fitted import FORM
from models.severity.laws import Law
from models.training.progress import Tell, quiet
from models.training.severity.asked import AskedSeverity, losses_of, pairs_of
from models.training.severity.choice import all_laws, best, row_of, with_cost
from models.training.severity.likelihood import Fitted

_STEPS = 4


def fit_severity(
    frame: pl.DataFrame, asked: AskedSeverity, out: Path | None = None, tell: Tell = quiet
) -> FitFile:
    """Fit loss and, where asked, cost and their dependence; freeze below `out` if given.

    Lognormal, Lomax and lognormal body with Pareto tail stand for choice by AIC (a chosen
    threshold counts as a parameter); gamma and Weibull are fitted beside them for comparison.

    Raises:
        Invalid: a column is missing or holds what cannot be.
    """
    tell("reading", 0, _STEPS)
    losses = losses_of(frame, asked)
    pairs = pairs_of(frame, asked, losses)
    tell("fitting the loss", 1, _STEPS)
    served = best(fits := all_laws(losses))
    parameters = {"currency": asked.currency, "loss": served.law.json()}
    metrics = {"loss": [row_of(fit) for fit in fits], "count": losses.count}
    metrics["censored"] = int(losses.censored.sum())
    if pairs is not None:
        tell("fitting cost and dependence", 2, _STEPS)
        more, measured = with_cost(pairs)
        parameters, metrics = parameters | more, metrics | measured
    fit = FitFile.named(
        asked.name, FORM, made_on=asked.made_on, tape=asked.tape, features=(),
        parameters=parameters, metrics=metrics, notes=_notes(served.law, fits),
    )  # fmt: skip
    if out is not None:
        tell("writing", 3, _STEPS)
        write_fit(out, fit, card(fit))
    tell("done", _STEPS, _STEPS)
    return fit


def _notes(law: Law, fits: Sequence[Fitted]) -> tuple[str, ...]:
    notes = []
    if not isinstance(fits[0].law, Law):
        notes.append(f"A {fits[0].family} fits better by AIC, and is a comparator only.")
    if not isfinite(law.mean()):
        notes.append("The mean of the loss is infinite: price it under a limit only.")
    elif not isfinite(law.second_moment()):
        notes.append("The variance of the loss is infinite: averages of it settle slowly.")
    return tuple(notes)


def card(fit: FitFile) -> str:
    """Write the card of a severity: what serves, what stood beside it, what to beware of."""
    lines = [
        f"# {fit.fit_id}",
        "",
        f"Made on {fit.made_on}, currency {fit.parameters['currency']}.",
    ]
    lines.append(f"{fit.metrics['count']:.0f} losses, {fit.metrics['censored']} at their limit.")
    lines += ["", *(f"- {note}" for note in fit.notes)]
    for part in ("loss", "cost", "copula"):
        if part in fit.metrics:
            lines += ["", f"## {part}", "", f"Serves: `{fit.parameters[part]}`", ""]
            lines += ["| family | AIC | BIC | parameters (standard error) |", "|---|---|---|---|"]
            lines += [_line(row) for row in fit.metrics[part]]
    return "\n".join(lines) + "\n"


def _line(row: Mapping[str, Any]) -> str:
    words = ", ".join(
        f"{name} {value:.4g} ({row['errors'][name]:.2g})"
        if row["errors"][name] is not None
        else f"{name} {value:.4g}"
        for name, value in row["values"].items()
    )
    return f"| {row['family']} | {row['aic']:.1f} | {row['bic']:.1f} | {words} |"
