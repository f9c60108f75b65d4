"""Fits find the truth through limits and deductibles, within the error that they state."""

import warnings
from collections.abc import Callable

import lifelines
import numpy as np
import pytest
from scipy import stats

from kernel.errors import Invalid
from models.severity import (
    GeneralisedPareto,
    Gumbel,
    Law,
    Lognormal,
    LossAndCost,
    Pareto,
    Spliced,
)
from models.training.severity.bins import fit_bins, match_quantiles
from models.training.severity.families import (
    GAMMA,
    LOGNORMAL,
    LOMAX,
    WEIBULL,
    Family,
    Gamma,
    Weibull,
    generalised_pareto_from,
    pareto_from,
    spliced_from,
)
from models.training.severity.likelihood import compare, fit_law
from models.training.severity.losses import Losses
from models.training.severity.pairs import Pairs, compare_copulas, fit_copula, fit_jointly
from models.training.severity.tail import (
    candidates,
    choose_threshold,
    fit_spliced,
    mean_excess,
    pareto_alpha,
    stability,
)

SEEDS = range(10)
Draw = Callable[[np.random.Generator, int], np.ndarray]


def of(law: Law) -> Draw:
    """Draw from a served law."""
    return law.draw


TRUTHS: dict[str, tuple[Family, Draw, dict[str, float]]] = {
    "lognormal": (LOGNORMAL, of(Lognormal(9.4, 1.7)), {"mu": 9.4, "sigma": 1.7}),
    "lomax": (LOMAX, of(GeneralisedPareto(0, 13e3, 0.9)), {"scale": 13e3, "shape": 0.9}),
    "pareto": (pareto_from(3000.0), of(Pareto(3000.0, 1.2)), {"alpha": 1.2}),
    "generalised pareto": (
        generalised_pareto_from(3000.0),
        of(GeneralisedPareto(3000.0, 2e4, 0.4)),
        {"scale": 2e4, "shape": 0.4},
    ),
    "spliced": (
        spliced_from(4e4),
        of(Spliced(Lognormal(9.4, 1.7), Pareto(4e4, 1.3), 0.2)),
        {"mu": 9.4, "sigma": 1.7, "alpha": 1.3, "weight": 0.2},
    ),
    "gamma": (GAMMA, lambda rng, n: rng.gamma(0.7, 5e4, n), {"shape": 0.7, "scale": 5e4}),
    "weibull": (
        WEIBULL,
        lambda rng, n: 3e4 * rng.weibull(0.6, n),
        {"shape": 0.6, "scale": 3e4},
    ),
}
EVERY = pytest.mark.parametrize("name", TRUTHS)


def through_policies(draw: Draw, seed: int, count: int = 1500) -> Losses:
    """Losses above deductibles, cut at limits: three of each, as policies have them."""
    rng = np.random.default_rng(seed)
    loss = draw(rng, count)
    deductible = rng.choice([0.0, 4000.0, 12_000.0], count)
    limit = rng.choice([5e4, 2e5, 1e6], count)
    seen = loss > deductible
    return Losses.under_limits(loss[seen], limit[seen], deductible=deductible[seen])


@EVERY
def test_the_truth_is_found_on_ten_seeds(name: str) -> None:
    family, draw, truth = TRUTHS[name]
    gaps = []
    for seed in SEEDS:
        losses = through_policies(draw, seed)
        assert 0.01 < losses.censored.mean() < 0.6
        fit = fit_law(family, losses)
        gaps.append([(fit.values[one] - truth[one]) / fit.errors[one] for one in truth])
    assert np.abs(gaps).max() < 4
    assert np.abs(np.mean(gaps, axis=0)).max() < 4 / np.sqrt(len(SEEDS))
    assert 0.4 < np.sqrt(np.mean(np.square(gaps))) < 1.6


@EVERY
def test_who_forgets_limits_and_deductibles_is_wrong(name: str) -> None:
    """The test above can fail: with all rows taken as whole losses it does."""
    family, draw, truth = TRUTHS[name]
    blind = fit_law(family, Losses.of(through_policies(draw, 0).amount))
    assert max(abs(blind.values[one] - truth[one]) / blind.errors[one] for one in truth) > 4


