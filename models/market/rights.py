"""Synthetic rights and what befalls them: quiet, asserted, challenged, decided; lapse and expiry.

Ages are years since grant. A right has four clocks: lapse and assertion with rates by age band and
log ratios of its features, a first challenge that runs faster once it is asserted, and the end of
its term. A challenge is decided after an exponential time; whole invalidity ends the right.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from models.market.law import (
    YEAR,
    BoolArray,
    FloatArray,
    IntArray,
    Law,
    TextArray,
    by_name,
    choose,
    crossing,
    day,
    stream,
)

UNDECIDED = "pending"


@dataclass(frozen=True)
class Rights:
    """All rights that were drawn, seen or not; every array `[n]`.

    Attributes:
        kind: of right.
        technology: field.
        owner: kind of owner.
        claims: at least 1.
        citations: 0 or more.
        family: at least 1.
        filed: day number.
        granted: day number.
        term: age since grant at which its term ends, years.
        lapse: age at which it would lapse, years.
        asserted: age at the first assertion it would meet.
        challenged: age at the first challenge it would meet.
        decided: age at the decision of that challenge.
        outcome: whole, part or upheld, were it decided.
    """

    kind: TextArray
    technology: TextArray
    owner: TextArray
    claims: IntArray
    citations: IntArray
    family: IntArray
    filed: IntArray
    granted: IntArray
    term: FloatArray
    lapse: FloatArray
    asserted: FloatArray
    challenged: FloatArray
    decided: FloatArray
    outcome: TextArray

    @property
    def death(self) -> FloatArray:
        """Age at which it is wholly invalidated, if nothing ends it before; else infinity."""
        return np.where(self.outcome == "whole", self.decided, np.inf)

    @property
    def end(self) -> FloatArray:
        """Age at which it is no more."""
        return np.minimum(np.minimum(self.lapse, self.term), self.death)

    def pick(self, chosen: BoolArray) -> "Rights":
        """Return some of them."""
        return Rights(**{name: values[chosen] for name, values in vars(self).items()})


def draw_rights(seed: int, law: Law, n: int) -> Rights:
    """Draw `n` rights with their whole lives; those that ended before the study are among them."""
    rng, rule = stream(seed, "rights"), law["rights"]
    kind = choose(rng, rule["kinds"], n)
    first, last = day(rule["granted_from"]), day(rule["granted_to"])
    granted = rng.integers(first, last + 1, n)
    pendency = by_name(rule["pendency"]["median_years"], kind) * np.exp(
        rule["pendency"]["sigma"] * rng.standard_normal(n)
    )
    term = by_name(rule["term_years"], kind)
    filed = granted - np.rint(np.minimum(pendency, 0.5 * term) * YEAR).astype(np.int64)
    features = rule["features"]
    claims = _whole(rng, features["claims_log_mean"], features["claims_log_sd"], n)
    citations = _whole(rng, features["citations_log_mean"], features["citations_log_sd"], n) - 1
    bare = {
        "kind": kind, "technology": choose(rng, rule["technology"], n),
        "owner": choose(rng, rule["owner_kind"], n), "claims": claims, "citations": citations,
        "family": rng.geometric(features["family_chance"], n), "filed": filed, "granted": granted,
        "term": term - (granted - filed) / YEAR,
    }  # fmt: skip
    return _live(stream(seed, "histories"), law, bare)


def log_ratio(law: Law, clock: str, rights: Rights) -> FloatArray:
    """Sum of log ratios on the rate of a clock, `lapse` or `assert`, `[n]`."""
    return _log_ratio(law["rights"][clock]["log_ratio"], vars(rights))


def _log_ratio(ratios: dict[str, float], of: dict[str, np.ndarray]) -> FloatArray:
    total = by_name(ratios, of["owner"]) + by_name(ratios, of["technology"])
    total += ratios.get("claims_doubling", 0.0) * np.log2(of["claims"] / 8.0)
    total += ratios.get("citations_doubling", 0.0) * np.log2((of["citations"] + 1.0) / 2.0)
    total += ratios.get("family_doubling", 0.0) * np.log2(of["family"])
    return total


def _live(rng: Generator, law: Law, bare: dict[str, np.ndarray]) -> Rights:
    """Let the clocks run."""
    rule, kind = law["rights"], bare["kind"]
    n = len(kind)
    lapse, asserted = (_age(rng, rule[clock], bare) for clock in ("lapse", "assert"))
    challenge = rule["challenge"]
    quiet = rng.standard_exponential(n) / challenge["background"]
    pressed = asserted + rng.standard_exponential(n) / challenge["after_assert"]
    challenged = np.where(quiet < asserted, quiet, pressed)
    decided = challenged + rng.standard_exponential(n) * rule["outcome"]["pendency_years"]
    whole, part = (by_name(rule["outcome"][name], kind) for name in ("whole", "part"))
    chance = rng.random(n)
    outcome = np.where(chance < whole, "whole", np.where(chance < whole + part, "part", "upheld"))
    return Rights(
        **bare, lapse=lapse, asserted=asserted, challenged=challenged, decided=decided,
        outcome=outcome,
    )  # fmt: skip


def _age(rng: Generator, clock: Law, bare: dict[str, np.ndarray]) -> FloatArray:
    effort = rng.standard_exponential(len(bare["kind"]))
    effort /= np.exp(_log_ratio(clock["log_ratio"], bare))
    ages = np.empty_like(effort)
    for kind, rates in clock["rates"].items():
        of_kind = bare["kind"] == kind
        ages[of_kind] = crossing(clock["bands"], rates, effort[of_kind])
    return ages


def _whole(rng: Generator, mean: float, sd: float, n: int) -> IntArray:
    """Exponential of a normal, cut to a whole number of at least 1."""
    values: IntArray = np.maximum(1, np.exp(mean + sd * rng.standard_normal(n))).astype(np.int64)
    return values
