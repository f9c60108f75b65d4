"""The seasoning shapes that are shipped: counted, fitted, and flat."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log
from statistics import NormalDist
from types import MappingProxyType
from typing import Any

from kernel.errors import invalid
from models.borrower.term import FLAT, Term


def lognormal(mu: float, sigma: float, window: int) -> list[float]:
    """Cumulative share Phi((ln m - mu) / sigma) of events by month m = 0 ... window.

    >>> round(lognormal(0.0, 1.0, 1)[1], 9)
    0.5
    """
    law = NormalDist(mu, sigma)
    return [0.0, *(law.cdf(log(month)) for month in range(1, window + 1))]


def loglogistic(median: float, beta: float, window: int) -> list[float]:
    """Cumulative share 1 / (1 + (m / median)^-beta) of events by month m = 0 ... window.

    >>> loglogistic(2.0, 3.0, 2)[2]
    0.5
    """
    return [0.0, *(1.0 / (1.0 + (month / median) ** -beta) for month in range(1, window + 1))]


@cache
def load_terms() -> Mapping[str, Term]:
    """Return the shipped shapes by name: `flat` and the rows of `term.toml`."""
    rows = tomllib.loads(_text("term.toml"))
    terms = {"flat": FLAT, **{name: _term(name, row) for name, row in rows.items()}}
    return MappingProxyType(terms)


def term_named(name: str, lag_months: float | None = None) -> Term:
    """Return a shipped shape, with its own lag or another (a lag is unverified: K).

    Raises:
        Invalid: there is no shape of that name.
    """
    terms = load_terms()
    if name not in terms:
        raise invalid("term", f"{name!r} is no shape", f"use one of {', '.join(terms)}")
    if lag_months is None or name == "flat":
        return terms[name]
    return _term(name, tomllib.loads(_text("term.toml"))[name] | {"lag_months": lag_months})


def _term(name: str, row: Mapping[str, Any]) -> Term:
    """Build the shape of one row."""
    if row["law"] == "counted":
        lines = (line for line in _text(row["file"]).splitlines() if not line.startswith("#"))
        counted = [float(month["share"]) for month in csv.DictReader(lines)]
    elif row["law"] == "lognormal":
        counted = lognormal(row["mu"], row["sigma"], row["window"])
    else:
        assert row["law"] == "loglogistic", f"{row['law']} is no law of a shape"
        counted = loglogistic(row["median"], row["beta"], row["window"])
    lag, source, grade = row["lag_months"], row["source"], row["grade"]
    return Term.of_events(name, counted, lag_months=lag, source=source, grade=grade)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
