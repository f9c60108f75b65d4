"""What is open when the importer defaults: against scipy's Poisson law, day by day."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from customs_proposals import customs_risk, tariff
from hypothesis import given, settings
from hypothesis import strategies as st
from proposals import cny
from scipy.stats import poisson as scipy_poisson

from underwriting.products.customs_guarantee.drawn import Drawn, drawn, open_declaring_days, poisson

TERMS = tariff()


def law(**parts: Any) -> Drawn:
    return drawn(customs_risk(**parts), TERMS)


def means(found: Drawn) -> list[float]:
    return (found.chances @ found.levels).tolist()


@given(st.lists(st.floats(0, 300), min_size=1, max_size=5), st.integers(1, 400))
def test_the_poisson_law_is_scipys(rates: list[float], most: int) -> None:
    ours = poisson(np.array(rates), most)
    for row, rate in zip(ours, rates, strict=True):
        assert row[:-1] == pytest.approx(scipy_poisson.pmf(range(most), rate), abs=1e-12)
        assert row[-1] == pytest.approx(scipy_poisson.sf(most - 1, rate), abs=1e-11)


@given(st.integers(1, 60), st.integers(1, 60))
def test_open_declaring_days_are_counted(usable: int, wait: int) -> None:
    for day, count in enumerate(open_declaring_days(usable, wait)):
        assert count == sum(1 for one in range(usable) if one <= day < one + wait)
    assert len(open_declaring_days(usable, wait)) == usable + wait - 1


def test_a_full_month_by_hand() -> None:
    """Twelve a month, 15 days open: 144 / 365 x 15 = 5.918 declarations of 260,000.00; at most
    3,000,000.00. April 2025 is full, with 30 days; the limit is reached at the twelfth.
    """
    found = law()
    rate = 144 / 365 * 15
    limited = sum(
        scipy_poisson.pmf(k, rate) * min(3_000_000_00, 260_000_00 * k) for k in range(100)
    )
    assert means(found)[2] == pytest.approx(limited, rel=1e-12)
    assert found.asked[2] == pytest.approx(rate * 260_000_00)
    assert found.chances[2][-1] == pytest.approx(scipy_poisson.sf(11, rate))


def test_first_and_last_month_day_by_day() -> None:
    """From 10 March 2025 to 9 March 2026: 31 days to 9 April, with 1, 2, ... 15, 15, ... open."""
    found = law()
    level = 144 / 365

    def mean(counts: list[int]) -> float:
        every = [
            scipy_poisson.pmf(k, level * c) * min(3_000_000_00, 260_000_00 * k)
            for c in counts
            for k in range(80)
        ]
        return sum(every) / len(counts)

    first = [min(15, day + 1) for day in range(31)]
    last = [max(0, 14 - day) for day in range(31)]
    assert means(found)[0] == pytest.approx(mean(first), rel=1e-12)
    assert means(found)[12] == pytest.approx(mean(last), rel=1e-12)
    assert len(found.chances) == 13


def test_a_single_letter_is_open_to_its_last_due_date() -> None:
    """Usable for 31 days and due 15 days later: to 24 April, 16 of the 30 days of month two.

    The first usable day is 10 March, the last 9 April: 31 + 15 days, 15 of them after 9 April.
    """
    found = law(
        use={"mode": "single", "declarations_per_month": None, "usable_until": "2025-04-09"},
        cover={"amount": cny("200000.00")},
    )
    assert found.levels.tolist() == [0.0, 200_000_00.0]
    assert found.chances.tolist() == [[0.0, 1.0], [pytest.approx(0.5), pytest.approx(0.5)]]
    assert found.asked.tolist() == [260_000_00.0, pytest.approx(130_000_00.0)]


@settings(max_examples=60)
@given(
    st.integers(1, 400),
    st.integers(1_000, 500_000_000),
    st.integers(1, 364),
    st.sampled_from(["payment_term", "aggregated_collection", "taxation_elements"]),
)
def test_each_month_is_a_law_and_its_mean_is_the_limited_mean(
    many: int, amount: int, days: int, purpose: str
) -> None:
    """Also where there are more levels than the grid holds."""
    wait = {"payment_term": 15, "aggregated_collection": 23, "taxation_elements": 90}[purpose]
    until = (date(2025, 3, 10) + timedelta(days=days)).isoformat()
    found = law(
        use={"declarations_per_month": many, "purposes": [purpose], "usable_until": until},
        cover={"amount": cny(f"{amount}.00")},
    )
    assert found.chances.sum(axis=1) == pytest.approx(np.ones(len(found.chances)), abs=1e-9)
    assert found.chances.min() >= 0
    assert (np.diff(found.levels) > 0).all()
    first = [min(wait, day + 1, days + 1, days + wait - day) for day in range(31)]
    rate, counts = many * 12 / 365, np.arange(4_000.0)
    want = np.mean(
        [
            scipy_poisson.pmf(counts, rate * max(0, c))
            @ np.minimum(amount * 100.0, 260_000_00 * counts)
            for c in first
        ]
    )
    assert means(found)[0] == pytest.approx(want, rel=1e-9)


def test_goods_that_owe_nothing_draw_nothing() -> None:
    found = law(goods=[[{"vat_rate": "0"}]])
    assert means(found) == [0.0] * len(found.chances)
