"""A default fit at work: boosted trees or the scorecard, calibrated, for one borrower or many.

PD = C(expit(logit(expit(F(x))) + level)): F is the log-odds of the trees or of the scorecard,
`level` brings it to the default rate of the latest period, C is the calibration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from kernel.errors import invalid
from models.borrower.calibration import Calibration, calibration_of
from models.borrower.columns import level_of
from models.borrower.encoding import Coded, Encoder, Floats, Step
from models.borrower.interval import Intervals
from models.borrower.odds import expit, logit
from models.borrower.reasons import Reasons, reasons_of
from models.borrower.scorecard import Scorecard
from models.features import Kind, check
from models.fit_file import FitFile, read_fit

if TYPE_CHECKING:
    from xgboost import Booster

BOOSTED, SCORECARD = "borrower.boosted", "borrower.scorecard"
_CLOSE = 1e-9
_MANY = 10_000
"""Rows from which threads pay."""


@dataclass(frozen=True, slots=True)
class BorrowerFit:
    """A default fit, read and ready; to build it costs milliseconds, to ask it microseconds.

    Attributes:
        fit: as it is kept.
        encoder: from columns to the matrix.
        scorecard: the logistic one; it serves where `booster` is None.
        booster: the trees.
        level: shift of the log-odds to the level of the latest period.
        calibration: from score to probability.
        intervals: how sure a PD is.
    """

    fit: FitFile
    encoder: Encoder
    scorecard: Scorecard
    booster: "Booster | None"
    level: float
    calibration: Calibration
    intervals: Intervals

    @classmethod
    def of(cls, fit: FitFile) -> Self:
        """Make a fit ready.

        Raises:
            Invalid: it is no default fit.
        """
        if fit.form not in (BOOSTED, SCORECARD):
            problem = f"{fit.fit_id} is a {fit.form}"
            raise invalid("fit", problem, "name a fit that `zhibao fit default` wrote")
        said = fit.parameters
        return cls(
            fit,
            Encoder.of(Step.read(step) for step in said["steps"]),
            Scorecard.read(said["scorecard"]),
            _booster(fit.booster) if fit.booster is not None else None,
            float(said["level"]),
            calibration_of(said["calibration"]),
            Intervals.of(said["interval"]),
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a fit from its folder and make it ready."""
        return cls.of(read_fit(folder))

    def values(self, row: Mapping[str, Any]) -> dict[str, float | str]:
        """Check one borrower's columns; dates and flags become numbers.

        Raises:
            Invalid: naming each column that cannot be.
        """
        codes = self.fit.parameters["codes"]
        kinds = {feature.name: feature.kind for feature in self.fit.features}
        read = {
            name: level_of(value, codes.get(name, 0))
            if kinds.get(name) is Kind.CATEGORY
            else plain(value)
            for name, value in row.items()
        }
        return check(self.fit.features, read)

    def pd(self, row: Mapping[str, Any]) -> float:
        """Return the probability of default of one borrower, refusing what cannot be."""
        return float(self.pds(self.encoder.coded(self.values(row)))[0])

    def pds(self, coded: Coded) -> Floats:
        """Return probabilities of default `[n]`."""
        return self.calibrated(self.margin(self.encoder.matrix(coded)))

    def margin(self, matrix: NDArray[np.float32]) -> Floats:
        """Return log-odds before level and calibration, `[n]` of `matrix[n, k]`."""
        if self.booster is None:
            return self.scorecard.margin(matrix)
        self.booster.set_param({"nthread": 1 if len(matrix) < _MANY else 0})
        margin = self.booster.inplace_predict(
            matrix, predict_type="margin", validate_features=False
        )
        return np.asarray(margin, float)

    def calibrated(self, margin: Floats) -> Floats:
        """Return probabilities `[n]` of log-odds `[n]`."""
        return self.calibration.apply(expit(margin + self.level))

    def contributions(self, row: Mapping[str, Any]) -> dict[str, float]:
        """Return each column's part of the log-odds of default, for one borrower.

        Parts of trees are exact Shapley values (Lundberg et al. 2020). They are stretched by the
        calibration, so that they add up to logit(PD) less its value where all parts are nought.
        """
        return self._contributed(self.values(row))

    def reasons(self, row: Mapping[str, Any], top: int = 4) -> Reasons:
        """Return what moved one borrower's PD most, in words."""
        values = self.values(row)
        return reasons_of(self._contributed(values), values, self.fit.features, top=top)

    def interval(self, pd: float) -> tuple[float, float]:
        """Return the interval around a PD."""
        return self.intervals.interval(pd)

    def _contributed(self, values: Mapping[str, float | str]) -> dict[str, float]:
        matrix = self.encoder.matrix(self.encoder.coded(values))
        base, parts = self._parts(matrix)
        raw = float(parts.sum())
        ends = logit(self.calibrated(np.array([base, base + raw])))
        stretch = float(ends[1] - ends[0]) / raw if abs(raw) > _CLOSE else 1.0
        return self.encoder.by_column(parts * stretch)

    def _parts(self, matrix: NDArray[np.float32]) -> tuple[float, Floats]:
        """Return the base and the part of each step, `[k]`, in log-odds."""
        if self.booster is None:
            return self.scorecard.base, self.scorecard.parts(matrix[0])
        from xgboost import DMatrix  # noqa: PLC0415 - only boosted fits pay for the library

        found = self.booster.predict(DMatrix(matrix, nthread=1), pred_contribs=True)[0].astype(
            float
        )
        return float(found[-1]), found[:-1]


def plain(value: Any) -> Any:
    """Return a date as its calendar year with its fraction, and a flag as 0 or 1.

    >>> plain(date(2003, 1, 1)), plain(True), plain("urban")
    (2003.0, 1.0, 'urban')
    """
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, date | datetime):
        first = date(value.year, 1, 1).toordinal()
        days = date(value.year + 1, 1, 1).toordinal() - first
        return value.year + (value.toordinal() - first) / days
    return value


def _booster(trees: bytes) -> "Booster":
    """Load the trees; one row needs no threads."""
    from xgboost import Booster  # noqa: PLC0415 - only boosted fits pay for the library

    return Booster({"nthread": 1}, model_file=bytearray(trees))
