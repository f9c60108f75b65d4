"""Calibration: from what a fit scores to a probability that is met, fitted on a later period.

Four forms, each a frozen value with `fit`, `apply` (`p[n] -> p[n]`, in (0, 1), ranking kept),
`json` and `of`: `Identity`, `Platt` (2 parameters), `BetaCalibration` (3; Kull, Silva Filho and
Flach 2017) and `Isotonic` (any increasing shape). Scores are probabilities; weights may be None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from kernel.errors import invalid
from models.borrower.isotonic import Isotonic
from models.borrower.odds import LEAST_SLOPE, Floats, expit, inside, logit
from models.borrower.rows import Rows, logistic, rows_of


@dataclass(frozen=True, slots=True)
class Identity:
    """The score is the probability."""

    def apply(self, p: Floats) -> Floats:
        """Return `p` held within 1e-9 of 0 and 1, `[n]`."""
        return inside(p)

    def json(self) -> dict[str, Any]:
        """Return the frozen form."""
        return {"form": "identity"}

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        _expect(json, "identity")
        return cls()


@dataclass(frozen=True, slots=True)
class Platt:
    """logit q = slope x logit p + intercept (Platt 1999, on probabilities).

    Attributes:
        slope: at least `LEAST_SLOPE`; below 1 the scores were too bold.
        intercept: shift of the log-odds.
    """

    slope: float
    intercept: float

    @classmethod
    def fit(cls, score: Floats, outcome: Floats, weights: Floats | None = None) -> Self:
        """Fit by weighted maximum likelihood on `score[n]`, `outcome[n]` in {0, 1}."""
        rows = rows_of(score, outcome, weights)
        return cls(*_sloped(logit(rows.score), rows))

    def apply(self, p: Floats) -> Floats:
        """Return calibrated probabilities `[n]` of scores `p[n]`."""
        return inside(expit(self.slope * logit(p) + self.intercept))

    def json(self) -> dict[str, Any]:
        """Return the frozen form."""
        return {"form": "platt", "slope": self.slope, "intercept": self.intercept}

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        _expect(json, "platt")
        return cls(float(json["slope"]), float(json["intercept"]))


@dataclass(frozen=True, slots=True)
class BetaCalibration:
    """logit q = a ln p - b ln(1 - p) + c, with a, b >= 0 (Kull et al. 2017, eq. 3).

    Attributes:
        a: weight of ln p.
        b: weight of -ln(1 - p); a + b is at least `LEAST_SLOPE`.
        c: shift; a = b = 1, c = 0 changes nothing.
    """

    a: float
    b: float
    c: float

    @classmethod
    def fit(cls, score: Floats, outcome: Floats, weights: Floats | None = None) -> Self:
        """Fit by weighted maximum likelihood; a wrong sign is set to nought and refitted."""
        rows = rows_of(score, outcome, weights)
        columns = _two_logs(rows.score)
        design = np.column_stack([columns, np.ones(len(columns))])
        a, b, c = logistic(design, rows, np.array([1.0, 1.0, 0.0])).tolist()
        if min(a, b) >= 0.0 and a + b >= LEAST_SLOPE:
            return cls(a, b, c)
        if a >= b:
            a, c = _sloped(columns[:, 0], rows)
            return cls(a, 0.0, c)
        b, c = _sloped(columns[:, 1], rows)
        return cls(0.0, b, c)

    def apply(self, p: Floats) -> Floats:
        """Return calibrated probabilities `[n]` of scores `p[n]`."""
        logs = _two_logs(inside(p))
        return inside(expit(logs @ np.array([self.a, self.b]) + self.c))

    def json(self) -> dict[str, Any]:
        """Return the frozen form."""
        return {"form": "beta", "a": self.a, "b": self.b, "c": self.c}

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """Read what `json` wrote."""
        _expect(json, "beta")
        return cls(float(json["a"]), float(json["b"]), float(json["c"]))


__all__ = ["BetaCalibration", "Calibration", "Identity", "Isotonic", "Platt", "calibration_of"]

Calibration = Identity | Platt | BetaCalibration | Isotonic

_FORMS: dict[str, type[Calibration]] = {
    "identity": Identity,
    "platt": Platt,
    "beta": BetaCalibration,
    "isotonic": Isotonic,
}


def calibration_of(json: Mapping[str, Any]) -> Calibration:
    """Read any of the four forms.

    >>> calibration_of({"form": "platt", "slope": 1.0, "intercept": 0.5})
    Platt(slope=1.0, intercept=0.5)
    """
    form = json.get("form")
    if form not in _FORMS:
        raise invalid("calibration.form", f"{form!r} is unknown", f"use one of {', '.join(_FORMS)}")
    return _FORMS[form].of(json)


def _sloped(column: Floats, rows: Rows) -> tuple[float, float]:
    """Fit slope and intercept; a slope below `LEAST_SLOPE` is held there."""
    ones = np.ones(len(column))
    slope, shift = logistic(np.column_stack([column, ones]), rows, np.array([1.0, 0.0]))
    if slope >= LEAST_SLOPE:
        return float(slope), float(shift)
    held = logistic(ones[:, None], rows, np.zeros(1), LEAST_SLOPE * column)
    return LEAST_SLOPE, float(held[0])


def _two_logs(p: Floats) -> Floats:
    """Return ln p and -ln(1 - p), `[n, 2]`."""
    return np.column_stack([np.log(p), -np.log1p(-p)])


def _expect(json: Mapping[str, Any], form: str) -> None:
    assert json["form"] == form, f"{json['form']} is not {form}"
