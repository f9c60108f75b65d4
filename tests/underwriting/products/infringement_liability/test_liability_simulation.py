"""The price against an independent simulation of the wording."""

import numpy as np
import pytest
from liability_cases import SAMPLE, proposal, yuan
from liability_compare import SUSPECT, compared, random_proposal, settled
from liability_simulation import first_come, gumbel
from scipy.stats import kendalltau

PATHS = 10_000_000


def test_the_simulated_copula_has_the_stated_tau() -> None:
    u, v = gumbel(np.random.default_rng(1), 20_000, 0.3)
    assert kendalltau(u, v).statistic == pytest.approx(0.3, abs=0.015)
    assert np.mean(u) == pytest.approx(0.5, abs=0.01)


def test_claims_of_a_path_share_one_aggregate_in_order_of_time() -> None:
    path = np.array([0, 0, 0, 4, 7, 7])
    amounts = np.array([60.0, 60.0, 60.0, 500.0, 99.0, 2.0])
    assert first_come(path, amounts, 100.0).tolist() == [60.0, 40.0, 0.0, 100.0, 99.0, 1.0]


@pytest.mark.parametrize(
    "wire",
    [
        SAMPLE,
        proposal(defence="outside", limit=yuan(300000), aggregate=yuan(300000), months=36),
        proposal(sales={"US": 4e8, "UPC": 1e8}, npe_sublimit=yuan(200000),
                 extended_reporting_months=12, retroactive_date="2025-03-10"),
    ],
    ids=["sample", "outside", "overseas"],
)  # fmt: skip
def test_a_price_is_what_the_wording_pays_on_half_a_million_paths(wire: dict[str, object]) -> None:
    assert abs(compared(wire, 500_000, seed=7).errors) < 3.5


@pytest.mark.slow
def test_twenty_random_risks_are_within_three_standard_errors() -> None:
    rng = np.random.default_rng(2025)
    found = [settled(random_proposal(rng), PATHS, 2025 + number) for number in range(20)]
    assert max(abs(one.errors) for one in found) < SUSPECT
    assert min(one.error / one.simulated for one in found) < 0.001  # it tells a thousandth
