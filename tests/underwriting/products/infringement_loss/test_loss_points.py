"""The fixed points integrate the laws of a matter: means, layers, and two at a time."""

import numpy as np
import pytest
from scipy import stats

from models.severity.laws import Capped, Lognormal, Pareto
from underwriting.products.infringement_loss.points import POINTS, cube, drawn

LAW = Lognormal.of_median(100_000.0, 0.8)


def test_points_lie_inside_and_fill_every_dimension_evenly() -> None:
    points = cube()
    assert points.shape == (3, POINTS)
    assert 0 < points.min() <= points.max() < 1
    for dimension in points:
        counts = np.histogram(dimension, bins=64, range=(0, 1))[0]
        assert counts.max() - counts.min() <= 2


def test_a_lognormal_is_asked_as_any_other_law() -> None:
    for dimension in range(3):
        plain = LAW.quantile(cube()[dimension])
        assert drawn(LAW, dimension) == pytest.approx(plain, rel=1e-12)
    tail = Pareto(10_000.0, 1.5)
    assert np.median(drawn(tail, 1)) == pytest.approx(float(tail.quantile(0.5)), rel=0.01)


@pytest.mark.parametrize("sigma", [0.5, 0.8, 1.3])
@pytest.mark.parametrize("multiple", [0.3, 1.0, 5.0])
def test_layers_of_one_law(sigma: float, multiple: float) -> None:
    law = Lognormal.of_median(100_000.0, sigma)
    limit = multiple * 100_000.0
    for dimension in range(3):
        found = np.minimum(drawn(law, dimension), limit).mean()
        assert found == pytest.approx(float(law.lev(limit)), rel=2e-4)


def test_a_sum_of_two_laws_against_quadrature() -> None:
    """E min(X + Y, c) of independent lognormals, by scipy's conditional expectation."""
    first, second, limit = LAW, Lognormal.of_median(300_000.0, 1.5), 850_000.0
    p = (np.arange(20_000) + 0.5) / 20_000
    x = stats.lognorm(0.8, scale=100_000.0).ppf(p)
    inner = np.where(x < limit, x + second.lev(np.maximum(limit - x, 1e-9)), limit)
    found = np.minimum(drawn(first, 0) + drawn(second, 1), limit).mean()
    assert found == pytest.approx(inner.mean(), rel=1e-3)


def test_dimensions_do_not_move_together() -> None:
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert abs(np.corrcoef(cube()[one], cube()[other])[0, 1]) < 0.005


def test_a_law_with_a_ceiling_keeps_it() -> None:
    capped = Capped(LAW, 150_000.0)
    assert drawn(capped, 2).max() == 150_000.0
