"""The price against the simulated wording: some paths always, ten million where time allows."""

import numpy as np
import pytest
from customs_proposals import checked, customs_basis, shared
from customs_simulation import PD, Importer, beside, made, tax_of
from proposals import cny

from models.priors import load_priors
from underwriting.products.customs_guarantee.highest import tax_of_a_declaration
from underwriting.products.customs_guarantee.rating import rate

ERRORS = 3.0


@pytest.mark.parametrize("seed", range(40, 46))
def test_the_price_is_what_the_wording_costs(seed: int) -> None:
    price, seen = beside(seed, 1_000_000)
    assert abs(price - seen.mean) < (ERRORS + 0.5) * seen.error


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(7, 27))
def test_the_price_is_what_the_wording_costs_on_ten_million_paths(seed: int) -> None:
    price, seen = beside(seed, 10_000_000)
    assert seen.error < 0.011 * seen.mean
    assert abs(price - seen.mean) < ERRORS * seen.error


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [("open_days", "payment_term", 17), ("surcharge_days", "to_the_demand", 60)],
)
def test_the_simulation_sees_a_wrong_figure(table: str, name: str, value: int) -> None:
    proposal, share = made(9)
    assert proposal["use"]["purposes"] == ["payment_term"]
    assert proposal["cover"]["surcharge"] == "beyond"
    risk = checked(proposal)
    basis = customs_basis(risk, scheme=shared(str(share)))
    seen = Importer(proposal, share).simulate(10_000_000, 3)
    assert abs(rate(risk, basis).pure - seen.mean) < ERRORS * seen.error
    basis.terms["figures"][table][name]["value"] = value
    assert abs(rate(risk, basis).pure - seen.mean) > ERRORS * seen.error


def test_the_simulation_sees_an_arrear_that_is_left_out() -> None:
    proposal, share = made(9)
    seen = Importer(proposal, share).simulate(10_000_000, 3)
    clean = checked({**proposal, "arrears": {**proposal["arrears"], "amount": cny("30000000.00")}})
    price = rate(clean, customs_basis(clean, scheme=shared(str(share)))).pure
    assert abs(price - seen.mean) > ERRORS * seen.error


def test_the_figures_of_the_simulation_are_those_that_are_published() -> None:
    for grade, default in PD.items():
        assert load_priors().find("default_1y", grade).value == default


def test_its_tax_is_ours() -> None:
    for seed in range(30):
        proposal, _ = made(seed)
        assert tax_of(proposal["goods"]) == tax_of_a_declaration(checked(proposal).goods)


def test_the_error_is_that_of_the_mean() -> None:
    """Twenty runs scatter as one run says."""
    proposal, share = made(20)
    runs = [Importer(proposal, share).simulate(200_000, seed) for seed in range(20)]
    spread = np.std([run.mean for run in runs], ddof=1)
    assert 0.6 < spread / np.mean([run.error for run in runs]) < 1.5
