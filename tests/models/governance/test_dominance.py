"""The count of dominated points is the count of points, one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.governance import metrics, survival
from models.governance.dominance import below_and_level

PAIRS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-3, 3)), min_size=1, max_size=30)


@given(PAIRS, PAIRS)
def test_every_query_counts_its_points(
    points: list[tuple[int, int]], queries: list[tuple[int, int]]
) -> None:
    key, value = np.array(points).T
    when, how = np.array(queries).T
    less, level, every = below_and_level(key, value.astype(float), when, how.astype(float))
    later = key > when[:, None]
    assert less.tolist() == (later & (value < how[:, None])).sum(axis=1).tolist()
    assert level.tolist() == (later & (value == how[:, None])).sum(axis=1).tolist()
    assert every.tolist() == later.sum(axis=1).tolist()


@pytest.mark.parametrize("rows", [1, 2, 3, 64, 65])
def test_any_number_of_ranks(rows: int) -> None:
    """One more bit is walked at each power of two."""
    key, value = np.arange(rows), np.arange(float(rows))
    less, level, every = below_and_level(key, value, np.array([-1]), np.array([float(rows)]))
    assert (less[0], level[0], every[0]) == (rows, 0, rows)
    less, level, _ = below_and_level(key, value, np.array([-1]), np.array([rows - 1.0]))
    assert (less[0], level[0]) == (rows - 1, 1)


def test_numbers_far_apart_and_below_nought() -> None:
    key, value = np.array([5, 9, 7]), np.array([-1e300, 0.0, 1e-300])
    less, level, every = below_and_level(key, value, np.array([6]), np.array([1e-300]))
    assert (less[0], level[0], every[0]) == (1, 1, 2)


def test_all_measures_can_be_had_from_one_module() -> None:
    for name in survival.__all__:
        assert getattr(metrics, name) is getattr(survival, name)
    for name in metrics.__all__:
        assert callable(getattr(metrics, name)), name
    assert sorted(metrics.__all__) == metrics.__all__
