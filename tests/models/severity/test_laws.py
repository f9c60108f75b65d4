"""Every law against what it states: closed forms, quantiles, densities and moments."""

import itertools
from math import exp, inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from kernel.errors import Invalid
from models.severity import (
    Capped,
    Fixed,
    GeneralisedPareto,
    Law,
    Lognormal,
    Mixture,
    Pareto,
    Spliced,
    law_of,
)

BODY = Lognormal.of_median(260_000, 1.28)
SMOOTH = {
    "lognormal": Lognormal(9.39, 1.67),
    "wide lognormal": Lognormal.of_median(1.9e6, 2.43),
    "pareto": Pareto(1e4, 1.6),
    "pareto at one": Pareto(1e4, 1.0),
    "pareto without a mean": Pareto(1e4, 0.7),
    "pareto at two": Pareto(1e4, 2.0),
    "heavy tail": GeneralisedPareto(1e4, 7e3, 1.3),
    "light tail": GeneralisedPareto(1e4, 7e3, 0.2),
    "exponential": GeneralisedPareto(1e4, 7e3, 0.0),
    "nearly exponential": GeneralisedPareto(1e4, 7e3, 1e-6),
    "shape at the seam": GeneralisedPareto(1e4, 7e3, 1.1e-5),
    "bounded": GeneralisedPareto(1e4, 7e3, -0.3),
    "lomax": GeneralisedPareto(0.0, 12_700, 0.88),
    "spliced": Spliced(BODY, Pareto(1e7, 1.16), 0.002),
    "spliced by a general tail": Spliced(Lognormal(9, 1.5), GeneralisedPareto(5e4, 4e4, 0.5), 0.1),
    "smooth": Spliced.smooth(Lognormal(9, 1.5), Pareto(5e4, 1.4)),
    "mixture": Mixture((0.3, 0.7), (Lognormal(8, 1), Pareto(2e4, 1.8))),
}
LAWS: dict[str, Law] = {
    **SMOOTH,
    "capped": Capped(Lognormal(9.39, 1.67), 4e5),
    "fixed": Fixed(25_000.0),
    "suit": Mixture((0.6, 0.4), (Fixed(0.0), Lognormal(12, 2))),
}
EVERY = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())
EACH_SMOOTH = pytest.mark.parametrize("law", SMOOTH.values(), ids=SMOOTH.keys())
SPANS = ((0.0, 5e3), (0.0, 1e6), (8e3, 3e4), (1e5, 1e6), (5e6, 2e8), (0.0, 1e9))
AMOUNTS = st.floats(1.0, 1e9)


def integral(law: Law, low: float, high: float, order: int) -> float:
    """Integrate order x^(order - 1) S(x), cut at the edges of the law and at each decade."""
    cuts = {low, high, *(edge for edge in law.edges() if low < edge < high)}
    cuts |= {float(cut) for cut in 10.0 ** np.arange(-2, 10) if low < cut < high}
    ends = sorted(cuts)
    total = 0.0
    for start, end in itertools.pairwise(ends):
        part, _ = quad(
            lambda x: order * x ** (order - 1) * float(law.sf(x)),
            start, end, epsabs=0, epsrel=1e-12, limit=200,
        )  # fmt: skip
        total += part
    return total


def end_of(law: Law) -> float:
    """Greatest loss that can be."""
    return float(law.quantile(1.0))


@EVERY
@pytest.mark.parametrize(("low", "high"), SPANS)
def test_closed_forms_are_the_integrals(law: Law, low: float, high: float) -> None:
    top = min(high, end_of(law))
    if top <= low:
        assert float(law.between(low, high)) == 0
        return
    assert float(law.between(low, high)) == pytest.approx(integral(law, low, top, 1), rel=1e-9)
    squares = float(law.squares_between(low, high))
    assert squares == pytest.approx(integral(law, low, top, 2), rel=1e-9)


@EVERY
def test_shapes_are_kept(law: Law) -> None:
    grid = np.array([[0.0, 1e3, 2e4], [1e5, 1e6, 1e8]])
    for answer in (law.sf(grid), law.cdf(grid), law.lev(grid), law.squares_between(0, grid)):
        assert answer.shape == grid.shape
    assert law.quantile(np.array([0.1, 0.9])).shape == (2,)
    one = law.lev(1e5)
    assert float(one) == law.lev(np.array([1e5]))[0]


@EVERY
def test_chances_add_to_one(law: Law) -> None:
    grid = np.concatenate([[0.0], np.geomspace(1, 1e12, 200)])
    assert law.cdf(grid) + law.sf(grid) == pytest.approx(np.ones(201), abs=1e-15)
    assert np.all(np.diff(law.sf(grid)) <= 0)


