"""Synthetic loans on pledged rights: when they default and what is lost then.

The default hazard of a loan is base e^(sum of log ratios), times the macro factor of the calendar
year, times `dead` once the pledged right is wholly invalid: the event that kills the right raises
the chance of default, and the loss given default with it (a joint law).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator

from models.market.firms import Firms
from models.market.law import MONTH, YEAR, BoolArray, FloatArray, IntArray, Law, day, stream
from models.market.rights import Rights

_YOUNG = 3.0
_SQUEEZED_DEBT, _SQUEEZED_CURRENT = 0.70, 1.20
_ROUNDS = 400


@dataclass(frozen=True)
class Loans:
    """All loans; every array `[n]`.

    Attributes:
        firm: number of the firm.
        right: number of the pledged right among all drawn.
        approved: day number.
        term: months.
        amount: CNY.
        ip_share: part that IP secures, per 1.
        other_security: whether there is other security.
        rate: interest per year.
        log_hazard: before macro and wrong-way factor.
        death: day on which the pledged right is wholly invalidated; infinity if it is not.
        defaulted: day of default; infinity if there is none within the term.
        lgd: loss given default, per 1; nought where there is none.
        pd: chance of default within the term, given `death`.
        pd_right_alive: the same without a death.
    """

    firm: IntArray
    right: IntArray
    approved: IntArray
    term: IntArray
    amount: FloatArray
    ip_share: FloatArray
    other_security: BoolArray
    rate: FloatArray
    log_hazard: FloatArray
    death: FloatArray
    defaulted: FloatArray
    lgd: FloatArray
    pd: FloatArray
    pd_right_alive: FloatArray

    @cached_property
    def right_dead(self) -> BoolArray:
        """Whether the pledged right was wholly invalid at default."""
        return np.isfinite(self.defaulted) & (self.death <= self.defaulted)


def draw_loans(seed: int, law: Law, firms: Firms, rights: Rights, n: int) -> Loans:
    """Draw `n` loans, each on a right in force at approval whose term outlives the loan."""
    rng, rule = stream(seed, "loans"), law["loans"]
    approved = rng.integers(day(rule["approved_from"]), day(rule["approved_to"]) + 1, n)
    edges = np.cumsum(rule["term_share"])[:-1]
    term = np.asarray(rule["term_months"])[np.searchsorted(edges, rng.random(n), side="right")]
    firm = rng.integers(0, len(firms.age), n)
    right = _pledge(rng, rights, approved, term * MONTH)
    size = np.log(firms.employees[firm] / 50.0)
    middle = rule["amount_log_mean"] + rule["amount_per_log_employees"] * size
    amount = np.exp(middle + rule["amount_log_sd"] * rng.standard_normal(n))
    ip_share = np.round(rng.beta(rule["ip_share_a"], rule["ip_share_b"], n), 3)
    other = rng.random(n) < rule["other_security"]
    log_hazard = _log_hazard(law, firms, firm, ip_share, other)
    above = log_hazard - log_hazard.mean()
    rate = rule["rate_base"] + rule["rate_slope"] * above + rule["rate_sd"] * rng.standard_normal(n)
    death = rights.granted[right] + rights.death[right] * YEAR
    death[rights.death[right] > rights.end[right]] = np.inf
    run = _run(
        stream(seed, "defaults"), rule, approved, term * MONTH, log_hazard=log_hazard,
        death=death, ip_share=ip_share, other=other,
    )  # fmt: skip
    return Loans(
        firm, right, approved, term, np.round(amount, -3), ip_share, other,
        np.round(np.maximum(rate, 0.01), 4), log_hazard, death, **run,
    )  # fmt: skip


def _pledge(rng: Generator, rights: Rights, approved: IntArray, length: FloatArray) -> IntArray:
    """Choose a right for each loan, by trial: in force at approval, its term beyond the loan's."""
    chosen = np.zeros(len(approved), np.int64)
    open_ = np.arange(len(approved))
    for _ in range(_ROUNDS):
        trial = rng.integers(0, len(rights.kind), len(open_))
        age = (approved[open_] - rights.granted[trial]) / YEAR
        fits = (age > 0.0) & (age < rights.end[trial])
        fits &= age + length[open_] / YEAR < rights.term[trial]
        chosen[open_[fits]] = trial[fits]
        open_ = open_[~fits]
        if not len(open_):
            return chosen
    raise AssertionError(f"{len(open_)} loans found no right to pledge")