def test_a_second_library_agrees() -> None:
    """Lifelines calls a limit censoring and a deductible entry."""
    losses = through_policies(of(Lognormal(9.4, 1.7)), 3)
    other = lifelines.LogNormalFitter()
    with warnings.catch_warnings():
        # its optimiser takes logarithms of steps that it then leaves again
        warnings.simplefilter("ignore", RuntimeWarning)
        other.fit(losses.amount / 1e4, ~losses.censored, entry=losses.unseen_below / 1e4)
    fit = fit_law(LOGNORMAL, losses)
    assert fit.values["mu"] - np.log(1e4) == pytest.approx(other.mu_, abs=2e-4)
    assert fit.values["sigma"] == pytest.approx(other.sigma_, abs=2e-4)
    assert fit.errors["mu"] == pytest.approx(other.summary.loc["mu_", "se(coef)"], rel=0.01)


def test_whole_losses_have_closed_forms() -> None:
    drawn = Lognormal(9.4, 1.7).draw(np.random.default_rng(5), 400)
    fit = fit_law(LOGNORMAL, Losses.of(drawn))
    logs = np.log(drawn)
    assert fit.values["mu"] == pytest.approx(logs.mean(), abs=1e-6)
    assert fit.values["sigma"] == pytest.approx(logs.std(), rel=1e-6)
    assert fit.errors["mu"] == pytest.approx(logs.std() / 20, rel=1e-4)
    assert fit.errors["sigma"] == pytest.approx(logs.std() / np.sqrt(800), rel=1e-4)
    library = stats.lognorm(logs.std(), scale=np.exp(logs.mean())).logpdf(drawn).sum()
    assert fit.log_likelihood == pytest.approx(library, rel=1e-9)
    assert fit.aic == pytest.approx(4 - 2 * library)
    assert fit.bic == pytest.approx(2 * np.log(400) - 2 * library)


def test_alpha_in_closed_form_is_the_maximum() -> None:
    losses = through_policies(of(Pareto(3000.0, 1.2)), 8)
    fit = fit_law(pareto_from(3000.0), losses.above(3000.0))
    alpha, error = pareto_alpha(losses, 3000.0)
    assert fit.values["alpha"] == pytest.approx(alpha, rel=1e-6)
    assert fit.errors["alpha"] == pytest.approx(error, rel=1e-3)


def test_a_tail_as_the_library_fits_it() -> None:
    drawn = GeneralisedPareto(10.0, 7.0, 0.5).draw(np.random.default_rng(1), 300)
    fit = fit_law(generalised_pareto_from(10.0), Losses.of(drawn))
    shape, _, scale = stats.genpareto.fit(drawn, floc=10.0)
    assert fit.values["shape"] == pytest.approx(shape, abs=1e-3)
    assert fit.values["scale"] == pytest.approx(scale, rel=1e-3)


@pytest.mark.parametrize("law", [Gamma(0.7, 5e4), Weibull(0.6, 3e4)])
def test_comparators_as_in_the_library(law: Gamma | Weibull) -> None:
    x = np.geomspace(10, 1e6, 30)
    library = (
        stats.gamma(0.7, scale=5e4) if isinstance(law, Gamma) else stats.weibull_min(0.6, scale=3e4)
    )
    assert law.log_density(x) == pytest.approx(library.logpdf(x), rel=1e-11)
    assert law.sf(x) == pytest.approx(library.sf(x), rel=1e-11)


def test_weights_stand_for_rows() -> None:
    drawn = Lognormal(9.4, 1.7).draw(np.random.default_rng(5), 60)
    twice = fit_law(LOGNORMAL, Losses.of(np.concatenate([drawn, drawn])))
    weighed = fit_law(LOGNORMAL, Losses.of(drawn, weight=2.0))
    assert weighed.values == pytest.approx(twice.values, rel=1e-6)
    assert weighed.errors == pytest.approx(twice.errors, rel=1e-4)


def test_the_true_law_has_the_smallest_aic() -> None:
    for seed in range(3):
        drawn = Losses.of(Lognormal(9.4, 1.7).draw(np.random.default_rng(seed), 1500))
        order = [fit.family for fit in compare([WEIBULL, GAMMA, LOMAX, LOGNORMAL], drawn)]
        assert order[0] == "lognormal"


