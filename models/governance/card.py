"""The card of a fit, written from `fit.json` alone: the same fit gives the same text."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from models.features import Feature, Kind, Missing
from models.fit_file import FitFile
from models.governance.markdown import MOST_ITEMS, cell, figures, table

_FIRST = {
    "candidates": "Candidates and how they did out of time",
    "out_of_time": "Out of time",
    "deciles": "Calibration in deciles, with the 95 % Poisson band",
    "grades": "Master scale: what became of each grade",
    "scale": "Master scale: what became of each grade",
    "double_lift": "Double lift: where the challenger differs from the champion",
    "acceptance": "Held against the acceptance levels",
}
"""Figures that stand first where a fit has them, and their headings."""

_APART = ("reference",)
"""Kept for drift reports and too long for a card."""

_SIGNS = {1: "only up", -1: "only down", 0: "–"}


def write_card(fit: FitFile) -> str:
    """Write the Markdown card of a fit.

    Every number comes from the fit. `tape` is printed whole (`file`, `rows`, `events`,
    `period`, `sha256` and whatever else stands there; `command` under the heading of how to
    make it again). Of `metrics`, `candidates`, `deciles` and `grades` come first; all others
    follow by name, except `reference`, the histograms that drift is measured from.
    """
    words = form_words(fit.form)
    parts = [
        f"# {fit.fit_id}\n\n{words['title']}, form `{fit.form}`, made on {fit.made_on}.\n",
        f"## Purpose\n\n{words['purpose']}\n",
        figures({key: fit.tape[key] for key in fit.tape if key != "command"}, "Trained on"),
        _features(fit.features),
        *_metrics(fit.metrics),
        figures(fit.parameters, "What the score is computed from"),
        _limits(fit, words["limits"]),
        _listed("Notes and warnings", fit.notes or ("None.",)),
        _again(fit),
    ]
    return "\n".join(parts)


@cache
def _forms() -> Mapping[str, Any]:
    text = files(__package__).joinpath("forms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def form_words(form: str) -> Mapping[str, Any]:
    """Return title, purpose and limits of the longest known name that `form` starts with."""
    parts = form.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in _forms():
            words: Mapping[str, Any] = _forms()[name]
            return words
    unknown = "No purpose is stated for this form."
    return {"title": "A fit", "purpose": unknown, "limits": ["No limits are stated for this form."]}


def _features(features: tuple[Feature, ...]) -> str:
    columns = ("feature", "kind", "unit", "can be", "seen", "typical", "where missing", "risk goes")
    return f"## Features\n\n{table(columns, map(_feature, features))}"


def _feature(feature: Feature) -> tuple[Any, ...]:
    return (
        feature.name,
        feature.kind.value,
        feature.unit,
        _levels(feature) if feature.kind is Kind.CATEGORY else _range(feature.low, feature.high),
        _range(feature.seen_low, feature.seen_high),
        feature.typical,
        _missing(feature),
        _SIGNS[feature.monotone],
    )


def _range(low: float | None, high: float | None) -> str | None:
    if low is None and high is None:
        return None
    start = "any" if low is None else cell(float(low))
    return f"{start} to {'any' if high is None else cell(float(high))}"


def _levels(feature: Feature) -> str:
    some = ", ".join(feature.levels[:MOST_ITEMS])
    more = (
        f" and {len(feature.levels) - MOST_ITEMS} more" if len(feature.levels) > MOST_ITEMS else ""
    )
    return some + more + ("; others taken as other" if feature.other else "; no other")


def _missing(feature: Feature) -> str:
    if feature.missing is Missing.FILL:
        return f"taken as {cell(feature.fill)}"
    return {"refuse": "refused", "learned": "learned as missing"}[feature.missing.value]


def _metrics(metrics: Mapping[str, Any]) -> list[str]:
    """The known sections first, then all plain figures in one table, then the rest by name."""
    first = [figures(metrics[key], title) for key, title in _FIRST.items() if key in metrics]
    left = {key: metrics[key] for key in metrics if key not in _FIRST and key not in _APART}
    return [*first, figures(left, "Other figures")] if left else first


def _limits(fit: FitFile, stated: list[str]) -> str:
    limits = list(stated)
    if "period" in fit.tape:
        limits.append(f"It has seen nothing outside its period, {cell(fit.tape['period'])}.")
    if any(feature.seen_low is not None for feature in fit.features):
        beyond = "A number beyond what was seen in training is scored at the nearest value seen."
        limits.append(beyond)
    if any(feature.kind is Kind.CATEGORY and feature.other for feature in fit.features):
        limits.append("A level never seen in training is scored as one of the other levels.")
    if "deciles" not in fit.metrics and fit.form.startswith("borrower"):
        limits.append("No calibration in deciles was recorded: how true its level is, is unknown.")
    return _listed("What it does not know", limits)


def _listed(title: str, lines: tuple[str, ...] | list[str]) -> str:
    items = "\n".join(f"- {' '.join(line.split())}" for line in lines)
    return f"## {title}\n\n{items}\n"


def _again(fit: FitFile) -> str:
    """How to make the fit again and know that it is the same."""
    sha256, command = fit.tape.get("sha256"), fit.tape.get("command")
    start = f"Take the file of SHA-256 `{sha256}`" if sha256 else "Take the tape named above"
    how = f"and run `{cell(command)}`" if command else "and train the form named above on it"
    ends = fit.fit_id.rsplit("-", 1)[-1]
    return (
        f"## How to make it again\n\n{start} {how}; the id of the result ends in `{ends}` where "
        "form, features, parameters and trees are the same to the last digit.\n"
    )
