"""The price against a simulation of the wording that shares no code with it."""

import pytest
from loss_cases import QUOTED, a_basis, a_proposal, checked, random_proposal, tariff
from monte_carlo import World, simulate

from underwriting.products.infringement_loss.rating import rate
from underwriting.products.infringement_loss.schedule import schedule_of

ERRORS = 3.0
"""Standard errors."""


def both(proposal: dict, paths: int, seed: int) -> tuple[float, float, float]:
    """Price, simulated mean, standard error."""
    found = sum(peril.expected for peril in rate(checked(proposal), a_basis()).perils)
    rate_of = tariff()["discount_rate"]
    return found, *simulate(proposal, on=QUOTED, discount_rate=rate_of, paths=paths, seed=seed)


@pytest.mark.parametrize("seed", range(20))
def test_the_two_read_the_same_figures(seed: int) -> None:
    """Filings and means of the laws agree before anything is drawn."""
    proposal = random_proposal(seed)
    schedule = schedule_of(checked(proposal), a_basis())
    unit = 1 if proposal["cover"]["limit"]["currency"] == "JPY" else 100
    for right, stated in zip(schedule.rights, proposal["rights"], strict=True):
        world = World(stated, proposal, QUOTED)
        assert right.yearly == pytest.approx([sum(pair) for pair in world.yearly])
        assert right.laws.profit.mean() == pytest.approx(world.profit.mean * unit)
        assert right.laws.cost.mean() == pytest.approx(world.cost.mean * unit)
        ends = [(end.outcome.value, end.chance, end.cost) for end in right.laws.ends]
        for ours, theirs in zip(sorted(ends), sorted(world.ends), strict=True):
            assert ours[0] == theirs[0]
            assert ours[1:] == pytest.approx(theirs[1:])


def test_a_plain_proposal() -> None:
    price, mean, error = both(a_proposal(), 2_000_000, seed=11)
    assert abs(price - mean) < ERRORS * error
    assert error < 0.02 * mean


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_proposal_drawn_at_random(seed: int) -> None:
    price, mean, error = both(random_proposal(seed), 1_000_000, seed=1000 + seed)
    assert abs(price - mean) < ERRORS * error
