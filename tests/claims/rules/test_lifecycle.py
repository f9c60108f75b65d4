"""The states of a claim: every move, allowed or not."""

import itertools

import pytest

from claims.rules.lifecycle import MOVES, REOPENS, State, move
from kernel.errors import Conflict

PAIRS = list(itertools.product(State, State))


@pytest.mark.parametrize(("here", "to"), PAIRS, ids=lambda state: state.value)
def test_a_move_is_in_the_table_or_refused(here: State, to: State) -> None:
    if to in MOVES[here]:
        assert move(here.value, to) == to.value
        return
    with pytest.raises(Conflict) as refused:
        move(here.value, to)
    assert refused.value.code == "claim-move-not-allowed"
    assert all(state.value in refused.value.faults[0].cure for state in MOVES[here])


def test_every_state_is_reached_and_left() -> None:
    assert set(MOVES) == set(State)
    assert {to for allowed in MOVES.values() for to in allowed} == set(State)
    assert {here for here, allowed in MOVES.items() if not allowed} == {State.CLOSED}
    assert set(REOPENS.values()) == {State.SETTLED, State.NOTIFIED}


def test_no_payment_without_acceptance() -> None:
    """Only acceptance leads to a settlement."""
    leading = {here for here, allowed in MOVES.items() if State.SETTLED in allowed}
    assert leading == {State.ACCEPTED}
