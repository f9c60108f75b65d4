"""When a borrower defaults: a survival law by month, from a grade or from a fit's PD."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, inf, log1p, sqrt
from statistics import NormalDist
from typing import Any, Self

import numpy as np

from kernel.errors import invalid
from models.borrower.odds import Floats
from models.borrower.scale import GRADES
from models.borrower.term import FLAT, MONTHS_PER_YEAR, Term
from models.priors import Prior, PriorTable
from models.priors.credibility import law_of
from models.priors.updated import UpdatedTable

LEVEL = 0.9
"""Chance that lies between the low and the high curve."""
_MIXED = 120
"""Months over which two curves are mixed."""


@dataclass(frozen=True, slots=True)
class DefaultCurve:
    """Survival of a borrower from today, by month.

    S(t) = exp(-H(t)); H is linear within a month and goes on with the last month's hazard.

    Attributes:
        cumulative: H at months 1, 2, ... n from today, never falling, above nought at n, `[n]`.
        correlation: asset correlation with the common factor, per 1, in [0, 1).
        priors: the published figures that it rests on.
        fit_id: the fit that gave the PD; empty where only published figures did.
        low: H of the better end of the 90 % interval, `[n]`; None where it is not known.
        high: H of the worse end, `[n]`; None where it is not known.
        share_prior: how much of it is still a published figure, 0 to 1.
        cohort: effective rows or own cases behind it; None where not stated.
    """

    cumulative: tuple[float, ...]
    correlation: float
    priors: tuple[Prior, ...]
    fit_id: str = ""
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None
    share_prior: float = 1.0
    cohort: float | None = None

    def __hash__(self) -> int:
        """By little of it: what is read off a curve is kept, and equal curves are few."""
        return hash((self.fit_id, self.cumulative[0], self.cumulative[-1], len(self.cumulative)))

    def __post_init__(self) -> None:
        assert self.cumulative[-1] > 0.0, "some hazard"
        assert 0.0 <= self.correlation < 1.0, f"correlation {self.correlation}"

    @classmethod
    def flat(cls, hazard: float, correlation: float, priors: tuple[Prior, ...] = ()) -> Self:
        """One hazard, defaults per year, above nought: S(t) = exp(-hazard t)."""
        assert 0.0 < hazard < inf, f"hazard {hazard}"
        return cls((hazard / MONTHS_PER_YEAR,), correlation, priors)

    @classmethod
    def of_grade(
        cls, grade: str, table: PriorTable, term: Term = FLAT, *, on_book: float = 0.0
    ) -> Self:
        """Take the published one-year PD of `grade`, or what own counts made of it.

        Args:
            grade: on the master scale.
            table: published figures, or those updated by own counts.
            term: when in a loan's life defaults come.
            on_book: months since the loan was paid out.

        Raises:
            Invalid: the grade is not on the master scale.
        """
        if grade not in GRADES:
            raise invalid("grade", f"{grade!r} is not a grade", f"use one of {', '.join(GRADES)}")
        default = table.find("default_1y", grade)
        correlation = table.find("asset_correlation", "ip_pledge_sme")
        own = table.posterior("default_1y", grade) if isinstance(table, UpdatedTable) else None
        curve = cls.of_pd(
            default.value,
            1.0,
            term,
            correlation=correlation.value,
            interval=_band(default),
            on_book=on_book,
        )
        return replace(
            curve,
            priors=(default, correlation),
            share_prior=own.share_prior if own else 1.0,
            cohort=own.counts.exposure if own else 0.0,
        )

    @classmethod
    def of_pd(
        cls,
        pd: float,
        horizon_years: float,
        term: Term = FLAT,
        *,
        correlation: float,
        priors: tuple[Prior, ...] = (),
        fit_id: str = "",
        interval: tuple[float, float] | None = None,
        on_book: float = 0.0,
        share_prior: float = 0.0,
        cohort: float | None = None,
    ) -> Self:
        """Spread the chance `pd` of default within `horizon_years` over the months.

        Args:
            pd: in (0, 1); met exactly at the horizon.
            horizon_years: above nought.
            term: when in a loan's life defaults come.
            correlation: asset correlation, per 1.
            priors: published figures that it rests on.
            fit_id: the fit that gave `pd`.
            interval: lowest and highest PD, around `pd`.
            on_book: months since the loan was paid out; the PD is from today all the same.
            share_prior: how much of `pd` is a published figure.
            cohort: effective rows behind it.

        Raises:
            Invalid: a figure is out of its range, or the interval does not hold the PD.
        """
        months = term.cumulative(pd, horizon_years * MONTHS_PER_YEAR, on_book=on_book)
        low, high = (None, None) if interval is None else _scaled(months, pd, interval)
        return cls(
            tuple(months.tolist()), correlation, priors, fit_id, low, high, share_prior, cohort
        )

    @property
    def hazard(self) -> float:
        """Hazard of the first year, defaults per year."""
        return _reached(self.cumulative, float(MONTHS_PER_YEAR))

    def survival(self, years: float) -> float:
        """S(t), the chance of no default within `years` from today, nought or more."""
        return exp(-_reached(self.cumulative, years * MONTHS_PER_YEAR))

    def default_between(self, start: float, end: float) -> float:
        """P(start < T <= end), years from today."""
        return self.survival(start) - self.survival(end)

    def monthly(self, months: int) -> Floats:
        """Chance of default in each month from today, `[months]`."""
        reached = [0.0, *(_reached(self.cumulative, float(m + 1)) for m in range(months))]
        return np.asarray(-np.diff(np.exp(-np.array(reached))))

    def stressed_default(self, years: float, quantile: float = 0.995) -> float:
        """Default probability within `years` in a bad state of the common factor.

        Vasicek: Phi((Phi^-1(PD) + sqrt(R) Phi^-1(q)) / sqrt(1 - R)), with R the correlation.

        >>> from models.priors import load_priors
        >>> curve = DefaultCurve.of_grade("BB", load_priors())
        >>> round(curve.stressed_default(1.0), 3)  # published check: 7.8 % at R 0.05
        0.078
        """
        law = NormalDist()
        default = 1.0 - self.survival(years)
        if not 0.0 < default < 1.0:
            return default
        shock = sqrt(self.correlation) * law.inv_cdf(quantile)
        return law.cdf((law.inv_cdf(default) + shock) / sqrt(1.0 - self.correlation))

    def interval(self, years: float) -> tuple[float, float] | None:
        """Lowest and highest chance of default within `years`; None where it is not known."""
        if self.low is None or self.high is None:
            return None
        low, high = (_reached(end, years * MONTHS_PER_YEAR) for end in (self.low, self.high))
        return 1.0 - exp(-low), 1.0 - exp(-high)

    def credible(self, prior: "DefaultCurve", cohort: float) -> "DefaultCurve":
        """Shrink this curve to the published one of its grade, by its cohort.

        S = Z S_own + (1 - Z) S_prior with Bühlmann's Z = cohort / (cohort + k), k the cases that
        the published figure stands for. PDs at every horizon mix alike; so do the intervals.

        Args:
            prior: a curve of `of_grade`.
            cohort: effective rows behind this curve, nought or more.
        """
        assert prior.priors, "a published figure to shrink to"
        if not 0.0 <= cohort < inf:
            raise invalid("cohort", f"{cohort} is no count", "give effective rows, 0 or more")
        z = cohort / (cohort + law_of(prior.priors[0]).weight)
        return replace(
            self,
            cumulative=_mixed(z, self.cumulative, prior.cumulative),
            low=self.low and prior.low and _mixed(z, self.low, prior.low),
            high=self.high and prior.high and _mixed(z, self.high, prior.high),
            priors=tuple(dict.fromkeys((*self.priors, *prior.priors))),
            share_prior=z * self.share_prior + (1.0 - z) * prior.share_prior,
            cohort=cohort,
        )

    def json(self) -> dict[str, Any]:
        """What a receipt states of it."""
        return {
            "fit_id": self.fit_id,
            "pd_1y": 1.0 - self.survival(1.0),
            "interval_1y": self.interval(1.0),
            "interval_level": LEVEL,
            "correlation": self.correlation,
            "share_prior": self.share_prior,
            "cohort": self.cohort,
            "priors": [prior.key for prior in self.priors],
            "cumulative_hazard_by_month": list(self.cumulative),
        }


def _reached(cumulative: tuple[float, ...], months: float) -> float:
    """H at `months`, linear within a month, beyond the last with the last month's hazard."""
    last = len(cumulative)
    if months >= last:
        before = cumulative[-2] if last > 1 else 0.0
        return cumulative[-1] + (months - last) * (cumulative[-1] - before)
    whole = int(months)
    begun = cumulative[whole - 1] if whole else 0.0
    return begun + (months - whole) * (cumulative[whole] - begun)


