"""The moves of a letter: every pair of states, every act, and what no path may do."""

import itertools
import re

import pytest

from kernel.errors import Conflict
from underwriting.letters.moves import ENDED, IN_FORCE, MOVES, Act, State, acts, drawn, move

PAIRS = list(itertools.product(State, State))


@pytest.mark.parametrize(("here", "to"), PAIRS, ids=lambda state: state.value)
def test_a_move_is_in_the_table_or_refused(here: State, to: State) -> None:
    if to in MOVES[here]:
        assert move(here.value, to) == to.value
        return
    with pytest.raises(Conflict) as refused:
        move(here.value, to)
    assert refused.value.code == "letter-move-not-allowed"
    assert all(state.value in refused.value.faults[0].cure for state in MOVES[here])


def test_every_state_is_reached_and_every_act_leads_somewhere() -> None:
    assert set(MOVES) == set(State)
    reached = {to for allowed in MOVES.values() for to in allowed}
    assert reached == set(State)
    assert {act for here in State for act in acts(here)} == set(Act)
    assert all(led for allowed in MOVES.values() for led in allowed.values())
    assert {State.RELEASED, State.EXPIRED, State.REVOKED, State.LAPSED} == ENDED


def reachable(start: State, without: frozenset[State]) -> set[State]:
    seen, rows = {start}, [start]
    for here in rows:
        new = [to for to in MOVES[here] if to not in seen | without]
        seen.update(new)
        rows += new
    return seen


@pytest.mark.parametrize(
    "needed", [State.APPROVED, State.SIGNED, State.SENT, State.ACCEPTED], ids=lambda one: one.value
)
def test_nothing_is_used_without_what_comes_before(needed: State) -> None:
    """No way from the draft to use goes round approval, signature, dispatch and acceptance."""
    around = reachable(State.DRAFT, frozenset({needed}))
    assert not around & {State.IN_USE, State.DEMANDED, State.PAID}


def test_nothing_is_paid_without_a_demand() -> None:
    assert State.PAID not in reachable(State.DRAFT, frozenset({State.DEMANDED}))


def test_an_ended_letter_is_reached_from_everywhere() -> None:
    for here in State:
        assert reachable(here, frozenset()) & ENDED


def test_a_demanded_letter_does_not_expire_or_fall_away() -> None:
    assert not {State.EXPIRED, State.REVOKED, State.LAPSED} & set(MOVES[State.DEMANDED])


def test_versions_leave_a_letter_where_it_is() -> None:
    for here, allowed in MOVES.items():
        for to, led in allowed.items():
            if Act.AMEND in led:
                assert here == to
                assert here in IN_FORCE


def test_each_act_leads_to_one_state_but_where_demands_stay_open() -> None:
    several = {
        (here, act)
        for here, allowed in MOVES.items()
        for act in acts(here)
        if sum(act in led for led in allowed.values()) > 1
    }
    answers = (Act.PAY, Act.REFUSE_DEMAND, Act.EXTEND)
    assert several == {(State.DEMANDED, act) for act in answers}


def test_the_picture_holds_every_move() -> None:
    text = drawn()
    assert text.startswith("stateDiagram-v2\n    [*] --> draft\n")
    arrows = set(re.findall(r"^    (\w+) --> (\w+): (.+)$", text, re.MULTILINE))
    assert arrows == {
        (here.value, to.value, ", ".join(led))
        for here, allowed in MOVES.items()
        for to, led in allowed.items()
    }
    assert {one[0] for one in re.findall(r"(\w+) --> (\[\*\])", text)} == {*ENDED}
