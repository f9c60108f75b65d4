"""The expected draws of each month: sums of chance times amount, exact in expectation."""

import numpy as np
from numpy.typing import NDArray

from claims.rules.forecast.outlook import Outlook

Grid = NDArray[np.float64]


def expected_draws(outlook: Outlook) -> Grid:
    """Return what is drawn in each month on average, net of recoveries, `[n_months]`.

    No cap is counted, nor that an empty pool pays nothing: what is drawn falls to the pool.
    """
    draws = np.zeros(outlook.months)
    for policy in outlook.policies:
        for place, chance in enumerate(policy.chances):
            _add(draws, place + policy.pays_after, chance * policy.paid[place])
            _add(draws, place + policy.back_after, -chance * policy.back[place])
    for flow in outlook.flows:
        _add(draws, flow.month - 1, flow.chance * flow.minor)
    return draws


def _add(draws: Grid, place: int, amount: float) -> None:
    """What moves behind the horizon is not counted."""
    if place < len(draws):
        draws[place] += amount
