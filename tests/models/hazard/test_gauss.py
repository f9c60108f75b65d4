"""The normal tail without scipy against the standard library and scipy."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.hazard.gauss import upper_tail


def test_equals_erfc_over_the_whole_line() -> None:
    z = np.linspace(-12.0, 36.0, 100_001)
    expected = np.array([0.5 * math.erfc(one / math.sqrt(2.0)) for one in z])
    found = upper_tail(z)
    np.testing.assert_allclose(found, expected, rtol=2e-13, atol=0.0)
    np.testing.assert_allclose(found, stats.norm.sf(z), rtol=1e-12, atol=1e-300)


def test_few_and_many_values_take_different_ways_to_one_answer() -> None:
    z = np.linspace(-6.0, 6.0, 60)
    one_by_one = [float(upper_tail(np.array([one]))[0]) for one in z]
    np.testing.assert_allclose(upper_tail(z), one_by_one, rtol=1e-13)


def test_ends_of_the_line_and_shapes() -> None:
    z = np.tile([[np.inf, -np.inf, 1e9, -1e9]], (10, 1))
    np.testing.assert_array_equal(upper_tail(z), np.tile([[0.0, 1.0, 0.0, 1.0]], (10, 1)))


@given(st.lists(st.lists(st.floats(-40, 40), min_size=8, max_size=8), min_size=1, max_size=6))
def test_arrays_asked_at_once_get_what_each_gets_alone(rows: list[list[float]]) -> None:
    """To the last bit, below and above the size from which arrays are faster."""
    for each in (np.array(rows), np.tile(rows, 3)):
        together = upper_tail(each, alone=each.shape[1])
        assert together.tolist() == [upper_tail(one).tolist() for one in each]
