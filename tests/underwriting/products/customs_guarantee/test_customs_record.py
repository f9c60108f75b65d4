"""The importer's own record: a gamma law of calls, by hand and by a grid over its rate."""

import numpy as np
import pytest
from customs_proposals import tariff
from hypothesis import given
from hypothesis import strategies as st

from underwriting.products.customs_guarantee.record import experience_of
from underwriting.products.customs_guarantee.risk import Record

TERMS = tariff()


def factor(years: int, calls: int, default: float) -> float:
    return experience_of(Record(years=years, calls=calls), default, TERMS).factor


def test_by_hand() -> None:
    """Weight 2 on 2.5 % a year: five clean years 2 / 2.125; one call in them 3 / 2.125."""
    assert factor(5, 0, 0.025) == pytest.approx(2 / 2.125)
    assert factor(5, 1, 0.025) == pytest.approx(3 / 2.125)
    assert factor(30, 0, 0.15) == 0.7
    assert factor(1, 10, 0.025) == 3.0
    assert experience_of(None, 0.025, TERMS).factor == 1.0


@given(st.integers(1, 10), st.integers(0, 2), st.floats(0.005, 0.06))
def test_it_is_the_mean_of_a_rate_once_calls_are_seen(
    years: int, calls: int, default: float
) -> None:
    """By a grid: gamma of weight 2 around the published rate, Poisson calls."""
    rate = np.linspace(1e-6, 60 * default + 3, 400_001)
    logs = np.log(rate) - 2 * rate / default + calls * np.log(rate) - years * rate
    weights = np.exp(logs - logs.max())
    seen = (rate * weights).sum() / weights.sum() / default
    assert factor(years, calls, default) == pytest.approx(min(3.0, max(0.7, seen)), rel=1e-3)


@given(st.integers(1, 29), st.integers(0, 99), st.floats(0.001, 0.2))
def test_a_call_never_helps_and_a_clean_year_never_hurts(
    years: int, calls: int, default: float
) -> None:
    assert factor(years, calls, default) <= factor(years, calls + 1, default)
    assert factor(years + 1, calls, default) <= factor(years, calls, default)
