"""Has the world moved since training? Inputs, predictions and outcomes against the fit's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from models.features import Feature
from models.governance.deciles import Decile, deciles
from models.governance.histograms import edge_names, histogram
from models.governance.psi import Psi, psi_of_counts
from models.governance.reference import SCORE, floats, level_counts


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a batch has moved from what the fit was trained on.

    Attributes:
        features: name -> stability index of an input.
        score: stability index of the predictions.
        calibration: expected and observed in bins, empty where outcomes are not known yet.
    """

    features: Mapping[str, Psi]
    score: Psi
    calibration: tuple[Decile, ...] = ()

    def json(self) -> dict[str, Any]:
        """The report as it is stored."""
        return {
            "features": {name: one.json() for name, one in self.features.items()},
            "score": self.score.json(),
            "calibration": [one.json() for one in self.calibration],
            "findings": [finding.json() for finding in self.findings()],
        }

    def findings(self) -> tuple[Finding, ...]:
        """Return what has moved by more than chance gives at 99 %, and bins off their band."""
        return (*self._moved(), *self._off())

    def _moved(self) -> Iterator[Finding]:
        for name, one in ({SCORE: self.score} | dict(self.features)).items():
            if one.moved:
                code = "score-moved" if name == SCORE else "input-moved"
                en = f"{name} has moved: PSI {one.value:.3f}, chance gives {one.bound_99:.3f}"
                zh = f"{name} 分布已漂移：PSI {one.value:.3f}，随机上限 {one.bound_99:.3f}"
                effect = Effect.INFORM if one.band == "little" else Effect.REFER
                yield _finding(code, effect, en, zh)

    def _off(self) -> Iterator[Finding]:
        bins, left = len(self.calibration), sum(not one.inside for one in self.calibration)
        if left > 1:
            seen = sum(one.observed for one in self.calibration)
            foretold = sum(one.expected for one in self.calibration)
            en = f"{left} of {bins} bins left the band; {seen:.4g} events for {foretold:.4g}"
            zh = f"{bins} 组中 {left} 组超出区间；实际 {seen:.4g}，预期 {foretold:.4g}"
            yield _finding("calibration-moved", Effect.REFER, en, zh)


def drift(
    features: Sequence[Feature],
    stored: Mapping[str, Any],
    columns: Mapping[str, Sequence[Any]],
    score: ArrayLike,
    outcome: ArrayLike | None = None,
) -> Drift:
    """Hold a scored batch against the histograms of training.

    Args:
        features: of the fit.
        stored: what `reference` returned.
        columns: name -> column of the batch.
        score: predictions, `[n]`.
        outcome: 0 or 1 where known, `[n]`; then `score` must be a probability.

    Raises:
        Invalid: the fit keeps no histograms, or the batch lacks a column.
    """
    if SCORE not in stored or "features" not in stored:
        cure = "train again and keep the histograms"
        raise invalid("reference", "the fit keeps no histograms of its training", cure)
    shown = stored["features"]
    lacking = [one.name for one in features if one.name in shown and one.name not in columns]
    if lacking:
        raise invalid(f"columns.{lacking[0]}", "is missing from the batch", "give every column")
    return Drift(
        {
            one.name: _index(shown[one.name], columns[one.name])
            for one in features
            if one.name in shown
        },
        _index(stored[SCORE], floats(score)),
        () if outcome is None else deciles(outcome, score),
    )


def _index(stored: Mapping[str, Any], column: Any) -> Psi:
    if "levels" in stored:
        names = stored["levels"]
        return psi_of_counts(stored["counts"], level_counts(column, names), names)
    edges = np.array(stored["edges"], dtype=float)
    counts = histogram(floats(column), edges)
    return psi_of_counts(stored["counts"], counts, [*edge_names(edges), "missing"])


def _finding(code: str, effect: Effect, en: str, zh: str) -> Finding:
    cure = "look for the cause; calibrate again or train again where it lasts"
    return Finding(code, effect, en, zh, "population and calibration stay as in training", cure)
