"""What a score fit says of one borrower: PD, interval, grade, reasons and default curve."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Any, Self

import numpy as np

from kernel.errors import invalid
from models.borrower.boosted import BorrowerFit
from models.borrower.curve import DefaultCurve
from models.borrower.odds import shifted
from models.borrower.reasons import Reasons
from models.borrower.scale import MasterScale, load_scale
from models.borrower.term import FLAT
from models.features import check
from models.fit_file import FitFile
from models.priors import Prior, PriorTable

SCORES = ("borrower.boosted", "borrower.scorecard")
"""Forms that score a borrower's own columns."""

_DIGITS = 4
"""Decimals of a figure in a reason."""


@dataclass(frozen=True, slots=True)
class Score:
    """A borrower, scored.

    Attributes:
        fit_id: of the fit.
        pd: probability of default within a year.
        low: lower end of its interval.
        high: upper end.
        grade: on the master scale.
        cohort: effective rows of the training near this score.
        reasons: what moved it most, in words.
        priors: the published figure that it was brought to the level of, if any.
    """

    fit_id: str
    pd: float
    low: float
    high: float
    grade: str
    cohort: float
    reasons: Reasons
    priors: tuple[Prior, ...]

    def json(self) -> dict[str, Any]:
        """What a receipt states of it."""
        return {
            "fit_id": self.fit_id,
            "pd_1y": self.pd,
            "interval_1y": [self.low, self.high],
            "grade": self.grade,
            "cohort": self.cohort,
            "reasons": _told(self.reasons.json()),
            "brought_to_level_of": [prior.key for prior in self.priors],
        }


def _told(stated: Any) -> Any:
    """Round every float to `_DIGITS`: trees add up in single precision, each release its way."""
    if isinstance(stated, float):
        return round(stated, _DIGITS)
    if isinstance(stated, Mapping):
        return {key: _told(value) for key, value in stated.items()}
    return [_told(value) for value in stated] if isinstance(stated, list | tuple) else stated


@dataclass(frozen=True, slots=True)
class ScoreLaw:
    """A score fit, ready.

    Attributes:
        fit: the fit.
        horizon_years: of its PD.
        level: (param, right, jurisdiction, mean PD of its tape): the published rate that its
            odds are brought to, because the tape's own mean is another population's; or None.
        scale: of grades.
    """

    fit: BorrowerFit
    horizon_years: float
    level: tuple[str, str, str, float] | None
    scale: MasterScale

    @classmethod
    def of(cls, fit: FitFile) -> Self:
        """Make a fit ready.

        Raises:
            Invalid: it is no default fit, or does not say within which time its default falls.
        """
        horizon = fit.parameters.get("horizon_years")
        if horizon is None:
            cure = "train it with --horizon YEARS"
            raise invalid("fit", f"{fit.fit_id} states no horizon of its PD", cure)
        stated = fit.parameters.get("level_of")
        level = stated and (*stated["prior"].split("/"), float(stated["tape_rate"]))
        return cls(BorrowerFit.of(fit), float(horizon), level, load_scale())

    def score(self, row: Mapping[str, Any], table: PriorTable, field: str = "features") -> Score:
        """Score one borrower.

        A PD of another horizon h is brought to a year by 1 - (1 - PD)^(1 / h).

        Args:
            row: column -> value, or `{"value": ..., "unit": ...}`, whose unit must be the fit's.
            table: published figures.
            field: what stands before a column's name in a refusal.

        Raises:
            Invalid: naming each column that is missing without a rule, out of range or unknown.
        """
        check(self.fit.fit.features, row, field)
        bare = {name: v.get("value") if isinstance(v, Mapping) else v for name, v in row.items()}
        raw = self.fit.pd(bare)
        ends = np.array([raw, *self.fit.interval(raw)])
        priors: tuple[Prior, ...] = ()
        if self.level is not None:
            *key, rate = self.level
            prior = table.find(*key)
            ends = shifted(ends, log(prior.value / (1 - prior.value)) - log(rate / (1 - rate)))
            priors = (prior,)
        pd, low, high = (1.0 - (1.0 - ends) ** (1.0 / self.horizon_years)).tolist()
        return Score(
            self.fit.fit.fit_id,
            pd,
            low,
            high,
            self.scale.grade_of(pd),
            self.fit.intervals.cohort(raw),
            self.fit.reasons(bare),
            priors,
        )

    def curve(self, score: Score, grade: DefaultCurve) -> DefaultCurve:
        """Return the default curve of a score, shrunk to that of the stated grade by its cohort.

        See `DefaultCurve.credible`; asset correlation is the grade's.
        """
        own = DefaultCurve.of_pd(
            score.pd,
            1.0,
            FLAT,
            correlation=grade.correlation,
            priors=score.priors,
            fit_id=score.fit_id,
            interval=(score.low, score.high),
        )
        return own.credible(grade, score.cohort)
