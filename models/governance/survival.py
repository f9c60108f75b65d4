"""Measures of survival fits in one place: concordance, Brier scores and empirical curves."""

from models.governance.concordance import c_index
from models.governance.curves import Band, kaplan_meier, kaplan_meier_band
from models.governance.incidence import aalen_johansen
from models.governance.lives import Lives, lives
from models.governance.survival_brier import brier_at, integrated_brier, null_survival

__all__ = [
    "Band",
    "Lives",
    "aalen_johansen",
    "brier_at",
    "c_index",
    "integrated_brier",
    "kaplan_meier",
    "kaplan_meier_band",
    "lives",
    "null_survival",
]
