"""What synthetic rights are worth, what appraisers say, and what auctions fetch."""

from dataclasses import dataclass

import numpy as np

from models.market.law import BoolArray, FloatArray, IntArray, Law, TextArray, by_name, stream
from models.market.rights import Rights


@dataclass(frozen=True)
class Appraisals:
    """All appraisals, right by right, oldest first.

    Attributes:
        worth: true value of each right, CNY, `[n_rights]`.
        last: last appraisal of each right, `[n_rights]`.
        right: number of the right, `[n_appraisals]`.
        number: 1, 2 or 3.
        house: appraiser.
        value: CNY.
    """

    worth: FloatArray
    last: FloatArray
    right: IntArray
    number: IntArray
    house: TextArray
    value: FloatArray


@dataclass(frozen=True)
class Sales:
    """All auction lots; every array `[n]`.

    Attributes:
        right: number of the right.
        sold: whether it was sold.
        price: CNY; NaN if unsold.
        months: to the money; NaN if unsold.
    """

    right: IntArray
    sold: BoolArray
    price: FloatArray
    months: FloatArray


def draw_appraisals(seed: int, law: Law, rights: Rights) -> Appraisals:
    """Draw one to three appraisals a right: ln value = ln true value + bias of house + error."""
    rng, rule, n = stream(seed, "values"), law["values"], len(rights.kind)
    log_worth = rule["log_mean"] + rule["log_sd"] * rng.standard_normal(n)
    log_worth += rule["citations_doubling"] * np.log2((rights.citations + 1.0) / 2.0)
    log_worth += rule["family_doubling"] * np.log2(rights.family)
    edges = np.cumsum(rule["appraisals"])[:-1]
    times = 1 + np.searchsorted(edges, rng.random(n), side="right")
    right = np.repeat(np.arange(n), times)
    first = np.concatenate([[0], np.cumsum(times)[:-1]])
    number = np.arange(len(right)) - first[right] + 1
    names = np.array(list(rule["houses"]))
    house = names[rng.integers(0, len(names), len(right))]
    error = rule["appraisal_sd"] * rng.standard_normal(len(right))
    value = np.round(np.exp(log_worth[right] + by_name(rule["houses"], house) + error), -2)
    return Appraisals(
        np.round(np.exp(log_worth), 2), value[first + times - 1], right, number, house, value
    )


def draw_sales(seed: int, law: Law, rights: Rights, appraisals: Appraisals, n: int) -> Sales:
    """Draw `n` lots: sold by chance of the kind, price a lognormal part of the last appraisal."""
    rng, rule = stream(seed, "sales"), law["sales"]
    right = rng.integers(0, len(rights.kind), n)
    sold = rng.random(n) < by_name(rule["sold"], rights.kind[right])
    part = np.exp(rule["price_log_mean"] + rule["price_log_sd"] * rng.standard_normal(n))
    scale = rule["months_mean"] / rule["months_shape"]
    months = np.maximum(0.1, np.round(scale * rng.standard_gamma(rule["months_shape"], n), 1))
    price = np.round(appraisals.last[right] * part, 2)
    return Sales(right, sold, np.where(sold, price, np.nan), np.where(sold, months, np.nan))
