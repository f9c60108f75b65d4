"""The pictures of a fit, drawn from its own figures and from nothing else."""

from pathlib import Path
from typing import Any

import numpy as np

from models.fit_file import FitFile
from models.governance.deciles import Decile
from models.hazard.fit import HazardFit
from models.training.plots import calibration_plot, survival_plot, write_png

_POINTS = 121


def draw_fit(fit: FitFile, folder: Path) -> list[Path]:
    """Draw what the form of a fit allows; return the pictures written.

    A default fit gives its calibration in deciles on rows it had not seen; a hazard fit the
    survival and the band of the row that is typical in every column.
    """
    drawn = []
    if "deciles" in fit.metrics:
        bins = [Decile(**row) for row in fit.metrics["deciles"]]
        drawn.append(("calibration.png", calibration_plot(bins, f"Calibration of {fit.fit_id}")))
    if fit.form.startswith("hazard."):
        drawn.append(("survival.png", _survival(fit)))
    for name, picture in drawn:
        write_png(folder / name, picture)
    return [folder / name for name, _ in drawn]


def _survival(fit: FitFile) -> bytes:
    hazard = HazardFit.of(fit)
    row: dict[str, Any] = {feature.name: feature.typical for feature in fit.features}
    ages = np.linspace(0.0, hazard.horizon, _POINTS)
    x = hazard.read(row)
    low, high = hazard.survival_band(x, ages)
    name = "typical row"
    return survival_plot(
        ages, {name: hazard.survival(x, ages)}, bands={name: (low, high)}, title=fit.fit_id
    )
