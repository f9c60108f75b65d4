"""One trained law in the terms of its design: what a fit file will hold, and what is scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.fit_file import FitFile
from models.hazard.fit import HazardFit
from models.training.survival.design import Design
from models.training.survival.lives import Array


@dataclass(frozen=True, slots=True)
class Frozen:
    """A law as it is served.

    Attributes:
        form: such as `hazard.cox`.
        design: columns and terms.
        offset: of the scores `[r]`.
        matrix: scores per unit of each term as read `[r, p]`.
        law: fields of the law; see `models.hazard.laws`.
        band: fields of the band; see `models.hazard.band`.
        reference: age at which rows are compared.
        horizon: greatest age seen.
    """

    form: str
    design: Design
    offset: Array
    matrix: Array
    law: Mapping[str, Any]
    band: Mapping[str, Any] | None
    reference: float
    horizon: float

    def parameters(self) -> dict[str, Any]:
        """All that the score is computed from, as JSON."""
        return {
            "terms": [term.json() for term in self.design.terms],
            "offset": self.offset.tolist(),
            "matrix": self.matrix.tolist(),
            "law": dict(self.law),
            "band": self.band,
            "reference": self.reference,
            "horizon": self.horizon,
        }

    def hazard(self) -> HazardFit:
        """Return the fit as serving would read it."""
        fit = FitFile.named(
            "candidate",
            self.form,
            made_on="",
            tape={},
            features=self.design.features,
            parameters=self.parameters(),
            metrics={},
        )
        return HazardFit.of(fit)
