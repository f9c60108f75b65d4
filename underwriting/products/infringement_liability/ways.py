"""The ways in which one claim may fall out: how it ends, what it costs by then, who wins."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from underwriting.disputes import Course, Outcome

_WHOLE = 1e-9


class Owed(StrEnum):
    """What the insured owes in the end."""

    NOTHING = "nothing"
    SETTLEMENT = "settlement"
    AWARD = "award"


class Way(NamedTuple):
    """One way; costs are parts of the whole cost of a suit.

    Attributes:
        chance: per 1; those of a claim sum to 1.
        pre_suit: spent before a suit is brought.
        first_instance: spent there.
        appeal: spent there.
        invalidation: whether a counter-action against the right is brought.
        owed: damages, a settlement, or nothing.
        adverse: part of the own cost that is borne for the winner.
    """

    chance: float
    pre_suit: float
    first_instance: float = 0.0
    appeal: float = 0.0
    invalidation: bool = False
    owed: Owed = Owed.NOTHING
    adverse: float = 0.0


def ways_of(course: Course, place: Mapping[str, Any], *, paid: float, adverse: float,
            challenged: float) -> tuple[Way, ...]:  # fmt: skip
    """Return every way in which a demand may end.

    Args:
        course: how suits end at this court.
        place: the tariff of the court: `letters` that become no suit for each suit, and
            `pre_suit`, the part of the whole cost that a letter takes.
        paid: of suits settled or withdrawn, the part in which money is paid.
        adverse: cost of the winner over the own cost, borne by who loses.
        challenged: chance of a counter-action in a suit.
    """
    letters = float(place["letters"])
    suit = 1.0 / (1.0 + letters)
    ways = [Way(letters * suit, float(place["pre_suit"]))] if letters else []
    for way in _suits(course, float(place["pre_suit"]), paid, adverse):
        for brought, chance in ((False, 1.0 - challenged), (True, challenged)):
            ways.append(way._replace(chance=suit * way.chance * chance, invalidation=brought))
    assert abs(sum(way.chance for way in ways) - 1.0) < _WHOLE, "a claim ends in some way"
    return tuple(way for way in ways if way.chance > 0)


def _suits(course: Course, pre_suit: float, paid: float, adverse: float) -> Iterator[Way]:
    first = _first_instance(course)
    for end in course.ends:
        before = min(pre_suit, end.cost)
        until = min(end.cost, first) if end.stage == "appeal" else end.cost
        there = max(0.0, until - before)
        way = Way(end.chance, before, there, end.cost - before - there)
        if end.outcome is Outcome.SETTLED:
            yield way._replace(chance=end.chance * paid, owed=Owed.SETTLEMENT)
            yield way._replace(chance=end.chance * (1.0 - paid))
        elif end.outcome is Outcome.WON:
            yield way._replace(owed=Owed.AWARD, adverse=adverse * end.cost)
        else:
            yield way


def _first_instance(course: Course) -> float:
    """Return the part of the whole cost that is spent when the first instance ends."""
    return max(end.cost for end in course.ends if end.stage != "appeal")
