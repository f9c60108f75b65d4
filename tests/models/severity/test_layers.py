"""Layers, increased limits and credits, against brute force and published figures."""

import itertools
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.severity import (
    Lognormal,
    Pareto,
    Spliced,
    Terms,
    deductible_credit,
    expected_payment,
    increased_limit_factor,
    layer,
    loss_elimination_ratio,
    payment_square,
)

US = Lognormal.of_median(1.9e6, 2.43)
CHINA = Lognormal.of_median(110_000, 1.28)
LAWS = (US, CHINA, Pareto(1e4, 1.16), Spliced(CHINA, Pareto(1e7, 0.9), 0.002))
LAW = st.sampled_from(LAWS)
AMOUNT = st.floats(1e3, 1e8)


@pytest.mark.parametrize(
    ("law", "base", "limit", "published"),
    [
        (US, 1e6, 5e6, 3.4),
        (US, 1e6, 10e6, 5.4),
        (US, 1e6, 25e6, 9.2),
        (US, 1e6, 100e6, 17.6),
        (CHINA, 5e5, 1e6, 1.20),
        (CHINA, 5e5, 5e6, 1.41),
    ],
)
def test_published_increased_limits(
    law: Lognormal, base: float, limit: float, published: float
) -> None:
    digits = 1 if law is US else 2
    assert round(float(increased_limit_factor(law, limit, base)), digits) == published


def test_the_order_is_retention_share_limit() -> None:
    """500 loss: 400 above the retention, 320 for the insurer's share, 300 at most."""
    terms = Terms(retention=100, limit=300, share=0.8)
    assert terms.payment([50, 100, 200, 475, 500]).tolist() == [0, 0, 80, 300, 300]
    assert terms.top == 475


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(
    "terms",
    [
        Terms(retention=0, limit=1e5),
        Terms(retention=5e4, limit=1e6, share=0.8),
        Terms(retention=1e6, limit=5e6, share=0.5),
    ],
)
def test_expected_payments_against_simulation(law: Lognormal, terms: Terms) -> None:
    paid = terms.payment(law.draw(np.random.default_rng(11), 200_000))
    error = paid.std() / sqrt(len(paid))
    assert abs(paid.mean() - expected_payment(law, terms)) < 4 * error
    squares = paid**2
    spread = squares.std() / sqrt(len(paid))
    assert abs(squares.mean() - payment_square(law, terms)) < 4 * spread


@given(LAW, st.lists(AMOUNT, min_size=2, max_size=5, unique=True))
def test_layers_add_up(law: Lognormal, cuts: list[float]) -> None:
    ends = [0.0, *sorted(cuts)]
    parts = [layer(law, top - low, low) for low, top in itertools.pairwise(ends)]
    assert sum(parts) == pytest.approx(float(law.lev(ends[-1])), rel=1e-9)


@given(LAW, AMOUNT, AMOUNT, AMOUNT)
def test_higher_limits_cost_more_by_falling_steps(
    law: Lognormal, base: float, one: float, two: float
) -> None:
    low, high = sorted((one, two))
    lower, higher = increased_limit_factor(law, np.array([low, high]), base)
    assert lower <= higher * (1 + 1e-12)
    assert higher / lower <= high / low * (1 + 1e-9)
    assert float(increased_limit_factor(law, base, base)) == 1


@given(LAW, AMOUNT, st.floats(0, 0.99))
def test_a_deductible_earns_what_it_takes_off(law: Lognormal, limit: float, part: float) -> None:
    deductible = part * limit
    credit = deductible_credit(law, deductible, limit)
    assert 0 <= credit <= 1
    kept = layer(law, limit - deductible, deductible) / float(law.lev(limit))
    assert credit == pytest.approx(1 - kept, abs=1e-9)


def test_the_ratio_of_eliminated_loss() -> None:
    assert loss_elimination_ratio(CHINA, 1e12) == pytest.approx(1, rel=1e-12)
    assert loss_elimination_ratio(CHINA, 0.0) == 0
    with pytest.raises(Invalid, match="infinite mean"):
        loss_elimination_ratio(Pareto(1e4, 1.0), 1e5)


def test_no_limit_must_be_said() -> None:
    whole = Terms(retention=1e5, limit=inf)
    assert expected_payment(CHINA, whole) == pytest.approx(
        CHINA.mean() - float(CHINA.lev(1e5)), rel=1e-9
    )
    assert expected_payment(Pareto(1e4, 0.9), whole) == inf
    assert payment_square(Pareto(1e4, 1.5), whole) == inf
    with pytest.raises(TypeError):
        Terms(retention=1e5)  # type: ignore[call-arg] # that is the point


@pytest.mark.parametrize(
    "terms",
    [
        {"retention": -1, "limit": 1},
        {"retention": inf, "limit": 1},
        {"retention": 0, "limit": 0},
        {"retention": 0, "limit": float("nan")},
        {"retention": 0, "limit": 1, "share": 0},
        {"retention": 0, "limit": 1, "share": 1.1},
    ],
)
def test_terms_that_cannot_be_are_refused(terms: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        Terms(**terms)


def test_a_deductible_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Invalid, match="not below the limit"):
        deductible_credit(CHINA, 2e5, 1e5)
