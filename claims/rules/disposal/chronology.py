"""Giving all recoveries of a claim back in the order of their value dates, whenever they came.

Costs of recovery come off first, also within a day: of one value date, what cost more than it
brought stands before what brought money. So the sum that is given back follows from the days
alone, and not from which of two receipts was recorded first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kernel.sharing import GivenBack, Recovery, RecoveryRule, Standing, give_back


@dataclass(frozen=True, slots=True)
class Came:
    """One recovery as it came in.

    Attributes:
        id: of the recovery.
        value_date: the day of the money; it alone decides the place.
        sequence: in which order they were recorded; of one day, costs are before proceeds, and
            among their like it decides.
        recovery: gross and costs, minor units.
    """

    id: str
    value_date: date
    sequence: int
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Shared:
    """A recovery in its place.

    Attributes:
        came: the recovery.
        carried: costs that those before it left unmet, minor units.
        back: what became of it.
    """

    came: Came
    carried: int
    back: GivenBack


def in_order(recoveries: Iterable[Came]) -> tuple[Came, ...]:
    """Return recoveries by value date; of one day costs first, then as they were recorded.

    >>> nil = Recovery(0, 0)
    >>> late = Came("late", date(2026, 3, 1), 2, nil)
    >>> [one.id for one in in_order([Came("early", date(2026, 5, 1), 1, nil), late])]
    ['late', 'early']
    """
    return tuple(sorted(recoveries, key=_place))


def _place(one: Came) -> tuple[date, bool, int]:
    brings = one.recovery.gross >= one.recovery.costs
    return one.value_date, brings, one.sequence


def given_in_order(
    rule: RecoveryRule, tranches: Sequence[Mapping[str, int]], recoveries: Iterable[Came]
) -> tuple[Shared, ...]:
    """Give every recovery back, the earliest value date first, on one loss.

    The order in which they were recorded makes no difference to their sum, and to a party's
    part only within a day, by its rounding.

    >>> came = Came("one", date(2026, 3, 1), 1, Recovery(100, 10))
    >>> shared = given_in_order(RecoveryRule.PRO_RATA, [{"insurer": 60, "bank": 40}], [came])
    >>> dict(shared[0].back.parts)
    {'insurer': 54, 'bank': 36}
    """
    given: dict[str, int] = {}
    carried, done = 0, []
    for came in in_order(recoveries):
        back = give_back(rule, Standing(tranches, dict(given), carried), came.recovery)
        done.append(Shared(came, carried, back))
        for party, minor in back.parts.items():
            given[party] = given.get(party, 0) + minor
        carried = back.costs_carried
    return tuple(done)


def met_first(placed: Iterable[Shared], owed: int, party: str) -> tuple[Shared, ...]:
    """Let what is over meet first what its owner still owes, minor units, as the part of `party`.

    >>> came = Came("one", date(2026, 3, 1), 1, Recovery(100, 0))
    >>> over = given_in_order(RecoveryRule.PRO_RATA, [{"insurer": 60}], [came])
    >>> back = met_first(over, 15, "beyond")[0].back
    >>> dict(back.parts), back.surplus
    ({'insurer': 60, 'beyond': 15}, 25)
    """
    left, done = owed, []
    for one in placed:
        met = min(left, one.back.surplus)
        left -= met
        parts = {**one.back.parts, party: met} if met else one.back.parts
        back = replace(one.back, parts=parts, surplus=one.back.surplus - met)
        done.append(replace(one, back=back))
    return tuple(done)


def totals(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add parts up party by party, minor units.

    >>> totals([{"bank": 1, "fund": 2}, {"bank": 3}])
    {'bank': 4, 'fund': 2}
    """
    sums: dict[str, int] = {}
    for each in parts:
        for party, minor in each.items():
            sums[party] = sums.get(party, 0) + minor
    return sums
