"""The chi-square and Poisson laws, in numpy and `math` alone: what serving may import."""

import math

import numpy as np

_ROUNDS = 200


def chi_square_above(x: float, dof: int) -> float:
    """Chance that a chi-square with `dof` (1 or more) degrees of freedom exceeds `x`.

    Closed form for whole degrees: with h = x / 2, an even dof gives
    e^-h sum_{j < dof/2} h^j / j!, an odd one erfc(sqrt h) + e^-h sum_{j < (dof-1)/2}
    h^(j+1/2) / Gamma(j + 3/2) (Abramowitz and Stegun 26.4.4, 26.4.5).

    >>> round(chi_square_above(3.841459, 1), 6)
    0.05
    """
    assert dof >= 1, "a chi-square has at least one degree of freedom"
    if x <= 0:
        return 1.0
    half = x / 2
    odd = dof % 2
    total = math.erfc(math.sqrt(half)) if odd else 0.0
    for j in range(dof // 2):
        power = j + odd / 2
        total += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
    return min(total, 1.0)


def chi_square_quantile(chance: float, dof: int) -> float:
    """Value that a chi-square stays under with `chance` (within 0 and 1), by bisection.

    >>> round(chi_square_quantile(0.95, 9), 4)
    16.919
    """
    assert 0 < chance < 1, "a quantile lies strictly within 0 and 1"
    low, high = 0.0, float(dof)
    while chi_square_above(high, dof) > 1 - chance:
        high *= 2
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if chi_square_above(middle, dof) > 1 - chance else (low, middle)
    return (low + high) / 2


def poisson_band(mean: float, chance: float = 0.95) -> tuple[int, int]:
    """Return the counts within which a Poisson of `mean` falls with at least `chance`.

    The lower end is the (1 - chance)/2 quantile, the upper the 1 - (1 - chance)/2 quantile;
    a count outside (below the first, above the second) has at most (1 - chance)/2 chance on
    its side. Exact sums of the law over mean +- 12 standard deviations.

    >>> poisson_band(10.0)
    (4, 17)
    >>> poisson_band(0.0)
    (0, 0)
    """
    assert mean >= 0, "a Poisson mean is not negative"
    if mean == 0:
        return 0, 0
    reach = 12 * math.sqrt(mean) + 40
    first = max(0, int(mean - reach))
    counts = np.arange(first, int(mean + reach) + 1)
    steps = np.concatenate(([0.0], np.log(mean / counts[1:])))
    logs = np.cumsum(steps)
    law = np.exp(logs - logs.max())
    below = np.cumsum(law) / law.sum()
    tail = (1 - chance) / 2
    low = int(np.searchsorted(below, tail))
    high = int(np.searchsorted(below, 1 - tail))
    return int(counts[low]), int(counts[high])
