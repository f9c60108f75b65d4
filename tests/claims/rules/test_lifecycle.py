"""The states of a claim: every move, allowed or not."""

import itertools

import pytest

from claims.rules.lifecycle import MOVES, NEXT, REOPENS, State, move
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
    assert refused.value.faults[0].cure == NEXT[here]


@pytest.mark.parametrize(
    ("here", "to", "act"),
    [
        (State.NOTIFIED, State.CLOSED, "assess it first"),
        (State.NOTIFIED, State.SETTLED, "assess it first"),
        (State.ACCEPTED, State.CLOSED, "settle it first"),
        (State.CLOSED, State.ACCEPTED, "reopen it first"),
    ],
)
def test_a_refused_move_names_the_act_that_comes_first(here: State, to: State, act: str) -> None:
    with pytest.raises(Conflict) as refused:
        move(here.value, to)
    assert refused.value.faults[0].cure == act


def test_every_state_is_reached_and_left() -> None:
    assert set(MOVES) == set(State)
    assert {to for allowed in MOVES.values() for to in allowed} == set(State)
    assert {here for here, allowed in MOVES.items() if not allowed} == {State.CLOSED}
    assert set(REOPENS.values()) == {State.SETTLED, State.NOTIFIED}


def test_no_payment_without_acceptance() -> None:
    """Only acceptance leads to a settlement."""
    leading = {here for here, allowed in MOVES.items() if State.SETTLED in allowed}
    assert leading == {State.ACCEPTED}
