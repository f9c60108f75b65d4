"""The figures that records of appraisers are weighed by, and the published law behind them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

from models.priors import Prior
from models.recovery import SaleLaw, recovery_table


@dataclass(frozen=True, slots=True)
class RecordLaw:
    """Weights, bounds, and the published start.

    Attributes:
        version: of the file.
        source: of its figures.
        grade: of that source.
        house_weight: cases that the published figures count as.
        own_weight: cases that the house's law counts as beside one appraiser's.
        log_sd: standard deviation of the log ratio of a case that sold.
        estimate_from: cases from which `own_weight` is estimated instead.
        thin_below: cases.
        poor_below: part of the house's mean ratio.
        sold: published chance that a lot sells.
        ratio: published mean price over appraised value of a lot that sold.
        priors: the published figures.
    """

    version: str
    source: str
    grade: str
    house_weight: float
    own_weight: float
    log_sd: float
    estimate_from: int
    thin_below: int
    poor_below: float
    sold: float
    ratio: float
    priors: tuple[Prior, ...] = ()

    @property
    def log_mean(self) -> float:
        """Mean of the log ratio: ln ratio - log_sd^2 / 2."""
        return log(self.ratio) - self.log_sd**2 / 2.0


@cache
def record_law() -> RecordLaw:
    """Return the shipped figures, with the published auctions behind them."""
    text = files(__package__).joinpath("law.toml").read_text(encoding="utf-8")
    figures: Mapping[str, Any] = tomllib.loads(text)
    sale = SaleLaw.of(recovery_table())
    sold = sale.first.a / (sale.first.a + sale.first.b)
    return RecordLaw(**figures, sold=sold, ratio=sale.price_ratio, priors=sale.priors)
