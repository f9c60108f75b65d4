"""Shrinking pays: on appraisers whose truth is known, the shrunk ratio errs least."""

from collections.abc import Mapping

import numpy as np
import pytest

from underwriting.appraisers.law import RecordLaw, record_law
from underwriting.appraisers.record import Case, house_record, own_record, weights

LAW = record_law()
APPRAISERS, BETWEEN, WITHIN = 120, 0.35, 0.8


def a_market(
    seed: int, law: RecordLaw, each: int, many: int = APPRAISERS
) -> tuple[Mapping[str, tuple[Case, ...]], list]:
    """Appraisers with a bias of their own; their true mean ratios beside their cases."""
    rng = np.random.default_rng(seed)
    known, truth = {}, []
    for number in range(many):
        centre = law.log_mean + BETWEEN * rng.standard_normal()
        logs = centre + WITHIN * rng.standard_normal(each)
        sold = rng.random(each) < law.sold
        known[f"a{number}"] = tuple(
            Case(10**8, max(1, round(10**8 * ratio))) if hit else Case(10**8, 0)
            for ratio, hit in zip(np.exp(logs), sold, strict=True)
        )
        truth.append(law.sold * np.exp(centre + WITHIN**2 / 2))
    return known, truth


def squared(guessed: list[float], truth: list[float]) -> float:
    """Mean squared error on the log scale, where the biases are drawn."""
    return float(np.mean((np.log(guessed) - np.log(truth)) ** 2))


@pytest.mark.parametrize("each", [6, 20, 60])
def test_the_shrunk_ratio_errs_less_than_either_alone(each: int) -> None:
    known, truth = a_market(each, LAW, each)
    house, k = house_record(known, LAW), weights(known, LAW)
    shrunk = [own_record(cases, house, k).mean for cases in known.values()]
    alone = [max(1e-4, sum(case.ratio for case in cases) / len(cases)) for cases in known.values()]
    together = [house.mean] * APPRAISERS
    assert squared(shrunk, truth) < squared(alone, truth)
    assert squared(shrunk, truth) < squared(together, truth)


def test_with_very_many_cases_the_own_record_speaks_alone() -> None:
    known, truth = a_market(3, LAW, 800, many=10)
    house, k = house_record(known, LAW), weights(known, LAW)
    own = own_record(known["a7"], house, k)
    assert own.credibility > 0.95
    assert own.sigma == pytest.approx(WITHIN, rel=0.03)
    assert own.mean == pytest.approx(truth[7], rel=0.2)  # 300 sold: three standard errors


def test_the_house_mean_comes_near_its_truth_and_leaves_the_published_one() -> None:
    shifted = {
        name: tuple(Case(case.appraised, 2 * case.realised) for case in cases)
        for name, cases in a_market(5, LAW, 20)[0].items()
    }
    house = house_record(shifted, LAW)
    published = house_record({}, LAW)
    assert house.mu - published.mu == pytest.approx(np.log(2), abs=0.2)
    assert house.credibility > 0.95


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_holds_what_comes_next(seed: int) -> None:
    """Of fresh cases, eight in ten lie between the low and the high that are shown."""
    known, _ = a_market(seed, LAW, 40)
    house, k = house_record(known, LAW), weights(known, LAW)
    rng = np.random.default_rng(100 + seed)
    inside = []
    for cases in known.values():
        own = own_record(cases, house, k)
        low, high = own.quantile(0.1), own.quantile(0.9)
        logs = [np.log(case.ratio) for case in cases if case.realised]
        centre = float(np.mean(logs)) if logs else own.mu
        fresh = np.where(
            rng.random(50) < LAW.sold, np.exp(centre + WITHIN * rng.standard_normal(50)), 0.0
        )
        inside.append(float(np.mean((fresh >= low) & (fresh <= high))))
    assert np.mean(inside) == pytest.approx(0.9, abs=0.03)  # nought is both its tenth and inside


def test_the_order_of_cases_and_appraisers_does_not_matter() -> None:
    known, _ = a_market(1, LAW, 6)
    turned = {name: tuple(reversed(cases)) for name, cases in reversed(list(known.items()))}
    first, second = (house_record(cases, LAW) for cases in (known, turned))
    assert first.mean == pytest.approx(second.mean, rel=1e-12)
    for name in ("a0", "a5"):
        one = own_record(known[name], first, weights(known, LAW)).mean
        assert one == pytest.approx(
            own_record(turned[name], second, weights(turned, LAW)).mean, rel=1e-12
        )
