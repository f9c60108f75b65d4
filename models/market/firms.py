"""Synthetic firms: a hidden quality moves every ratio, and ratios are missing by a stated rule."""

from dataclasses import dataclass

import numpy as np

from models.market.law import BoolArray, FloatArray, IntArray, Law, TextArray, choose, stream


@dataclass(frozen=True)
class Firms:
    """All firms; every array `[n]`.

    Attributes:
        sector: of the firm.
        region: of the firm.
        employees: at least 3.
        age: years.
        ratios: name -> value, complete.
        gaps: name -> whether the value is not reported.
    """

    sector: TextArray
    region: TextArray
    employees: IntArray
    age: FloatArray
    ratios: dict[str, FloatArray]
    gaps: dict[str, BoolArray]


def draw_firms(seed: int, law: Law, n: int) -> Firms:
    """Draw `n` firms: ratio = mean + sd (sign r quality + sqrt(1 - r^2 sign^2) own), cut."""
    rng, rule = stream(seed, "firms"), law["firms"]
    sector, region = (choose(rng, rule[name], n) for name in ("sector", "region"))
    quality = rng.standard_normal(n)
    size = rule["employees"]
    employees = np.exp(size["log_mean"] + size["log_sd"] * rng.standard_normal(n))
    whole = np.maximum(3, employees).astype(np.int64)
    age = np.round(
        1.0 + rule["age_years"]["scale"] * rng.standard_gamma(rule["age_years"]["shape"], n), 2
    )
    ratios = {}
    for name, of in rule["ratios"].items():
        pull = rule["loading"] * of["sign"]
        score = pull * quality + np.sqrt(1.0 - pull**2) * rng.standard_normal(n)
        ratios[name] = np.round(np.clip(of["mean"] + of["sd"] * score, of["low"], of["high"]), 4)
    gone = rule["missing"]
    push = gone["rnd_share_intercept"] + gone["rnd_share_slope"] * np.log(whole)
    gaps = {
        "interest_cover": (ratios["debt_ratio"] < gone["interest_cover_below_debt"])
        | (rng.random(n) < gone["interest_cover_chance"]),
        "revenue_growth": age < gone["revenue_growth_below_age"],
        "rnd_share": rng.random(n) < 1.0 / (1.0 + np.exp(-push)),
    }
    return Firms(sector, region, whole, age, ratios, gaps)