def _log_hazard(
    law: Law, firms: Firms, firm: IntArray, ip_share: FloatArray, other: BoolArray
) -> FloatArray:
    rule, ratios = law["loans"]["default"], law["loans"]["default"]["log_ratio"]
    size, stated = law["firms"]["employees"], law["firms"]["ratios"]
    total = np.full(len(firm), np.log(rule["base"]))
    for name, of in stated.items():
        total += ratios.get(name, 0.0) * (firms.ratios[name][firm] - of["mean"]) / of["sd"]
    scale = (np.log(firms.employees[firm]) - size["log_mean"]) / size["log_sd"]
    total += ratios["log_employees"] * scale
    total += ratios["young"] * (firms.age[firm] < _YOUNG)
    squeezed = firms.ratios["debt_ratio"][firm] > _SQUEEZED_DEBT
    squeezed &= firms.ratios["current_ratio"][firm] < _SQUEEZED_CURRENT
    total += ratios["squeezed"] * squeezed
    for sector in sorted(set(law["firms"]["sector"]) & set(ratios)):
        total += ratios[sector] * (firms.sector[firm] == sector)
    total += ratios["other_security"] * other + ratios["ip_share"] * (ip_share - 0.5)
    return total


def macro_clock(law: Law) -> tuple[FloatArray, FloatArray]:
    """Return days and macro time: the macro factor summed over time in years, from the first day.

    Between two of the days macro time runs evenly.
    """
    factors = law["loans"]["macro"]
    days = np.array([day(f"{year}-01-01") for year in [*factors, int(max(factors)) + 1]], float)
    return days, np.concatenate([[0.0], np.cumsum(np.diff(days) / YEAR * list(factors.values()))])


def _run(
    rng: Generator, rule: Law, approved: IntArray, length: FloatArray, *, log_hazard: FloatArray,
    death: FloatArray, ip_share: FloatArray, other: BoolArray,
) -> dict[str, FloatArray]:  # fmt: skip
    """Draw days of default by inverting the cumulative hazard, and the loss at each."""
    days, clock = macro_clock({"loans": rule})
    start, ends = approved.astype(float), approved + length
    hazard, dead = np.exp(log_hazard), rule["default"]["dead"]
    m_start, m_end = np.interp(start, days, clock), np.interp(ends, days, clock)
    m_death = np.interp(np.clip(death, start, ends), days, clock)
    effort = rng.standard_exponential(len(start)) / hazard  # in macro time
    before = m_death - m_start
    m_default = np.where(effort < before, m_start + effort, m_death + (effort - before) / dead)
    defaulted = np.where(m_default <= m_end, np.interp(m_default, clock, days), np.inf)
    lgd_rule, n = rule["lgd"], len(start)
    push = lgd_rule["intercept"] + lgd_rule["ip_share"] * (ip_share - 0.5)
    push += lgd_rule["other_security"] * other + lgd_rule["dead"] * (death <= defaulted)
    mean = 1.0 / (1.0 + np.exp(-push))
    lgd = rng.beta(lgd_rule["weight"] * mean, lgd_rule["weight"] * (1.0 - mean), n)
    lived = before + dead * (m_end - m_death)
    return {
        "defaulted": defaulted, "lgd": np.where(np.isfinite(defaulted), lgd, 0.0),
        "pd": -np.expm1(-hazard * lived), "pd_right_alive": -np.expm1(-hazard * (m_end - m_start)),
    }  # fmt: skip
