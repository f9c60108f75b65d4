"""All measures of a fit in one place; numpy only, so that serving may import it.

Arrays are `[n]`, one row each; weights are optional and one each where left out. A measure
that does not exist for the rows (one outcome only, no pair to compare) is refused and never
returned as NaN.
"""

from models.governance.brier import brier, brier_skill
from models.governance.calibration import ece, hosmer_lemeshow
from models.governance.deciles import Decile, deciles
from models.governance.double_lift import Contest, double_lift
from models.governance.psi import Psi, psi, psi_of_counts, psi_of_levels
from models.governance.rank_curves import gains, roc
from models.governance.ranking import auc, gini, ks, lift
from models.governance.slope import calibration_slope
from models.governance.survival import (
    Band,
    Lives,
    aalen_johansen,
    brier_at,
    c_index,
    integrated_brier,
    kaplan_meier,
    kaplan_meier_band,
    lives,
    null_survival,
)

__all__ = [
    "Band",
    "Contest",
    "Decile",
    "Lives",
    "Psi",
    "aalen_johansen",
    "auc",
    "brier",
    "brier_at",
    "brier_skill",
    "c_index",
    "calibration_slope",
    "deciles",
    "double_lift",
    "ece",
    "gains",
    "gini",
    "hosmer_lemeshow",
    "integrated_brier",
    "kaplan_meier",
    "kaplan_meier_band",
    "ks",
    "lift",
    "lives",
    "null_survival",
    "psi",
    "psi_of_counts",
    "psi_of_levels",
    "roc",
]
