"""Copulas against their definitions, closed taus against draws, and what is paid of both."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from kernel.errors import Invalid
from models.severity import (
    COPULAS,
    Clayton,
    Copula,
    Fixed,
    Frank,
    Gaussian,
    GeneralisedPareto,
    Gumbel,
    Law,
    Lognormal,
    LossAndCost,
    Mixture,
    Pareto,
    Spliced,
    Terms,
    Treatment,
    copula_of,
)

TIED = [family.of_tau(tau) for family in COPULAS.values() for tau in (0.1, 0.3, 0.7)]
TIED += [Frank.of_tau(-0.4), Gaussian.of_tau(-0.4), Gaussian(0.0), Gumbel(1.0)]
EVERY = pytest.mark.parametrize("copula", TIED, ids=str)
INSIDE = st.floats(0.001, 0.999)
MIDDLE = st.floats(0.03, 0.97)
LOSS, COST = Lognormal(9.39, 1.67), Lognormal(8.52, 1.43)
TREATMENTS: tuple[Treatment, ...] = ("inside", "outside", "pro_rata")


@EVERY
def test_tau_in_closed_form_is_tau_of_draws(copula: Copula) -> None:
    """The error of a sample tau of independent pairs is sqrt(2 (2n + 5) / 9n (n - 1))."""
    size = 20_000
    u, v = copula.draw(np.random.default_rng(3), size)
    error = sqrt(2 * (2 * size + 5) / (9 * size * (size - 1)))
    assert abs(stats.kendalltau(u, v).statistic - copula.tau()) < 4 * error
    for side in (u, v):
        assert stats.kstest(side, "uniform").pvalue > 1e-3


@EVERY
@given(u=MIDDLE, v=MIDDLE)
def test_given_is_the_slope_and_the_density_its_slope(copula: Copula, u: float, v: float) -> None:
    step = 1e-5
    slope = float(copula.cdf(u + step, v) - copula.cdf(u - step, v)) / (2 * step)
    assert float(copula.given(v, u)) == pytest.approx(slope, abs=1e-6)
    rise = float(copula.given(v + step, u) - copula.given(v - step, u)) / (2 * step)
    assert np.exp(float(copula.log_density(u, v))) == pytest.approx(rise, rel=1e-4, abs=1e-6)


@EVERY
@given(u=INSIDE, q=INSIDE)
def test_invert_undoes_given(copula: Copula, u: float, q: float) -> None:
    assert float(copula.given(copula.invert(q, u), u)) == pytest.approx(q, abs=1e-7)


@EVERY
@given(u=INSIDE, v=INSIDE)
def test_a_copula_lies_between_its_bounds(copula: Copula, u: float, v: float) -> None:
    at = float(copula.cdf(u, v))
    assert max(u + v - 1, 0) - 1e-12 <= at <= min(u, v) + 1e-12
    assert at == pytest.approx(float(copula.cdf(v, u)), abs=1e-12)
    assert float(copula.cdf(u, 1.0)) == pytest.approx(u, abs=1e-12)
    above = float(copula.both_above(1 - u, 1 - v))
    assert above == pytest.approx(1 - u - v + at, abs=1e-12)


def test_gumbel_in_the_far_tail() -> None:
    """Upper tail dependence: P(both above) / P(one above) -> 2 - 2^(1 / theta)."""
    tied = Gumbel(1.46)
    assert float(tied.both_above(1e-12, 1e-12)) / 1e-12 == pytest.approx(
        2 - 2 ** (1 / 1.46), rel=1e-9
    )
    assert float(Clayton.of_tau(0.3).both_above(1e-6, 1e-6)) / 1e-6 < 1e-5


def test_taus_by_the_books() -> None:
    assert Gumbel.of_tau(0.3).theta == pytest.approx(1 / 0.7)
    assert Clayton.of_tau(0.3).theta == pytest.approx(6 / 7)
    assert Gaussian.of_tau(0.3).rho == pytest.approx(0.45399, abs=1e-5)
    assert Frank.of_tau(0.3).theta == pytest.approx(2.9174, abs=1e-4)
    assert Frank(5.0).tau() == pytest.approx(0.4567, abs=1e-4)


def test_the_normal_copula_is_the_normal_law() -> None:
    tied = Gaussian(0.6)
    library = stats.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]])
    for x, y in ((0.3, -0.2), (1.5, 1.0), (-2.0, 0.4)):
        expected = library.cdf([x, y])
        assert float(tied.cdf(stats.norm.cdf(x), stats.norm.cdf(y))) == pytest.approx(
            expected, abs=1e-6
        )


@EVERY
def test_a_copula_survives_being_frozen(copula: Copula) -> None:
    assert copula_of(copula.json()) == copula


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Gumbel(0.9), "from 1 up"),
        (lambda: Gumbel.of_tau(-0.1), "fits no gumbel"),
        (lambda: Clayton.of_tau(0.0), "fits no clayton"),
        (lambda: Clayton(inf), "above 0"),
        (lambda: Gaussian(1.0), "correlation"),
        (lambda: Gaussian.of_tau(1.0), "fits no gaussian"),
        (lambda: Frank(0.0), "not 0"),
        (lambda: Frank.of_tau(0.0), "not 0"),
        (lambda: copula_of({"copula": "joe", "theta": 2.0}), "is no copula"),
        (lambda: copula_of({"copula": "gumbel"}), "missing"),
    ],
)
def test_what_is_no_copula_is_refused(make: object, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        make()  # type: ignore[operator] # each is a function of nothing


PAIRS: dict[str, tuple[Law, Law]] = {
    "lognormals": (LOSS, COST),
    "pareto cost": (LOSS, GeneralisedPareto(0.0, 6800.0, 0.45)),
    "spliced loss": (Spliced(LOSS, Pareto(2e5, 1.2), 0.05), COST),
    "mostly no award": (Mixture((0.7, 0.3), (Fixed(0.0), LOSS)), COST),
}
TERMS = (
    Terms(retention=1e4, limit=1e5, share=0.8),
    Terms(retention=5e4, limit=1e6),
    Terms(retention=0, limit=1e5),
)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(
    "copula", [Gumbel.of_tau(0.3), Clayton.of_tau(0.5), Frank.of_tau(-0.3)], ids=str
)
def test_expected_payments_against_simulation(name: str, copula: Copula) -> None:
    joint = LossAndCost(*PAIRS[name], copula)
    loss, cost = joint.draw(60_000, seed=5)
    for how in TREATMENTS:
        for terms in TERMS:
            paid = joint.payment(loss, cost, terms, how)
            error = paid.std() / sqrt(len(paid))
            reached = joint.expected_payment(terms, how)
            assert abs(paid.mean() - reached) < 4 * error, (how, terms)


@pytest.mark.parametrize("copula", [Gumbel.of_tau(0.3), Gaussian.of_tau(0.3)], ids=str)
def test_inside_the_limit_against_a_double_integral(copula: Copula) -> None:
    """E[payment] over normal quantiles of the loss and of the cost given the loss."""
    joint, terms = LossAndCost(LOSS, COST, copula), Terms(retention=2e4, limit=1e5)

    grid = np.linspace(-8, 8, 801)
    u = stats.norm.cdf(grid)
    costs = COST.quantile(copula.invert(u[None, :], u[:, None]))
    paid = terms.payment(LOSS.quantile(u)[:, None] + costs)
    weights = stats.norm.pdf(grid)
    weights /= weights.sum()
    summed = weights @ paid @ weights
    assert joint.expected_payment(terms, "inside") == pytest.approx(summed, rel=1e-4)


def test_independence_by_convolution() -> None:
    """With independent amounts E[min(X + Y, L)] is one integral over the cost."""
    joint = LossAndCost(LOSS, COST, Gaussian(0.0))
    density = lambda t: np.exp(float(COST.log_density(np.exp(t))) + t)  # noqa: E731 - two factors of one integrand

    def part(t: float) -> float:
        cost = np.exp(t)
        return density(t) * (min(cost, 1e5) + float(LOSS.lev(max(1e5 - cost, 0.0))))

    summed = quad(part, -5, 25, points=[np.log(1e5), 8.5], epsrel=1e-11, limit=400)[0]
    assert joint.lev_of_sum(1e5) == pytest.approx(summed, rel=1e-9)
    apart = joint.expected_payment(Terms(retention=0, limit=inf), "inside")
    assert apart == pytest.approx(LOSS.mean() + COST.mean(), rel=1e-12)


def test_pro_rata_when_independent() -> None:
    """E[w(X) Y] = E[w(X)] E[Y]."""
    joint, terms = LossAndCost(LOSS, COST, Gaussian(0.0)), Terms(retention=5e4, limit=1e6)
    part = quad(
        lambda t: 5e4 * np.exp(-t) * float(LOSS.sf(np.exp(t))), np.log(5e4), np.log(1.05e6)
    )[0]
    indemnity = float(LOSS.between(5e4, 1.05e6))
    reached = joint.expected_payment(terms, "pro_rata")
    assert reached == pytest.approx(indemnity + part * COST.mean(), rel=1e-8)


def test_dependence_makes_high_layers_dearer() -> None:
    terms = Terms(retention=2e5, limit=1e6)
    prices = [
        LossAndCost(LOSS, COST, Gumbel.of_tau(tau)).expected_payment(terms, how)
        for how in ("inside", "pro_rata")
        for tau in (0.0, 0.15, 0.3, 0.6)
    ]
    for four in (prices[:4], prices[4:]):
        assert sorted(four) == four
    outside = [
        LossAndCost(LOSS, COST, Gumbel.of_tau(tau)).expected_payment(terms, "outside")
        for tau in (0.0, 0.6)
    ]
    assert outside[0] == pytest.approx(outside[1], rel=1e-12)


def test_the_order_of_the_treatments_by_hand() -> None:
    joint = LossAndCost(LOSS, COST, Gumbel.of_tau(0.3))
    terms = Terms(retention=100, limit=300, share=0.5)
    loss, cost = np.array([50.0, 400.0, 2000.0]), np.array([150.0, 100.0, 100.0])
    assert joint.payment(loss, cost, terms, "inside").tolist() == [50, 200, 300]
    assert joint.payment(loss, cost, terms, "outside").tolist() == [75, 200, 350]
    third = 300 + 0.5 * 600 / 700 * 100
    assert joint.payment(loss, cost, terms, "pro_rata").tolist() == pytest.approx([0, 187.5, third])


def test_costs_drawn_for_given_losses() -> None:
    joint = LossAndCost(LOSS, COST, Gumbel.of_tau(0.3))
    small, large = (
        joint.draw_cost(np.full(20_000, 1e3), 1),
        joint.draw_cost(np.full(20_000, 1e6), 1),
    )
    assert np.median(large) > 3 * np.median(small)
    for loss, costs in ((1e3, small), (1e6, large)):
        assert np.mean(costs <= joint.cost_quantile(0.9, loss)) == pytest.approx(0.9, abs=0.01)


def test_the_same_seed_gives_the_same_draws() -> None:
    joint = LossAndCost(LOSS, COST, Gumbel.of_tau(0.3))
    one, two = joint.draw(100, seed=9), joint.draw(100, seed=9)
    assert np.array_equal(one, two)
    assert not np.array_equal(one[0], joint.draw(100, seed=10)[0])


def test_mean_cost_above_a_loss() -> None:
    joint = LossAndCost(LOSS, COST, Gumbel.of_tau(0.3))
    loss, cost = joint.draw(400_000, seed=2)
    above = np.where(loss > 5e4, cost, 0)
    assert abs(joint.mean_cost_above(5e4) - above.mean()) < 4 * above.std() / sqrt(len(above))
    assert joint.mean_cost_above(0.0) == pytest.approx(COST.mean(), rel=1e-8)


def test_an_endless_cost_must_be_held() -> None:
    joint = LossAndCost(LOSS, Pareto(1e3, 0.9), Gumbel.of_tau(0.3))
    terms = Terms(retention=1e4, limit=1e5)
    assert joint.expected_payment(terms, "inside") < 1e5
    with pytest.raises(Invalid, match="inside the limit"):
        joint.expected_payment(terms, "outside")