@EACH_SMOOTH
def test_the_quantile_undoes_the_distribution(law: Law) -> None:
    p = np.array([1e-9, 1e-3, 0.2, 0.5, 0.9, 0.998, 0.9985, 1 - 1e-9])
    assert law.cdf(law.quantile(p)) == pytest.approx(p, rel=1e-7, abs=1e-15)


@pytest.mark.parametrize("name", ["capped", "fixed", "suit"])
def test_the_quantile_is_the_least_loss_that_is_enough(name: str) -> None:
    law = LAWS[name]
    for p in (0.05, 0.3, 0.6, 0.61, 0.99):
        at = float(law.quantile(p))
        assert float(law.cdf(at)) >= p - 1e-12
        assert at == 0 or float(law.cdf(at * (1 - 1e-9))) < p + 1e-8


@EACH_SMOOTH
def test_the_density_is_the_slope(law: Law) -> None:
    edges = np.array([0.0, *law.edges()])
    for x in np.geomspace(3e2, float(law.quantile(0.99999)), 40):
        if x >= end_of(law) or np.min(np.abs(edges - x)) < 1e-3 * x:
            continue
        step = 1e-5 * x
        falls, rises = law.sf(x - step) - law.sf(x + step), law.cdf(x + step) - law.cdf(x - step)
        slope = float(falls if law.cdf(x) > 0.5 else rises) / (2 * step)
        assert exp(float(law.log_density(x))) == pytest.approx(slope, rel=1e-5, abs=1e-300)


def test_laws_equal_those_of_the_library() -> None:
    x = np.geomspace(10, 1e8, 50)
    pairs = [
        (Lognormal(9.39, 1.67), stats.lognorm(1.67, scale=exp(9.39))),
        (Pareto(1e4, 1.6), stats.pareto(1.6, scale=1e4)),
        (GeneralisedPareto(1e4, 7e3, 0.4), stats.genpareto(0.4, 1e4, 7e3)),
        (GeneralisedPareto(1e4, 7e3, -0.3), stats.genpareto(-0.3, 1e4, 7e3)),
        (GeneralisedPareto(1e4, 7e3, 0.0), stats.genpareto(0.0, 1e4, 7e3)),
    ]
    for law, library in pairs:
        assert law.sf(x) == pytest.approx(library.sf(x), rel=1e-11)
        assert law.log_density(x) == pytest.approx(library.logpdf(x), rel=1e-11)
        assert law.quantile([0.1, 0.999]) == pytest.approx(library.ppf([0.1, 0.999]), rel=1e-10)
        assert law.mean() == pytest.approx(library.mean(), rel=1e-12)


def test_far_tails_stay_exact() -> None:
    """At 12 standard deviations 1 - Phi is 1.8e-33; 1 - cdf would be nought."""
    law = Lognormal(0.0, 1.0)
    assert float(law.sf(exp(12))) == pytest.approx(stats.norm.sf(12), rel=1e-12)
    deep = float(law.between(exp(12), exp(13)))
    assert deep == pytest.approx(integral(law, exp(12), exp(13), 1), rel=1e-9)
    assert 0 < deep < 1e-28


@pytest.mark.parametrize("alpha", [0.3, 0.99, 1.0])
def test_no_mean_is_made_up(alpha: float) -> None:
    heavy = Pareto(1e4, alpha)
    assert heavy.mean() == inf
    assert heavy.second_moment() == inf
    assert Mixture((0.999, 0.001), (Lognormal(1, 1), heavy)).mean() == inf
    assert Spliced(Lognormal(8, 1), heavy, 0.01).mean() == inf
    assert GeneralisedPareto(0.0, 1.0, 1 / alpha).mean() == inf
    assert Capped(heavy, 1e6).mean() < 1e6
    assert float(heavy.lev(1e9)) < 1e9


@pytest.mark.parametrize("alpha", [1.01, 1.16, 2.0])
def test_a_mean_without_a_variance(alpha: float) -> None:
    law = Pareto(1e4, alpha)
    assert law.mean() == pytest.approx(alpha * 1e4 / (alpha - 1), rel=1e-9)
    assert law.second_moment() == inf


def test_moments_where_there_are_any() -> None:
    assert Pareto(1e4, 2.5).second_moment() == pytest.approx(2.5 * 1e8 / 0.5, rel=1e-12)
    law = Lognormal(3.0, 1.2)
    assert law.mean() == pytest.approx(exp(3 + 0.72), rel=1e-14)
    assert law.second_moment() == pytest.approx(exp(6 + 2.88), rel=1e-14)
    assert GeneralisedPareto(0, 2.0, 0.0).second_moment() == pytest.approx(8.0, rel=1e-12)


def test_lognormal_from_what_reports_print() -> None:
    assert Lognormal.of_mean(35.78, 1.861).sigma == pytest.approx(2.43, abs=0.005)
    assert Lognormal.of_median(2e6, 1.0).mu == log(2e6)
    with pytest.raises(Invalid, match="above the median"):
        Lognormal.of_mean(1.0, 2.0)