def test_bins_find_the_truth() -> None:
    bounds = [5e3, 1e4, 5e4, 1e5, 2e5]
    for seed in SEEDS:
        drawn = Lognormal(9.6, 1.38).draw(np.random.default_rng(seed), 1000)
        counts = np.histogram(drawn, [0, *bounds, np.inf])[0]
        fit = fit_bins(counts, bounds)
        assert abs(fit.values["mu"] - 9.6) < 4 * fit.errors["mu"]
        assert abs(fit.values["sigma"] - 1.38) < 4 * fit.errors["sigma"]


@pytest.mark.parametrize(
    ("counts", "bounds", "sigma", "median", "mean"),
    [
        ([178, 289, 382, 94, 56, 50], [5e3, 1e4, 5e4, 1e5, 2e5], 1.38, 15_200, 39_000),
        ([5, 7, 18, 9, 7, 6, 2], [5e4, 1e5, 3e5, 5e5, 1e6, 3e6], 1.28, 260_000, 590_000),
    ],
)
def test_published_bins(
    counts: list[float], bounds: list[float], sigma: float, median: float, mean: float
) -> None:
    """1,049 Chinese trademark awards; 54 judgments of the Beijing IP Court of 2015."""
    fit = fit_bins(counts, bounds)
    assert fit.values["sigma"] == pytest.approx(sigma, abs=0.005)
    assert float(fit.law.quantile(0.5)) == pytest.approx(median, rel=0.005)
    assert fit.law.mean() == pytest.approx(mean, rel=0.01)


@pytest.mark.parametrize(
    ("quantiles", "median", "sigma"),
    [
        ({0.5: 2e6, 0.75: 1e7}, 2e6, 2.39),
        ({0.5: 2e6, 0.9: 5e7}, 2e6, 2.51),
        ({0.67: 1e4, 0.96: 5e4}, 5_800, 1.23),
        ({0.77: 1e4, 0.97: 5e4}, 3_500, 1.41),
        ({0.23: 1e4, 0.85: 5e4}, 19_500, 0.91),
    ],
)
def test_published_quantiles(quantiles: dict[float, float], median: float, sigma: float) -> None:
    """US awards 2000-13; Changsha trademarks, works and patents 2010-15."""
    law = match_quantiles(quantiles)
    assert float(law.quantile(0.5)) == pytest.approx(median, rel=0.01)
    assert law.sigma == pytest.approx(sigma, abs=0.005)


def a_joint() -> LossAndCost:
    return LossAndCost(Lognormal(9.4, 1.7), Lognormal(8.5, 1.4), Gumbel(1.46))


def some_pairs(seed: int, count: int = 1500) -> Pairs:
    loss, cost = a_joint().draw(count, seed)
    limit = np.random.default_rng(seed).choice([5e4, 2e5, 1e6], count)
    return Pairs(Losses.under_limits(loss, limit), cost)


def test_dependence_is_found_through_limits_on_ten_seeds() -> None:
    gaps = []
    for seed in SEEDS:
        pairs = some_pairs(seed)
        assert pairs.loss.censored.mean() > 0.05
        fit = fit_copula("gumbel", pairs)
        gaps.append((fit.values["theta"] - 1.46) / fit.errors["theta"])
    assert np.abs(gaps).max() < 4
    assert abs(np.mean(gaps)) < 4 / np.sqrt(len(SEEDS))


@pytest.mark.parametrize("seed", range(3))
def test_everything_at_once(seed: int) -> None:
    fit = fit_jointly("gumbel", some_pairs(seed, 800), LOGNORMAL, LOGNORMAL)
    truth = dict(zip(fit.values, (9.4, 1.7, 8.5, 1.4, 1.46), strict=True))
    for name, value in truth.items():
        assert abs(fit.values[name] - value) < 4 * fit.errors[name], name


def test_the_true_copula_has_the_smallest_aic() -> None:
    assert [compare_copulas(some_pairs(seed))[0].family for seed in range(3)] == ["gumbel"] * 3


def test_ranks_without_limits_are_ranks() -> None:
    loss = np.array([5.0, 1.0, 3.0, 3.0, 9.0])
    u, v = Pairs(Losses.of(loss), np.array([2.0, 1.0, 4.0, 5.0, 3.0])).ranks()
    assert u == pytest.approx(stats.rankdata(loss) / 6)
    assert v == pytest.approx(np.array([2, 1, 4, 5, 3]) / 6)


