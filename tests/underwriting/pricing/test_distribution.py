"""Figures of a law on a lattice, each beside its definition worked out by hand or by sums."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from underwriting.pricing.aggregate import Distribution

COIN = Distribution(100.0, np.array([0.5, 0.0, 0.3, 0.2]))
WEIGHTS = st.lists(st.floats(0.0, 1.0), min_size=2, max_size=30).filter(lambda w: sum(w) > 0.1)


def law_of(weights: list[float], step: float = 10.0) -> Distribution:
    return Distribution(step, np.array(weights) / sum(weights))


def test_figures_by_hand() -> None:
    """0 with 0.5, 200 with 0.3, 300 with 0.2."""
    assert COIN.mean() == pytest.approx(120.0)
    assert COIN.sd() == pytest.approx((0.3 * 200**2 + 0.2 * 300**2 - 120**2) ** 0.5)
    assert [float(COIN.lev(x)) for x in (0, 50, 200, 250, 1e9)] == pytest.approx(
        [0, 25, 100, 110, 120]
    )
    assert COIN.layer(100.0, 150.0) == pytest.approx(0.5 * 50 + 0.2 * 50)
    assert COIN.cdf([-1, 0, 199, 200, 300]).tolist() == pytest.approx([0, 0.5, 0.5, 0.8, 1])
    assert [COIN.quantile(p) for p in (0, 0.5, 0.51, 0.8, 0.9, 1)] == [0, 0, 200, 200, 300, 300]
    assert COIN.tvar(0.8) == pytest.approx(300.0)
    assert COIN.tvar(0.7) == pytest.approx((0.2 * 300 + 0.1 * 200) / 0.3)


def test_wang_by_hand() -> None:
    """Integral over 0-200 and 200-300 of the bent chance of being above."""
    normal = NormalDist()
    bent = [normal.cdf(normal.inv_cdf(chance) + 0.4) for chance in (0.5, 0.2)]
    assert COIN.wang(0.4) == pytest.approx(200 * bent[0] + 100 * bent[1])


@given(WEIGHTS, WEIGHTS)
def test_sums_of_independent_amounts(one: list[float], two: list[float]) -> None:
    total = law_of(one).plus(law_of(two))
    exact = np.convolve(law_of(one).mass, law_of(two).mass)
    assert np.abs(total.mass - exact).max() < 1e-12
    assert total.mean() == pytest.approx(law_of(one).mean() + law_of(two).mean())


@given(WEIGHTS, WEIGHTS)
def test_sums_on_two_widths_keep_the_mean(one: list[float], two: list[float]) -> None:
    total = law_of(one, 7.0).plus(law_of(two, 10.0))
    assert total.mean() == pytest.approx(law_of(one, 7.0).mean() + law_of(two).mean())
    assert total.step == 10.0
    assert total.error == 2.5


@given(WEIGHTS, st.floats(5.0, 60.0))
def test_another_width_keeps_limited_values_within_its_error(
    weights: list[float], step: float
) -> None:
    law = law_of(weights)
    moved = law.on(step)
    at = np.linspace(0.0, 400.0, 81)
    assert np.abs(moved.lev(at) - law.lev(at)).max() <= moved.error + 1e-9
    assert moved.mean() == pytest.approx(law.mean())


@given(WEIGHTS)
def test_limited_values_make_the_law(weights: list[float]) -> None:
    law = law_of(weights)
    again = Distribution.of_levs(np.append(law.levs, law.levs[-1]), law.step)
    assert np.allclose(again.mass[:-1], law.mass, atol=1e-12)


@given(WEIGHTS, st.floats(0.05, 1.0))
def test_a_share_scales_every_figure(weights: list[float], share: float) -> None:
    law = law_of(weights)
    part = law.scaled(share)
    for figure in (part.mean() / share, part.tvar(0.9) / share - law.tvar(0.9) + law.mean()):
        assert figure == pytest.approx(law.mean(), abs=1e-9)
    assert part.wang(0.3) == pytest.approx(share * law.wang(0.3))


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_what_is_no_probability(p: float) -> None:
    with pytest.raises(Invalid, match="quantile"):
        COIN.quantile(p)


def test_no_mean_beyond_all() -> None:
    with pytest.raises(Invalid, match="below 1"):
        COIN.tvar(1.0)


def test_masses_are_a_law() -> None:
    with pytest.raises(AssertionError):
        Distribution(1.0, np.array([0.5, 0.4]))
