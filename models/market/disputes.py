"""Synthetic disputes: lognormal body, Pareto tail, defence cost that leans on the loss."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.random import Generator

from models.market.law import BoolArray, FloatArray, IntArray, Law, TextArray, by_name, choose, day
from models.market.law import stream as stream_of

_NORMAL = NormalDist()


@dataclass(frozen=True)
class Disputes:
    """All disputes from the ground up; every array `[n]`.

    Attributes:
        filed: day number.
        jurisdiction: CN or US.
        stage: settled or judged.
        loss: from the ground up.
        tail: whether it was drawn above the threshold.
        defence_cost: beside the loss.
        deductible: at or below it a loss is not reported.
        limit: infinity where there is none.
    """

    filed: IntArray
    jurisdiction: TextArray
    stage: TextArray
    loss: FloatArray
    tail: BoolArray
    defence_cost: FloatArray
    deductible: FloatArray
    limit: FloatArray

    @property
    def reported(self) -> BoolArray:
        """Whether the loss is above the deductible."""
        return self.loss > self.deductible


def draw_disputes(seed: int, law: Law, n: int) -> Disputes:
    """Draw `n` disputes.

    Loss and cost are quantiles of a Gumbel copula's two chances. The loss below 1 - weight is the
    body cut at the threshold, F(x) = (1 - w) Phi(z) / Phi(z at threshold); above it is Pareto,
    1 - F(x) = w (threshold / x)^alpha.
    """
    rng, rule = stream_of(seed, "disputes"), law["disputes"]
    filed = rng.integers(day(rule["filed_from"]), day(rule["filed_to"]) + 1, n)
    where = choose(rng, rule["jurisdiction"], n)
    settled = rng.random(n) < rule["settled"]
    u, v = gumbel(rng, 1.0 / (1.0 - rule["kendall_tau"]), n)
    shift = rule["settled_log"] * settled
    mean = by_name(rule["body"]["log_mean"], where) + shift
    sd: FloatArray = by_name(rule["body"]["log_sd"], where)
    threshold: FloatArray = by_name(rule["threshold"], where)
    weight = rule["tail_weight"]
    tail = u > 1.0 - weight
    room = _phi((np.log(threshold) - mean) / sd)
    body = np.exp(mean + sd * _phi_inverse(np.where(tail, 0.5, u / (1.0 - weight) * room)))
    above = threshold * (np.where(tail, 1.0 - u, weight) / weight) ** (-1.0 / rule["tail_alpha"])
    middle, spread = (by_name(rule["defence"][name], where) for name in ("log_mean", "log_sd"))
    cost: FloatArray = np.exp(middle + spread * _phi_inverse(v))
    deductible, limit = (
        _terms(rng, rule["terms"][name], where) for name in ("deductible", "limit")
    )
    loss = np.round(np.where(tail, above, body), 2)
    return Disputes(
        filed, where, np.where(settled, "settled", "judged"), loss, tail,
        np.round(cost, 2), deductible, limit,
    )  # fmt: skip


def gumbel(rng: Generator, theta: float, n: int) -> tuple[FloatArray, FloatArray]:
    """Draw two chances of a Gumbel copula, Kendall tau = 1 - 1 / theta.

    Marshall and Olkin: exp(-(E / S)^(1/theta)) with S positive stable of index 1 / theta
    (Chambers, Mallows and Stuck 1976) and two exponentials E.
    """
    index = 1.0 / theta
    angle = np.pi * rng.random(n)
    wait = rng.standard_exponential(n)
    shape = (np.sin((1.0 - index) * angle) / wait) ** ((1.0 - index) / index)
    stable = shape * np.sin(index * angle) / np.sin(angle) ** (1.0 / index)
    one, two = (np.exp(-((rng.standard_exponential(n) / stable) ** index)) for _ in range(2))
    return one, two


def _terms(rng: Generator, stated: dict[str, list[float]], where: TextArray) -> FloatArray:
    drawn, pick = np.zeros(len(where)), rng.random(len(where))
    for name, values in stated.items():
        there = where == name
        drawn[there] = np.asarray(values)[(pick[there] * len(values)).astype(np.int64)]
    return drawn


def _phi(z: FloatArray) -> FloatArray:
    return np.array([_NORMAL.cdf(value) for value in z])


def _phi_inverse(p: FloatArray) -> FloatArray:
    inside = np.clip(p, 1e-300, 1.0 - 1e-16)
    return np.array([_NORMAL.inv_cdf(value) for value in inside])
