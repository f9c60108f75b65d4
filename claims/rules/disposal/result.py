"""What became of a lot when it ended: sold, licensed, paid in part, unsold, withdrawn.

A lot always comes to an end. Whatever was not sold for its whole price stays with the pledgee, as
security for what is still owed, until the claim is closed or the right is enforced again.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims.rules.disposal.moves import Lot


class Result(StrEnum):
    """How a lot ended."""

    SOLD = "sold"
    LICENSED = "licensed"
    PART_PAID = "part_paid"
    UNSOLD = "unsold"
    WITHDRAWN = "withdrawn"


WORDS: Final = {
    Result.SOLD: ("已变现", "sold, its price is paid"),
    Result.LICENSED: ("已许可", "licensed, the licence has ended"),
    Result.PART_PAID: ("价款未付清，权利未转移", "its price was paid in part, the right stays"),
    Result.UNSOLD: ("流拍或买受人悔拍，退回质权人", "unsold, or nobody paid: back to the pledgee"),
    Result.WITHDRAWN: ("撤回处置，退回质权人", "withdrawn: back to the pledgee"),
}
"""Result -> its words: Chinese, English."""


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to a lot until it ended.

    Attributes:
        state: in which it is ended.
        way: of its newest award; empty where it was never awarded.
        turn: how often it was listed.
        price: of that award, minor units.
        paid: of it, minor units; deposits kept are no part of it.
    """

    state: str
    way: str = ""
    turn: int = 0
    price: int = 0
    paid: int = 0


def result_of(course: Course) -> Result:
    """Return what became of a lot; the money tells, not the state.

    >>> result_of(Course("awarded", "agreed_sale", 0, 100, 40)).value
    'part_paid'
    >>> result_of(Course("unsold", "auction", 2, 100, 0)).value, result_of(Course("opened")).value
    ('unsold', 'withdrawn')
    """
    if course.way == "licence":
        return Result.LICENSED
    if course.way and course.paid >= course.price:
        return Result.SOLD
    if course.paid:
        return Result.PART_PAID
    tried = course.way or (course.turn and course.state != Lot.LISTED)
    return Result.UNSOLD if tried else Result.WITHDRAWN
