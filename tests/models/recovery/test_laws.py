"""The laws written out here are those of the library, and the quadrature is exact where it must."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from models.recovery.laws import BetaLaw, GammaLaw, LogNormal, phi
from models.recovery.quadrature import beta_nodes, gamma_nodes, increasing_root

SHAPES = st.floats(0.2, 60.0)
PARTS = st.floats(0.001, 0.999)


@given(SHAPES, SHAPES, PARTS)
def test_beta_is_the_librarys(a: float, b: float, p: float) -> None:
    mine, known = BetaLaw(a, b), stats.beta(a, b)
    assert mine.cdf(p) == pytest.approx(known.cdf(p), abs=1e-12)
    assert mine.mean == pytest.approx(known.mean())
    assert mine.sd == pytest.approx(known.std())
    assert mine.cdf(mine.quantile(p)) == pytest.approx(p, abs=1e-9)


def test_beta_at_its_ends() -> None:
    law = BetaLaw(2.77, 0.92)
    assert (law.cdf(-0.1), law.cdf(0.0), law.cdf(1.0), law.cdf(2.0)) == (0.0, 0.0, 1.0, 1.0)


def test_the_published_loss_law_has_the_published_moments() -> None:
    """H8: mean 0.75, sd 0.20 is Beta(2.77, 0.92)."""
    law = BetaLaw(2.77, 0.92)
    assert law.mean == pytest.approx(0.75, abs=0.001)
    assert law.sd == pytest.approx(0.20, abs=0.001)


@given(SHAPES, st.floats(0.1, 5.0), PARTS)
def test_gamma_is_the_librarys(shape: float, scale: float, p: float) -> None:
    mine, known = GammaLaw(shape, scale), stats.gamma(shape, scale=scale)
    time = float(known.ppf(p))
    assert mine.cdf(time) == pytest.approx(p, abs=1e-10)
    assert mine.quantile(p) == pytest.approx(time, rel=1e-6)


def test_gamma_discounts_as_the_integral_does() -> None:
    law = GammaLaw.of_mean(1.5, 0.5)
    known = stats.gamma(law.shape, scale=law.scale)
    value, _ = integrate.quad(lambda t: math.exp(-0.04 * t) * known.pdf(t), 0, 60)
    assert law.laplace(0.04) == pytest.approx(value, rel=1e-9)
    assert law.mean == pytest.approx(1.5)


@given(st.floats(-2, 12), st.floats(0.01, 3.0), PARTS)
def test_lognormal_is_the_librarys(mu: float, sigma: float, p: float) -> None:
    mine, known = LogNormal(mu, sigma), stats.lognorm(sigma, scale=math.exp(mu))
    assert mine.mean == pytest.approx(known.mean())
    assert mine.sd == pytest.approx(known.std())
    assert mine.quantile(p) == pytest.approx(known.ppf(p))
    assert mine.cdf(mine.quantile(p)) == pytest.approx(p, abs=1e-12)
    assert mine.scaled(3.0).median == pytest.approx(3.0 * mine.median)


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("limit", [0.1, 1.0, 4.0, 1e3])
def test_limited_moments_are_the_integral(power: int, limit: float) -> None:
    law, known = LogNormal(0.3, 0.8), stats.lognorm(0.8, scale=math.exp(0.3))
    body, _ = integrate.quad(lambda x: x**power * known.pdf(x), 0, limit, points=[1.0], limit=200)
    assert law.limited(limit, power) == pytest.approx(
        body + limit**power * known.sf(limit), rel=1e-7
    )


def test_a_certain_amount() -> None:
    law = LogNormal.of_mean(5.0, 0.0)
    assert (law.mean, law.sd) == (pytest.approx(5.0), 0.0)
    assert law.limited(3.0) == 3.0
    assert law.limited(7.0) == pytest.approx(5.0)
    assert (law.cdf(4.9), law.cdf(5.1), law.cdf(-1.0)) == (0.0, 1.0, 0.0)
    assert law.limited(-1.0) == 0.0


def test_lognormal_by_its_moments() -> None:
    law = LogNormal.of_moments(10.0, 4.0)
    assert law.mean == pytest.approx(10.0)
    assert law.sd == pytest.approx(4.0)


def test_phi_reaches_far_into_the_tail() -> None:
    assert phi(-12.0) == pytest.approx(stats.norm.cdf(-12.0), rel=1e-10)
    assert (phi(-math.inf), phi(math.inf)) == (0.0, 1.0)


@pytest.mark.parametrize(("a", "b"), [(7.5, 2.5), (0.5, 0.5), (1.0, 1.0), (2.77, 0.92)])
@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_beta_nodes_are_the_librarys(a: float, b: float, count: int) -> None:
    places, weights = special.roots_jacobi(count, b - 1.0, a - 1.0)
    mine = beta_nodes(a, b, count)
    assert [place for _, place in mine] == pytest.approx((1.0 + places) / 2.0)
    assert [weight for weight, _ in mine] == pytest.approx(weights / weights.sum())


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("count", [1, 4, 9])
def test_gamma_nodes_are_the_librarys(shape: float, count: int) -> None:
    places, weights = special.roots_genlaguerre(count, shape - 1.0)
    mine = gamma_nodes(shape, 2.0, count)
    assert [place for _, place in mine] == pytest.approx(2.0 * places)
    assert [weight for weight, _ in mine] == pytest.approx(weights / weights.sum())


def test_root_is_found_to_the_last_bit() -> None:
    assert increasing_root(np.exp, 2.0, 0.0, 1.0) == pytest.approx(math.log(2.0), abs=1e-16)
