"""The lines of a claim after average and double insurance, exact."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from claims.rules.by_line import shared_alone
from claims.rules.coverage.proportion import Proportion, share_of
from claims.rules.kinds.kind import Kind, Stated
from claims.rules.line import Line
from kernel.money import Money, allocate, round_half_up

_NO_END: Final = 10**18
"""More minor units than any claim has."""


def borne(kind: Kind, stated: Stated, found: Sequence[Proportion]) -> tuple[Line, ...]:
    """Return every line with what this policy bears of it.

    The loss is worked out as if the sum insured had no end, the proportion is taken of it, and
    the sum insured still free caps what is left, line by line: the law shares the loss and not
    what the limit leaves. The parts sum to the proportion of the whole, rounded half up.
    """
    if not found:
        return kind.approve(stated)
    whole = kind.approve(replace(stated, room=_NO_END))
    total = sum(line.approved for line in whole)
    if not total:
        return whole
    kept = allocate(
        round_half_up(total * share_of(tuple(found))), [line.approved for line in whole]
    )
    words = "; ".join(one.words for one in found)
    cut = [
        replace(line, approved=minor, reason=_with(line.reason, words))
        if minor < line.approved
        else line
        for line, minor in zip(whole, kept, strict=True)
    ]
    return tuple(_within(kind, cut, stated))


def _within(kind: Kind, lines: list[Line], stated: Stated) -> list[Line]:
    """Fill the sum insured still free, in the order of the lines that the scheme shares.

    A line that stands beside the sum insured neither fills it nor is held to it.
    """
    room, filled, currency = stated.room, [], stated.contract.currency
    for line in lines:
        shared = shared_alone(kind, lines, line, currency, stated.loss_base) > 0
        fills = shared and line.code not in kind.beside
        if fills and line.approved > room:
            off = Money(line.approved - room, currency)
            words = f"余下保险金额 sum insured still free: -{off}"
            filled.append(replace(line, approved=room, reason=_with(line.reason, words)))
        else:
            filled.append(line)
        room -= filled[-1].approved if fills else 0
    return filled


def _with(reason: str, more: str) -> str:
    return f"{reason}; {more}" if reason else more
