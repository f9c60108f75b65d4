"""The states of a letter and the moves between them: one table, with the acts that lead.

    move(current, to) -> str      the new state, or Conflict naming what is allowed
    acts(current) -> acts that may be done from here
    drawn() -> the table as Mermaid text

What the table cannot say, because it hangs on a day or on somebody's word, `guards` says.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from kernel.errors import Conflict, Fault


class State(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SIGNED = "signed"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    IN_USE = "in_use"
    DEMANDED = "demanded"
    PAID = "paid"
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LAPSED = "lapsed"


class Act(StrEnum):
    """What leads from one state to another."""

    APPROVE = "approve"
    SEND_BACK = "send_back"
    SIGN = "sign"
    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CORRECT = "correct"
    RESERVE = "reserve"
    TAX_PAID = "tax_paid"
    AMEND = "amend"
    EXTEND = "extend"
    DEMAND = "demand"
    REFUSE_DEMAND = "refuse_demand"
    PAY = "pay"
    RELEASE = "release"
    EXPIRE = "expire"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"


_LIVES = (Act.RESERVE, Act.TAX_PAID, Act.AMEND, Act.EXTEND)
_ENDS: Final = {
    State.RELEASED: (Act.RELEASE,),
    State.EXPIRED: (Act.EXPIRE,),
    State.REVOKED: (Act.REVOKE,),
}

MOVES: Final[Mapping[State, Mapping[State, tuple[Act, ...]]]] = {
    State.DRAFT: {State.APPROVED: (Act.APPROVE,), State.LAPSED: (Act.WITHDRAW,)},
    State.APPROVED: {
        State.SIGNED: (Act.SIGN,), State.DRAFT: (Act.SEND_BACK,), State.LAPSED: (Act.WITHDRAW,),
    },
    State.SIGNED: {
        State.SENT: (Act.SEND,), State.REVOKED: (Act.REVOKE,), State.LAPSED: (Act.WITHDRAW,),
    },
    State.SENT: {
        State.ACCEPTED: (Act.ACCEPT,), State.REFUSED: (Act.REFUSE,),
        State.REVOKED: (Act.REVOKE,), State.LAPSED: (Act.WITHDRAW,),
    },
    State.REFUSED: {State.DRAFT: (Act.CORRECT,), State.LAPSED: (Act.WITHDRAW,)},
    State.ACCEPTED: {
        State.ACCEPTED: (Act.AMEND, Act.EXTEND), State.IN_USE: (Act.RESERVE,), **_ENDS,
    },
    State.IN_USE: {State.IN_USE: _LIVES, State.DEMANDED: (Act.DEMAND,), **_ENDS},
    State.DEMANDED: {
        State.DEMANDED: (*_LIVES, Act.DEMAND, Act.PAY, Act.REFUSE_DEMAND),
        State.PAID: (Act.PAY,), State.IN_USE: (Act.REFUSE_DEMAND, Act.EXTEND),
        State.RELEASED: (Act.RELEASE,),
    },
    State.PAID: {
        State.PAID: (Act.TAX_PAID, Act.AMEND, Act.EXTEND), State.IN_USE: (Act.RESERVE,),
        State.DEMANDED: (Act.DEMAND,), **_ENDS,
    },
    State.EXPIRED: {State.DEMANDED: (Act.DEMAND,)},
    State.RELEASED: {}, State.REVOKED: {}, State.LAPSED: {},
}  # fmt: skip
"""From each state, the states that an act may lead to, and those acts.

A letter with several demands open stays demanded until the last is paid or refused. Amendment
and extension are new versions of a letter that stays where it is. One that has expired is demanded
again where a demand that came in time is recorded late.
"""

ENDED: Final = frozenset({State.RELEASED, State.EXPIRED, State.REVOKED, State.LAPSED})
"""A letter that stands here binds nobody any more; nothing leads on but a demand that had come."""

OPEN_EDITIONS: Final = frozenset({State.DRAFT, State.APPROVED, State.SIGNED, State.SENT})
"""Standings of an edition on which nobody has decided yet."""

IN_FORCE: Final = frozenset({State.ACCEPTED, State.IN_USE, State.DEMANDED, State.PAID})
"""Customs may rely on a letter that stands here."""


def move(current: str, to: State) -> str:
    """Return the new state.

    Raises:
        Conflict: the move is not in the table; the allowed ones are named.

    >>> move("draft", State.APPROVED)
    'approved'
    """
    allowed = MOVES[State(current)]
    if to not in allowed:
        fault = Fault(
            "state",
            f"a letter that is {current} cannot become {to.value}",
            f"allowed from here: {', '.join(allowed) or 'nothing, it has ended'}",
        )
        raise Conflict("letter-move-not-allowed", fault)
    return to.value


def acts(current: str) -> tuple[Act, ...]:
    """Return every act that may be done from a state, each once, in the order of the table.

    >>> [act.value for act in acts("sent")]
    ['accept', 'refuse', 'revoke', 'withdraw']
    """
    return tuple(dict.fromkeys(act for led in MOVES[State(current)].values() for act in led))


def drawn() -> str:
    """Return the table as the text of a Mermaid state diagram."""
    rows = [f"    [*] --> {State.DRAFT}"]
    for here, allowed in MOVES.items():
        for to, led in allowed.items():
            rows.append(f"    {here} --> {to}: {', '.join(led)}")
        if here in ENDED:
            rows.append(f"    {here} --> [*]")
    return "\n".join(["stateDiagram-v2", *rows, ""])
