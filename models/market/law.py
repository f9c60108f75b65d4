"""The true parameters of the known-truth market, and the streams of chance that use them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

YEAR = 365.25
"""Days in a year, everywhere in the market."""

MONTH = YEAR / 12.0

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.str_]
Law = Mapping[str, Any]

_STREAMS = ("rights", "histories", "firms", "loans", "defaults", "disputes", "values", "sales")


def load_law() -> Law:
    """Return the law shipped with the house, as `law.toml` states it."""
    return _shipped()


def stream(seed: int, name: str) -> Generator:
    """Return the chance of one part of the market: PCG64 of the seed and the part.

    A part that draws more or less leaves all others as they are.
    """
    return Generator(PCG64(SeedSequence(seed, spawn_key=(_STREAMS.index(name),))))


def day(text: str) -> int:
    """Return the number of an ISO date, counted from 1970-01-01."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def choose(rng: Generator, shares: Mapping[str, float], n: int) -> TextArray:
    """Draw `n` of the names, each with its share; the shares sum to 1."""
    names, edges = list(shares), np.cumsum(list(shares.values()))
    assert abs(edges[-1] - 1.0) < 1e-9, f"shares of {names} sum to {edges[-1]}"  # noqa: PLR2004 - rounding
    return np.array(names)[np.searchsorted(edges[:-1], rng.random(n), side="right")]


def by_name(values: Mapping[str, float], names: TextArray) -> FloatArray:
    """Return the value of each name, nought for a name without one, `[n]`."""
    found = np.zeros(names.shape)
    for name, value in values.items():
        found[names == name] = value
    return found


def crossing(bands: list[float], rates: list[float], effort: FloatArray) -> FloatArray:
    """Return the age at which a banded rate, summed from 0, has come to `effort`.

    The inverse of the cumulative hazard H(t) = sum of rate x time in band; the last rate goes on.
    With effort = -ln U / multiplier it is the age of an event.

    >>> crossing([0.0, 2.0], [0.5, 0.1], np.array([0.5, 1.2]))
    array([1., 4.])
    """
    lengths = np.diff(bands)
    heights = np.concatenate([[0.0], np.cumsum(lengths * rates[:-1])])
    at = np.searchsorted(heights, effort, side="right") - 1
    ages: FloatArray = np.asarray(bands)[at] + (effort - heights[at]) / np.asarray(rates)[at]
    return ages


@cache
def _shipped() -> dict[str, Any]:
    text = files(__package__).joinpath("law.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
