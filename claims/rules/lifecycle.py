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

OPEN: Final = (State.NOTIFIED, State.PAPERS_REQUESTED)
"""States in which a claim is looked at and not decided."""

ENDED: Final = (State.CLOSED, State.DENIED)
"""States in which nothing more is done on a claim: it is reopened first."""

REOPENS: Final = {True: State.SETTLED, False: State.NOTIFIED}
"""Where a claim that ended stands when it is opened again, by whether it was settled: a denied
claim is looked at anew, closed or not."""


NEXT: Final = {
    State.NOTIFIED: "assess it first",
    State.PAPERS_REQUESTED: "assess it first, once its papers are here",
    State.ACCEPTED: "settle it first",
    State.DENIED: "reopen it first: it is then looked at anew",
    State.SETTLED: "revise it first to assess and settle it anew, or close it",
    State.CLOSED: "reopen it first",
}
"""State -> the act that comes first, where another was asked for that it does not allow."""

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
        cure = "reopen it first" if current in ENDED else "assess it as it stands"
        fault = Fault("state", f"a claim that is {current} is not revised", cure)
        raise Conflict("claim-move-not-allowed", fault)
    return REVISED[State(current)].value


def move(current: str, to: State) -> str:
    """Return the new state.

    Raises:
        Conflict: the move is not in the table; the act that comes first is named.

    >>> move("accepted", State.SETTLED)
    'settled'
    """
    if to not in MOVES[State(current)]:
        problem = f"a claim that is {current} cannot become {to.value}"
        fault = Fault("state", problem, NEXT[State(current)])
        raise Conflict("claim-move-not-allowed", fault)
    return to.value
