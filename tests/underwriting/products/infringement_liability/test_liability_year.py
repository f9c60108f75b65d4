"""The period: the lattice keeps means, and the aggregate agrees with second sources."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from underwriting.pricing.aggregate import Cover, CoverTerms, Distribution, Poisson, policy_year
from underwriting.products.infringement_liability.year import (
    POINTS,
    Claims,
    first_come,
    on_lattice,
)

AGGREGATE = 1_000_000.0
AMOUNTS = st.lists(st.floats(0.0, 2e6), min_size=1, max_size=20)


def claims(number: float, amounts: list[float], months: int = 12) -> Claims:
    paid = np.array(amounts)
    weight = np.full(len(paid), 1 / len(paid))
    return Claims(np.full(months, number / months), weight, paid)


@given(AMOUNTS)
def test_the_lattice_keeps_every_mean(amounts: list[float]) -> None:
    one = claims(1.0, amounts)
    mass = on_lattice(one.weight, one.paid, AGGREGATE)
    points = AGGREGATE / POINTS * np.arange(POINTS + 1)
    assert mass.sum() == pytest.approx(1.0)
    assert mass @ points == pytest.approx(float(np.minimum(one.paid, AGGREGATE).mean()))


@pytest.mark.parametrize("number", [1e-6, 0.05, 1.0, 12.0, 60.0])
def test_one_amount_is_a_poisson_sum(number: float) -> None:
    """Each claim takes a quarter of the aggregate: E min(N, 4) / 4 by the Poisson law itself."""
    chances, term = [], np.exp(-number)
    for count in range(5):
        chances.append(term)
        term *= number / (count + 1)
    by_hand = sum(min(n, 4) * p for n, p in enumerate(chances[:4])) + 4 * (1 - sum(chances[:4]))
    months, law = first_come([claims(number, [AGGREGATE / 4])], AGGREGATE)
    assert months.sum() == pytest.approx(by_hand * AGGREGATE / 4, rel=1e-9)
    assert law.mean() == pytest.approx(months.sum())


def test_first_claims_are_paid_first() -> None:
    months, _ = first_come([claims(3.0, [AGGREGATE])], AGGREGATE)
    assert np.all(np.diff(months) < 0)
    assert months[0] == pytest.approx(AGGREGATE * (1 - np.exp(-0.25)), rel=1e-9)


@given(AMOUNTS, AMOUNTS, st.floats(0.01, 5.0), st.floats(0.01, 5.0))
def test_it_agrees_with_the_aggregate_of_the_house(
    ours: list[float], theirs: list[float], first: float, second: float
) -> None:
    """The same by `policy_year`, on a lattice of its own."""
    pair = [claims(first, ours), claims(second, theirs)]
    covers = [
        Cover(
            str(place), Poisson(number),
            Distribution(AGGREGATE / POINTS, on_lattice(one.weight, one.paid, AGGREGATE)),
            CoverTerms.none(),
        )
        for place, (one, number) in enumerate(zip(pair, (first, second), strict=True))
    ]  # fmt: skip
    known = policy_year(covers, agg_deductible=0.0, agg_limit=AGGREGATE, share=1.0)
    months, law = first_come(pair, AGGREGATE)
    assert float(months.sum()) == pytest.approx(known.distribution.mean(), rel=1e-3, abs=1.0)
    assert law.quantile(0.9) == pytest.approx(known.distribution.quantile(0.9), abs=5000)


def test_an_aggregate_that_is_never_reached_takes_nothing() -> None:
    one = claims(0.02, [10.0, 20.0, 30.0])
    months, _ = first_come([one], 1e6)
    assert months.sum() == pytest.approx(0.02 * 20.0, rel=1e-6)
    assert inf > months.max() > 0