def test_a_splice_has_the_weight_it_states() -> None:
    law = Spliced(BODY, Pareto(1e7, 1.16), 0.002)
    assert float(law.sf(1e7)) == pytest.approx(0.002, rel=1e-12)
    assert float(law.sf(5e7)) == pytest.approx(0.002 * 5**-1.16, rel=1e-12)


def test_the_smooth_splice_has_no_jump() -> None:
    law = Spliced.smooth(Lognormal(9, 1.5), Pareto(5e4, 1.4))
    below, above = law.log_density(np.array([5e4 * (1 - 1e-12), 5e4]))
    assert below == pytest.approx(above, abs=1e-9)
    whole = quad(
        lambda t: exp(float(law.log_density(exp(t))) + t), 0, 60, points=[log(5e4)], limit=200
    )[0]
    assert whole == pytest.approx(1, abs=1e-8)


@EVERY
@given(factor=st.floats(0.01, 100), amount=AMOUNTS)
def test_scaling_moves_every_amount(law: Law, factor: float, amount: float) -> None:
    moved = law.scaled(factor)
    assert float(moved.lev(amount * factor)) == pytest.approx(
        float(law.lev(amount)) * factor, rel=1e-9
    )


@EVERY
@given(one=AMOUNTS, two=AMOUNTS, three=AMOUNTS)
def test_lev_rises_and_bends_down_and_adds_up(
    law: Law, one: float, two: float, three: float
) -> None:
    low, middle, high = sorted((one, two, three))
    a, b, c = (float(law.lev(limit)) for limit in (low, middle, high))
    room = 1e-11 * high
    assert a <= b + room
    assert b <= c + room
    assert 0 <= c <= high + room
    if low < middle < high:
        assert (b - a) * (high - middle) >= (c - b) * (middle - low) - room * (high - low)
    parts = float(law.between(low, middle) + law.between(middle, high))
    assert parts == pytest.approx(float(law.between(low, high)), rel=1e-9, abs=room)


@EVERY
def test_a_law_survives_being_frozen(law: Law) -> None:
    again = law_of(law.json())
    assert again == law
    assert again.json() == law.json()


@EVERY
def test_draws_follow_the_law(law: Law) -> None:
    drawn = law.draw(np.random.default_rng(7), 40_000)
    for limit in (2e4, 3e5):
        held = np.minimum(drawn, limit)
        error = held.std() / sqrt(len(held)) + 1e-9
        assert abs(held.mean() - float(law.lev(limit))) < 4.5 * error


@pytest.mark.parametrize(
    ("frozen", "words"),
    [
        ({"law": "burr"}, "is no law"),
        ({"law": "lognormal", "mu": 1.0}, "missing"),
        ({"law": "lognormal", "mu": 1.0, "sigma": 1.0, "nu": 2.0}, "unexpected"),
        ({"law": "lognormal", "mu": 1.0, "sigma": -1.0}, "above zero"),
        ({"law": "lognormal", "mu": "x", "sigma": 1.0}, "is no lognormal"),
        ({"law": "capped", "of": {"law": "fixed", "amount": 1.0}}, "ceiling"),
        ({"law": "spliced", "body": {"law": "fixed", "amount": 1.0}, "weight": 0.1}, "tail"),
    ],
)
def test_a_frozen_law_that_is_none_is_refused(frozen: dict[str, object], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        law_of(frozen)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Lognormal(inf, 1.0),
        lambda: Lognormal(1.0, 0.0),
        lambda: Pareto(0.0, 1.0),
        lambda: Pareto(1.0, -1.0),
        lambda: GeneralisedPareto(-1.0, 1.0, 0.0),
        lambda: GeneralisedPareto(0.0, 1.0, inf),
        lambda: Spliced(BODY, Pareto(1e7, 1.16), 1.0),
        lambda: Spliced(Pareto(2e7, 1.0), Pareto(1e7, 1.16), 0.1),
        lambda: Spliced.smooth(BODY, Pareto(1e7, 1.16)).tail.scaled(0.0),
        lambda: Mixture((0.5, 0.4), (BODY, BODY)),
        lambda: Mixture((1.0,), ()),
        lambda: Mixture.of({"CN": 0.5, "US": 0.5}, {"CN": BODY}),
        lambda: Capped(BODY, inf),
        lambda: Fixed(-1.0),
    ],
)
def test_what_is_no_law_is_refused(make: object) -> None:
    with pytest.raises(Invalid):
        make()  # type: ignore[operator] # each is a function of nothing


def test_a_share_of_nought_needs_no_law() -> None:
    law = Mixture.of({"CN": 1.0, "US": 0.0}, {"CN": BODY})
    assert law.parts == (BODY,)
