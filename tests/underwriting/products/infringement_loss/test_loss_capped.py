"""A law cut at the top: every figure is that of the masses moved there."""

from math import inf

import numpy as np
import pytest

from underwriting.pricing.aggregate import Distribution
from underwriting.products.infringement_loss.capped import Capped

MASS = np.array([0.9, 0.02, 0.03, 0.02, 0.01, 0.02])
TOPS = (1.0, 10.0, 20.0, 30.0, 50.0, 99.0)


def cut(top: float) -> Capped:
    return Capped(10.0, MASS, 0.0, top)


def moved(top: float) -> Distribution:
    """The same, with what lies above a point of the lattice put on it."""
    amounts = np.minimum(10.0 * np.arange(6), top)
    mass = np.array([MASS[amounts == 10.0 * place].sum() for place in range(6)])
    return Distribution(10.0, mass)


@pytest.mark.parametrize("top", [10.0, 20.0, 30.0, 50.0])
def test_at_a_point_it_is_the_law_with_its_masses_moved(top: float) -> None:
    one, other = cut(top), moved(top)
    assert one.mean() == pytest.approx(other.mean())
    for p in (0.5, 0.91, 0.95, 0.99):
        assert one.quantile(p) == other.quantile(p)
        assert one.tvar(p) == pytest.approx(other.tvar(p))
    for lam in (0.0, 0.3, 0.5):
        assert one.wang(lam) == pytest.approx(other.wang(lam))
    for amount in (0.0, 5.0, 15.0, 30.0, 60.0):
        assert float(one.lev(amount)) == pytest.approx(float(other.lev(amount)))
        assert float(one.sf(amount)) == pytest.approx(float(other.sf(amount)))


def test_a_higher_top_never_costs_less() -> None:
    laws = [cut(top) for top in np.linspace(0.5, 60.0, 200)]
    for figure in (Capped.mean, lambda one: one.wang(0.5), lambda one: one.tvar(0.99)):
        values = [figure(law) for law in laws]
        assert values == sorted(values)


def test_without_a_top_nothing_is_cut() -> None:
    whole, plain = cut(inf), Distribution(10.0, MASS)
    assert whole.mean() == plain.mean()
    assert whole.wang(0.5) == pytest.approx(plain.wang(0.5))
    assert float(whole.lev(inf)) == pytest.approx(plain.mean())


def test_wang_without_a_shift_is_the_mean() -> None:
    for top in TOPS:
        assert cut(top).wang(0.0) == pytest.approx(cut(top).mean())