def _scaled(
    months: Floats, pd: float, interval: tuple[float, float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return H for the lowest and the highest PD: hazards keep their shape."""
    low, high = interval
    if not 0.0 <= low <= pd <= high < 1.0:
        cure = "give a low and a high PD around it, within 0 and 1"
        raise invalid("interval", f"{low:g} to {high:g} does not hold {pd:g}", cure)
    ends = (tuple((months * (log1p(-end) / log1p(-pd))).tolist()) for end in interval)
    better, worse = ends
    return better, worse


def _mixed(z: float, own: tuple[float, ...], prior: tuple[float, ...]) -> tuple[float, ...]:
    """H of Z S_own + (1 - Z) S_prior, by month, `_MIXED` at least: a mixture's hazard falls."""
    months = range(1, max(len(own), len(prior), _MIXED) + 1)
    ends = ([_reached(curve, float(month)) for month in months] for curve in (own, prior))
    one, two = (np.exp(-np.array(end)) for end in ends)
    return tuple((-np.log(z * one + (1.0 - z) * two)).tolist())


@lru_cache(maxsize=256)
def _band(prior: Prior) -> tuple[float, float]:
    """Return the central 90 % of a published figure's law."""
    law = law_of(prior)
    low, high = law.quantile((1.0 - LEVEL) / 2.0), law.quantile((1.0 + LEVEL) / 2.0)
    return min(low, prior.value), max(high, prior.value)
