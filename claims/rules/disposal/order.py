"""In which order securities are enforced: the debtor's own first, unless agreed otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.rules.disposal.moves import DONE, Lot
from kernel.finding import Effect, Finding


@dataclass(frozen=True, slots=True)
class Security:
    """A lot as the order sees it.

    Attributes:
        number: of the right.
        own: is it the debtor's own?
        state: of the lot.
        turn: how often it was listed.
    """

    number: str
    own: bool
    state: str
    turn: int = 0


def debtors_first(lots: Sequence[Security], wanted: Security, *, agreed: bool) -> Finding | None:
    """Return what stands against enforcing `wanted` now; None where nothing does.

    Civil Code, art. 392: where the debtor itself gave security it is enforced first, unless the
    order was agreed. What failed to sell once and is licensed or sold no longer stands before it.
    """
    if agreed or wanted.own:
        return None
    before = [one.number for one in lots if one.own and not _tried(one)]
    if not before:
        return None
    named = ", ".join(before)
    return Finding(
        "debtor-first",
        Effect.WAIT,
        f"the debtor's own security is still to be enforced: {named}",
        f"应先就债务人自己的担保财产实现债权：{named}",
        "民法典 Civil Code art. 392",
        "enforce it first, or state that the order was agreed",
    )


def _tried(one: Security) -> bool:
    """Say whether a lot was turned into money, or could not be."""
    return one.state in (*DONE, Lot.LICENSED) or (one.state == Lot.UNSOLD and one.turn > 0)
