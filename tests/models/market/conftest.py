"""Ten markets, drawn once for all tests of a run."""

from collections.abc import Callable

import pytest

from models.market import Market, make_market

SEEDS = range(10)


@pytest.fixture(scope="session")
def markets() -> list[Market]:
    return [make_market(seed) for seed in SEEDS]


@pytest.fixture(scope="session")
def small() -> Callable[[int], Market]:
    return lambda seed: make_market(seed, 0.05)
