"""What a pledged right is worth: how long it lives, and what it fetches."""

from math import exp, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.collateral import Disposal, PledgedRight
from models.priors import load_priors
from models.right_life import RightLife

TABLE = load_priors()
KINDS = ("invention", "utility_model", "design", "trademark", "copyright", "ic_layout", "gi")


@pytest.mark.parametrize("kind", KINDS)
def test_every_right_that_can_be_pledged_has_a_life(kind: str) -> None:
    life = RightLife.of(kind, 10, TABLE)
    request, killed = life.priors
    assert life.hazard == request.value * killed.value
    assert 0 < life.hazard < 0.01


def test_the_hazard_is_requests_times_the_chance_of_a_kill() -> None:
    """Inventions in China: 0.00034 requests a year, 25.3 % of them fatal."""
    assert RightLife.of("invention", 10, TABLE).hazard == pytest.approx(0.00034 * 0.253)


def test_a_right_dies_with_its_term() -> None:
    life = RightLife(0.0, 10.0, ())
    assert life.survival(9.999) == 1.0
    assert life.survival(10.0) == 0.0


def test_a_right_that_can_be_renewed_has_no_term() -> None:
    assert RightLife(0.001, inf, ()).survival(100) == pytest.approx(exp(-0.1))


def test_no_rate_no_life() -> None:
    with pytest.raises(Invalid, match="no published figure for invention in ZZ"):
        RightLife.of("invention", 10, TABLE, "ZZ")


def test_the_law_of_a_forced_sale() -> None:
    disposal = Disposal.of(TABLE)
    assert (disposal.recovery_rate, disposal.cost_rate, disposal.years_to_sale) == (0.1, 0.15, 1.5)
    assert [prior.source for prior in disposal.priors] == ["Hamburg-2007", "H8-lgd", "H8-lgd"]


def test_proceeds_by_hand() -> None:
    """1000 and 500 at 10 %, of which one has died at 2 % a year for 3 years."""
    disposal = Disposal(0.1, 0.15, 2.0, ())
    rights = [
        PledgedRight(1000.0, RightLife(0.0, inf, ())),
        PledgedRight(500.0, RightLife(0.02, inf, ())),
    ]
    assert disposal.gross(rights, 1.0) == pytest.approx(100 + 50 * exp(-0.06))


def test_a_right_that_ends_before_the_sale_fetches_nothing() -> None:
    disposal = Disposal(0.1, 0.15, 1.5, ())
    right = PledgedRight(1000.0, RightLife(0.0, 2.0, ()))
    assert disposal.gross([right], 0.4) == pytest.approx(100)
    assert disposal.gross([right], 0.5) == 0


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 1e9))
def test_waiting_never_adds_value(one: float, two: float, value: float) -> None:
    disposal = Disposal.of(TABLE)
    rights = [PledgedRight(value, RightLife.of("design", 9.5, TABLE))]
    early, late = sorted((one, two))
    assert disposal.gross(rights, late) <= disposal.gross(rights, early) <= value
