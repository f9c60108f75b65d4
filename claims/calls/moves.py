"""The states of a call and the moves between them: one table."""

from enum import StrEnum
from typing import Final

from kernel.errors import Conflict, Fault


class State(StrEnum):
    """Where a call stands. What was paid of it in parts is an amount and no state."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    NOTICED = "noticed"
    DEFAULTED = "defaulted"
    PAID = "paid"
    RECEIPTED = "receipted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Word(StrEnum):
    """What is said on a call."""

    RAISED = "raised"
    MOVED = "moved"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    LOWERED = "lowered"
    WITHDRAWN = "withdrawn"
    NOTICED = "noticed"
    DEFAULTED = "defaulted"
    PAID = "paid"
    RECEIPTED = "receipted"
    SUPERSEDED = "superseded"


_ENDS: Final = (State.PAID, State.SUPERSEDED, State.WITHDRAWN)
MOVES: Final = {
    State.RAISED: (State.ACCEPTED, State.DISPUTED, State.NOTICED, *_ENDS),
    State.ACCEPTED: (State.NOTICED, *_ENDS),
    State.DISPUTED: (State.UPHELD, *_ENDS),
    State.UPHELD: (State.NOTICED, *_ENDS),
    State.NOTICED: (State.DEFAULTED, *_ENDS),
    State.DEFAULTED: (State.PAID,),
    State.PAID: (State.RECEIPTED,),
    State.RECEIPTED: (),
    State.SUPERSEDED: (),
    State.WITHDRAWN: (),
}
"""From each state, the states that an act may lead to. A dispute that was not upheld ends in a
new settlement, so the call is then superseded or withdrawn; a second dispute is not heard."""

OPEN: Final = (State.RAISED, State.ACCEPTED, State.DISPUTED, State.UPHELD, State.NOTICED)
"""States in which money is awaited and the next settlement may say another amount."""


def move(current: str, to: State) -> str:
    """Return the new state.

    Raises:
        Conflict: the move is not in the table; the allowed ones are named.

    >>> move("raised", State.ACCEPTED)
    'accepted'
    """
    allowed = MOVES[State(current)]
    if to not in allowed:
        names = ", ".join(state.value for state in allowed) or "nothing: it has ended"
        problem = f"a call that is {current} cannot become {to.value}"
        fault = Fault("state", problem, f"allowed from here: {names}")
        raise Conflict("call-move-not-allowed", fault)
    return to.value