def test_ranks_with_limits_by_hand() -> None:
    """Kaplan-Meier: 1, 2+, 3, 4 -> S 3/4, 3/4, 3/8, 0."""
    losses = Losses.of([1.0, 2.0, 3.0, 4.0], censored=[False, True, False, False])
    u, _ = Pairs(losses, np.ones(4)).ranks()
    steps = np.array([1 / 4, 1 / 4, 5 / 8, 1.0])
    assert u == pytest.approx(steps * 4 / 5)


def test_the_mean_excess_of_a_pareto_is_a_line() -> None:
    """Slope shape / (1 - shape); of an exponential, none."""
    rng = np.random.default_rng(0)
    heavy = Losses.of(GeneralisedPareto(0, 1.0, 0.25).draw(rng, 200_000))
    line = mean_excess(heavy, [0.0, 1.0, 2.0, 4.0])
    for one in line:
        assert abs(one.mean - (1 + 0.25 * one.threshold) / 0.75) < 5 * one.error
    flat = mean_excess(Losses.of(rng.exponential(2.0, 100_000)), [0.5, 3.0])
    assert [one.mean for one in flat] == pytest.approx([2, 2], rel=0.05)
    with pytest.raises(Invalid, match="needs whole losses"):
        mean_excess(Losses.of([1.0, 2.0], censored=True), [0.5])


def test_the_threshold_where_the_tail_begins() -> None:
    """A tail from 40,000 on: thresholds well below it are not taken, those above are alike."""
    law = Spliced(Lognormal(9.0, 0.6), Pareto(4e4, 1.3), 0.2)
    losses = Losses.of(law.draw(np.random.default_rng(12), 4000))
    fits = stability(losses, [5e3, 1e4, 2e4, 4e4, 8e4])
    chosen = choose_threshold(fits)
    assert chosen.threshold in {4e4, 8e4}
    low, high = chosen.band
    assert low < 1 / 1.3 < high
    with pytest.raises(Invalid, match="losses above it"):
        choose_threshold([])


def test_a_body_with_a_tail_is_found_without_its_threshold() -> None:
    law = Spliced(Lognormal(9.0, 1.2), Pareto(8e4, 1.1), 0.08)
    losses = Losses.of(law.draw(np.random.default_rng(3), 4000))
    fit = fit_spliced(losses, candidates(losses))
    assert abs(fit.values["alpha"] - 1.1) < 4 * fit.errors["alpha"]
    assert float(fit.law.lev(1e6)) == pytest.approx(float(law.lev(1e6)), rel=0.1)
    with pytest.raises(Invalid, match="losses above it"):
        fit_spliced(losses, [1e12])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount": [1.0, 0.0]}, "row 2 is not above zero"),
        ({"amount": [1.0, np.nan]}, "row 2 is not above zero"),
        ({"amount": [1.0], "deductible": 1.0}, "not above its deductible"),
        ({"amount": [1.0], "deductible": -1.0}, "from zero up"),
        ({"amount": [1.0], "weight": 0.0}, "weight"),
    ],
)
def test_losses_that_cannot_be_are_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Losses.of(**given)


def test_other_refusals() -> None:
    with pytest.raises(Invalid, match="missing"):
        Losses.under_limits([1.0], [np.nan])
    with pytest.raises(Invalid, match="cannot fit 2 parameters"):
        fit_law(LOGNORMAL, Losses.of([1.0, 2.0]))
    with pytest.raises(Invalid, match="do not part"):
        fit_bins([1, 2], [3.0, 2.0])
    with pytest.raises(Invalid, match="two probabilities"):
        match_quantiles({0.5: 1.0})
    with pytest.raises(Invalid, match="one figure for each"):
        Pairs(Losses.of([1.0, 2.0]), np.array([1.0]))
    with pytest.raises(Invalid, match="hides pairs"):
        Pairs(Losses.of([1.0, 2.0], deductible=0.5), np.array([1.0, 2.0]))
    with pytest.raises(Invalid, match="no whole loss"):
        pareto_alpha(Losses.of([1.0]), 2.0)
