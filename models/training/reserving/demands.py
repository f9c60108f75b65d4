"""What a method asks of a triangle and of the figures beside it."""

from collections.abc import Mapping

import numpy as np

from kernel.errors import invalid
from models.training.reserving.triangle import Triangle
from models.training.reserving.values import Method


def check_amounts(run_off: Triangle) -> None:
    """Refuse amounts below nought, and ages at which no cohort has anything."""
    below = np.argwhere(run_off.cumulative < 0)
    if below.size:
        row, column = map(int, below[0])
        field = f"triangle[{run_off.cohorts[row]}, {column + 1}]"
        raise invalid(field, "is negative to date", "reserve recoveries in a triangle of their own")
    for column in range(run_off.ages - 1):
        both = np.isfinite(run_off.cumulative[:, column + 1])
        if run_off.cumulative[both, column].sum() <= 0:
            problem = f"nothing was {run_off.of} by age {column + 1} in any cohort"
            raise invalid("triangle", problem, "take longer periods, or drop the empty ages")


def check_figures(
    method: Method,
    premium: Mapping[int, float] | None,
    loss_ratio: float | None,
    decay: float | None,
) -> None:
    """Each method has all it needs, and nothing that it cannot use."""
    exposed = method is not Method.CHAIN_LADDER
    wanted = {
        "premium": (premium, exposed, exposed),
        "loss_ratio": (loss_ratio,) + 2 * (method is Method.BORNHUETTER_FERGUSON,),
        "decay": (decay, False, method is Method.CAPE_COD),
    }
    for field, (value, needed, usable) in wanted.items():
        if value is None and needed:
            raise invalid(field, f"is missing for {method.value}", f"give {field}")
        if value is not None and not usable:
            raise invalid(field, f"is not used by {method.value}", "leave it out")
    if loss_ratio is not None and not 0 <= loss_ratio < np.inf:
        raise invalid("loss_ratio", f"{loss_ratio} is no ratio", "give 0 or more")
    if decay is not None and not 0 <= decay <= 1:
        raise invalid("decay", f"{decay} is out of range", "give 0 to 1")


def volumes(run_off: Triangle, premium: Mapping[int, float]) -> tuple[float, ...]:
    """Return the premium of each cohort; refuse where one is missing."""
    for cohort in run_off.cohorts:
        value = premium.get(cohort)
        if value is None or not 0 < value < np.inf:
            raise invalid(f"premium[{cohort}]", f"{value} is no premium", "give one above 0")
    return tuple(float(premium[cohort]) for cohort in run_off.cohorts)
