"""The stability index by hand, and its bound against draws in which nothing has moved."""

import numpy as np
import pytest

from kernel.errors import Invalid
from models.governance.metrics import psi, psi_of_counts, psi_of_levels

RNG = np.random.default_rng(8)


def test_by_hand() -> None:
    found = psi_of_counts([50, 50], [60, 40], ["a", "b"])
    assert found.value == pytest.approx(0.1 * np.log(0.6 / 0.5) - 0.1 * np.log(0.4 / 0.5))
    assert found.dof == 1
    assert found.bound == pytest.approx(3.841459 * (1 / 100 + 1 / 100), rel=1e-6)
    assert found.bound_99 == pytest.approx(6.634897 * 0.02, rel=1e-6)
    assert sum(one[3] for one in found.bins) == pytest.approx(found.value)


@pytest.mark.parametrize(("rows", "judged"), [(400, 300), (20_000, 5_000)])
def test_chance_alone_passes_the_bound_as_often_as_it_says(rows: int, judged: int) -> None:
    draws = [psi(RNG.normal(size=rows), RNG.normal(size=judged)) for _ in range(500)]
    assert np.mean([one.value > one.bound for one in draws]) == pytest.approx(0.05, abs=0.03)
    assert np.mean([one.moved for one in draws]) <= 0.03


def test_the_convention_and_the_bound_part_company() -> None:
    """Lewis's bands see a move in 60 rows of noise, and none in 200,000 rows that moved."""
    noise = [psi(RNG.normal(size=60), RNG.normal(size=60)) for _ in range(20)]
    assert sum(one.band != "little" for one in noise) > 15
    assert sum(one.moved for one in noise) <= 2
    moved = psi(RNG.normal(size=200_000), RNG.normal(0.05, 1, 200_000))
    assert moved.band == "little"
    assert moved.moved


def test_the_words_of_the_bands() -> None:
    assert psi_of_counts([50, 50], [50, 50], ["a", "b"]).band == "little"
    assert psi_of_counts([50, 50], [70, 30], ["a", "b"]).band == "moderate"
    assert psi_of_counts([50, 50], [90, 10], ["a", "b"]).band == "much"


def test_missing_is_a_bin_of_its_own() -> None:
    reference = np.append(RNG.normal(size=900), np.full(100, np.nan))
    judged = np.append(RNG.normal(size=500), np.full(500, np.nan))
    found = psi(reference, judged)
    assert found.bins[-1][:3] == ("missing", 0.1, 0.5)
    assert found.moved
    levels = psi_of_levels(["a", None, "b"], ["a", "b", "c"])
    assert [one[0] for one in levels.bins] == ["a", "b", "c", "missing"]


def test_few_distinct_values_make_fewer_bins() -> None:
    found = psi([0.0] * 80 + [1.0] * 20, [0.0] * 50 + [1.0] * 50)
    assert [one[0] for one in found.bins] == ["up to 0", "above 0"]
    assert found.value == pytest.approx(0.3 * np.log(0.8 / 0.5) + 0.3 * np.log(0.5 / 0.2))
    constant = psi([2.0] * 10, [2.0] * 10)
    assert (constant.value, constant.moved) == (0.0, False)


def test_a_constant_that_moved_is_seen() -> None:
    assert psi([2.0] * 100, [np.nan] * 100).moved


def test_an_empty_side_stays_finite() -> None:
    found = psi_of_counts([0, 100], [50, 50], ["new", "old"])
    assert np.isfinite(found.value)
    assert found.moved


def test_it_survives_being_stored() -> None:
    stored = psi([1.0, 2.0, 3.0], [1.0, 2.0, 2.0], 2).json()
    assert stored["band"]
    assert isinstance(stored["bins"], tuple)


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [([0, 0], [1, 2], "hold no rows"), ([1, -1], [1, 2], "no two histograms")],
)
def test_no_histogram_is_refused(expected: list[float], actual: list[float], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        psi_of_counts(expected, actual, ["a", "b"])


def test_empty_samples_are_refused() -> None:
    with pytest.raises(Invalid, match="actual"):
        psi([1.0], [])
    with pytest.raises(Invalid, match="bins"):
        psi([1.0], [1.0], 1)
