"""The states of a claim and the moves between them: one table."""

from enum import StrEnum
from typing import Final

from kernel.errors import Conflict, Fault


class State(StrEnum):
    """Where a claim stands."""

    NOTIFIED = "notified"
    PAPERS_REQUESTED = "papers_requested"
    ACCEPTED = "accepted"
    DENIED = "denied"
    SETTLED = "settled"
    CLOSED = "closed"


MOVES: Final = {
    State.NOTIFIED: (State.NOTIFIED, State.PAPERS_REQUESTED, State.ACCEPTED, State.DENIED),
    State.PAPERS_REQUESTED: (
        State.PAPERS_REQUESTED, State.NOTIFIED, State.ACCEPTED, State.DENIED,
    ),
    State.ACCEPTED: (State.SETTLED,),
    State.DENIED: (State.CLOSED,),
    State.SETTLED: (State.CLOSED,),
    State.CLOSED: (),
}  # fmt: skip
"""From each state, the states that an act may lead to."""

REOPENS: Final = {True: State.SETTLED, False: State.NOTIFIED}
"""Where a closed claim stands when it is opened again, by whether it was settled: a denied
claim is looked at anew."""


REVISED: Final = {State.SETTLED: State.NOTIFIED}
"""Where a claim that is revised stands: it is assessed and settled again."""


def revised(current: str) -> str:
    """Return where a claim stands once it is taken up again.

    Raises:
        Conflict: it is not settled.

    >>> revised("settled")
    'notified'
    """
    if current not in REVISED:
        cure = "assess it as it stands" if current != State.CLOSED else "reopen it first"
        fault = Fault("state", f"a claim that is {current} is not revised", cure)
        raise Conflict("claim-move-not-allowed", fault)
    return REVISED[State(current)].value


def move(current: str, to: State) -> str:
    """Return the new state.

    Raises:
        Conflict: the move is not in the table; the allowed ones are named.

    >>> move("accepted", State.SETTLED)
    'settled'
    """
    allowed = MOVES[State(current)]
    if to not in allowed:
        fault = Fault(
            "state",
            f"a claim that is {current} cannot become {to.value}",
            f"allowed from here: {', '.join(state.value for state in allowed) or 'reopening'}",
        )
        raise Conflict("claim-move-not-allowed", fault)
    return to.value
