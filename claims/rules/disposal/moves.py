"""The states of a lot on its way to money, and the moves between them: one table."""

from enum import StrEnum
from typing import Final

from kernel.errors import Conflict, Fault


class Lot(StrEnum):
    """Where a lot stands."""

    OPENED = "opened"
    VALUED = "valued"
    LISTED = "listed"
    UNSOLD = "unsold"
    AWARDED = "awarded"
    LICENSED = "licensed"
    PAID = "paid"
    CLOSED = "closed"


MOVES: Final = {
    Lot.OPENED: (Lot.VALUED, Lot.CLOSED),
    Lot.VALUED: (Lot.VALUED, Lot.LISTED, Lot.AWARDED, Lot.LICENSED, Lot.CLOSED),
    Lot.LISTED: (Lot.AWARDED, Lot.UNSOLD),
    Lot.UNSOLD: (Lot.VALUED, Lot.LISTED, Lot.AWARDED, Lot.LICENSED, Lot.CLOSED),
    Lot.AWARDED: (Lot.PAID, Lot.AWARDED, Lot.UNSOLD),
    Lot.LICENSED: (Lot.LICENSED, Lot.UNSOLD, Lot.PAID),
    Lot.PAID: (Lot.CLOSED, Lot.AWARDED),
    Lot.CLOSED: (),
}  # fmt: skip
"""From each state, those that an act may lead to. An awarded lot whose buyer defaults goes to the
next bid or is unsold; a licence pays many times before it ends; a price that was put right and is
whole no more is awaited again."""

DONE: Final = (Lot.PAID, Lot.CLOSED)
"""Nothing more is sold of such a lot."""

STEPS: Final = {
    Lot.OPENED: ("已立案", "opened", "委托评估", "have it valued"),
    Lot.VALUED: ("已评估", "valued", "挂牌、协议转让或许可", "list it, sell or license it"),
    Lot.LISTED: ("已挂牌", "listed", "竞价截止后确认成交", "award it when bidding has closed"),
    Lot.UNSOLD: ("流拍", "no sale", "降价再次挂牌或变卖", "list it again lower, or sell it"),
    Lot.AWARDED: ("已成交", "awarded", "收取价款", "take in the price"),
    Lot.LICENSED: ("已许可", "licensed", "按期收取许可费", "take in each period's fee"),
    Lot.PAID: ("已收款", "paid", "结案", "close it"),
    Lot.CLOSED: ("已结", "closed", "", ""),
}
"""State -> what it is called, and what comes next: Chinese, English."""


def move_lot(current: str, to: Lot) -> str:
    """Return the new state.

    Raises:
        Conflict: the move is not in the table; the allowed ones are named.

    >>> move_lot("listed", Lot.AWARDED)
    'awarded'
    """
    allowed = MOVES[Lot(current)]
    if to not in allowed:
        fault = Fault(
            "lot",
            f"a lot that is {current} cannot become {to.value}",
            f"allowed from here: {', '.join(state.value for state in allowed) or 'nothing'}",
        )
        raise Conflict("lot-move-not-allowed", fault)
    return to.value
