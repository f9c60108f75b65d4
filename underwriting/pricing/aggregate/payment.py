"""What is paid of one event, as a law: the terms of an event applied exactly, then the lattice."""

from dataclasses import dataclass
from math import ceil, isfinite
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate.distribution import Distribution
from underwriting.pricing.aggregate.terms import CoverTerms

_LEFT_OUT = 1e-6
"""Part of the mean that may lie beyond the lattice where nothing limits the cover."""

_WHOLE = 1e-9


class Severity(Protocol):
    """The loss of one event, as far as an aggregate asks: a `Law`, or a `Distribution`."""

    def mean(self) -> float:
        """E[X], minor units; may be infinite."""

    def lev(self, limit: ArrayLike) -> FloatArray:
        """E[min(X, limit)], shape as `limit`."""


@dataclass(frozen=True, slots=True)
class Payment:
    """The law of min(cap, (1 - copay) x (X - retention)+).

    Its limited values are those of the loss: E[min(Y, y)] = (1 - copay) x (E[min(X, retention +
    y / (1 - copay))] - E[min(X, retention)]) for y up to the cap, so retention and limit are
    exact and no lattice ever holds the loss itself.

    Attributes:
        severity: law of the loss X, minor units.
        terms: of the cover; only those of an event are applied here.
    """

    severity: Severity
    terms: CoverTerms

    def lev(self, limit: ArrayLike) -> FloatArray:
        """E[min(Y, limit)], shape as `limit`, which is finite."""
        return self._upto(np.minimum(np.asarray(limit, float), self.terms.cap))

    def mean(self) -> float:
        """E[Y]; infinite where nothing holds a mean that is."""
        return self.upto(self.terms.cap)

    def upto(self, most: float) -> float:
        """E[min((1 - copay) x (X - retention)+, most)], whatever the cap; `most` may be `inf`."""
        if isfinite(most):
            return float(self._upto(np.asarray(most)))
        start = float(self.severity.lev(self.terms.retention))
        return (1.0 - self.terms.copay) * (self.severity.mean() - start)

    def _upto(self, most: FloatArray) -> FloatArray:
        kept, start = 1.0 - self.terms.copay, self.terms.retention
        return kept * (self.severity.lev(start + most / kept) - self.severity.lev(start))

    def ceiling(self, year: float) -> float:
        """Return the most that a lattice of payments has to hold, given the most of a year.

        The cap, or what fills the year at once, or what is paid of the greatest loss of a
        lattice; where there is none of these, the amount above which a millionth of the mean
        lies.

        Raises:
            Invalid: there is neither, and the mean is infinite.
        """
        most = min(self.terms.cap, year)
        if isinstance(self.severity, Distribution):
            over = float(self.severity.points[-1]) - self.terms.retention
            most = min(most, (1.0 - self.terms.copay) * over) if over > 0 else most
        if isfinite(most):
            return most
        mean = self.mean()
        if not isfinite(mean):
            cure = "set a sublimit, a limit or an aggregate limit, or cap the law"
            raise invalid("terms.limit", "nothing holds a loss of infinite mean", cure)
        most = mean if mean > 0 else 1.0
        while mean - float(self.lev(most)) > _LEFT_OUT * mean:
            most *= 2.0
        return most

    def masses(self, step: float, most: float) -> FloatArray:
        """Match means on 0, step, ... up to `most`: probabilities, `[n]`, n >= 2.

        What is above `most` is put on it, as the year could not tell.
        """
        count = max(1, ceil(most / step - _WHOLE))
        levs = self.lev(np.minimum(step * np.arange(count + 1), most))
        above = np.clip(np.diff(levs) / step, 0.0, 1.0)
        return np.asarray(np.append(1.0, above) - np.append(above, 0.0))
