"""Claims made: the closed forms against numerical integrals, and what they must obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import truncexpon

from underwriting.products.infringement_liability.claims_made import ClaimsMade, Lag

LAG = Lag(2.5, 6.0)
BACK = st.floats(0.0, 12.0)


@given(BACK)
def test_the_covered_part_is_the_law_of_the_lag(years: float) -> None:
    law = truncexpon(b=LAG.longest / LAG.mean, scale=LAG.mean)
    assert LAG.covered(years) == pytest.approx(law.cdf(years), abs=1e-12)


@given(BACK)
def test_the_area_is_the_integral(years: float) -> None:
    found, _ = quad(LAG.covered, 0.0, years, points=[min(6.0, years)])
    assert LAG.area(years) == pytest.approx(found, abs=1e-8)


@given(BACK, st.integers(12, 36), st.integers(1, 36))
def test_months_are_integrals_of_what_is_covered(back: float, months: int, extended: int) -> None:
    found = ClaimsMade(back, months, extended).exposure(LAG)
    assert len(found) == months + extended
    middle = (np.arange(months) + 0.5) / 12
    by_hand = [LAG.covered(back + at) / 12 for at in middle]
    assert found[:months] == pytest.approx(by_hand, abs=1e-4)
    end = back + months / 12
    after = [(LAG.covered(end + at) - LAG.covered(at)) / 12
             for at in (np.arange(extended) + 0.5) / 12]  # fmt: skip
    assert found[months:] == pytest.approx(after, abs=1e-4)


@given(BACK, st.floats(0.0, 3.0), st.integers(12, 36))
def test_an_earlier_retroactive_date_covers_no_less(back: float, more: float, months: int) -> None:
    later = ClaimsMade(back, months, 12).exposure(LAG)
    earlier = ClaimsMade(back + more, months, 12).exposure(LAG)
    assert all(a >= b - 1e-12 for a, b in zip(earlier, later, strict=True))
    assert all(0 <= one <= 1 / 12 + 1e-12 for one in earlier)


def test_a_cover_that_looks_back_as_far_as_courts_do_covers_every_suit() -> None:
    assert ClaimsMade(6.0, 12, 0).exposure(LAG) == pytest.approx([1 / 12] * 12)


def test_a_first_year_without_past_acts_covers_a_fifth() -> None:
    assert sum(ClaimsMade(0.0, 12, 0).exposure(LAG)) == pytest.approx(0.1933, abs=1e-4)
