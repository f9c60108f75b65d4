"""Gamma and beta quantiles equal scipy's to 1e-8 and better, over all that a prior can be."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import special

from kernel.errors import Invalid
from models.priors.quantile import beta_cdf, beta_quantile, gamma_cdf, gamma_quantile

CHANCES = (1e-6, 0.025, 0.3, 0.5, 0.7, 0.975, 1 - 1e-6)
SHAPES = (0.01, 0.44, 1.0, 1.78, 8.16, 44.44, 1000.25, 250_000.0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("p", CHANCES)
def test_gamma_against_scipy(p: float, shape: float) -> None:
    expected = special.gammaincinv(shape, p)
    assert gamma_quantile(p, shape) == pytest.approx(expected, rel=1e-10, abs=1e-300)
    assert gamma_quantile(p, shape, 5229.0) == pytest.approx(expected / 5229.0, rel=1e-10)


@pytest.mark.parametrize("a", SHAPES)
@pytest.mark.parametrize("b", SHAPES)
def test_beta_against_scipy(a: float, b: float) -> None:
    for p in CHANCES:
        expected = special.betaincinv(a, b, p)
        assert beta_quantile(p, a, b) == pytest.approx(expected, rel=1e-9, abs=1e-300), (p, a, b)


def test_a_thousand_laws_at_random() -> None:
    rng = np.random.default_rng(20)
    for _ in range(1000):
        a, b = 10 ** rng.uniform(-1.5, 4.5, 2)
        p = rng.uniform(1e-9, 1 - 1e-9)
        assert gamma_quantile(p, a) == pytest.approx(special.gammaincinv(a, p), rel=1e-8)
        assert beta_quantile(p, a, b) == pytest.approx(special.betaincinv(a, b, p), rel=1e-8)


@pytest.mark.parametrize("shape", SHAPES)
def test_distribution_functions_against_scipy(shape: float) -> None:
    for x in shape * np.array([0.2, 0.9, 1.0, 1.1, 3.0]):
        assert gamma_cdf(x, shape) == pytest.approx(
            special.gammainc(shape, x), rel=1e-9, abs=1e-300
        )
    for x in (0.001, 0.3, 0.5, 0.9):
        expected = special.betainc(shape, 5.0, x)
        assert beta_cdf(x, shape, 5.0) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_beyond_the_ends() -> None:
    assert gamma_cdf(0.0, 2.0) == gamma_cdf(-1.0, 2.0) == 0.0
    assert (beta_cdf(-0.1, 2.0, 2.0), beta_cdf(1.0, 2.0, 2.0)) == (0.0, 1.0)
    assert gamma_quantile(1e-6, 1e-4) == 0.0  # below the least number above nought
    assert beta_quantile(1e-6, 1e-4, 1.0) == 0.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: gamma_quantile(0.0, 1.0),
        lambda: gamma_quantile(1.0, 1.0),
        lambda: gamma_quantile(0.5, 0.0),
        lambda: gamma_quantile(0.5, float("nan")),
        lambda: gamma_quantile(0.5, 1.0, float("inf")),
        lambda: beta_quantile(float("nan"), 1.0, 1.0),
        lambda: beta_quantile(0.5, 1.0, -1.0),
    ],
)
def test_what_is_no_law_is_refused(call: Callable[[], float]) -> None:
    with pytest.raises(Invalid):
        call()
