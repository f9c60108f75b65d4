"""Whether a right can be pledged: the grounds on which the register refuses, as coded tests."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Final

from kernel.finding import Finding
from underwriting.pledge import grounds_of_life as life
from underwriting.pledge import grounds_of_strife as strife
from underwriting.pledge import grounds_of_title as title
from underwriting.pledge.case import Case
from underwriting.pledge.examined import Examined, Verdict
from underwriting.pledge.forms import PledgedRight
from underwriting.pledge.registers import LATEST, edition

GROUNDS: Final[tuple[Callable[[Case], Examined], ...]] = (
    title.owner,
    life.granted,
    life.in_force,
    life.long_enough,
    life.fees,
    strife.dispute,
    strife.seized,
    strife.invalidation,
    strife.pledged,
    strife.twin,
    title.co_owners,
    title.licence,
    title.related_transfer,
    title.related_appraiser,
)
"""Every test of one right, in the order in which it is reported."""


def grounds_tested(
    right: PledgedRight,
    pledgor: str,
    due: date,
    on: date,
    *,
    others: Collection[str] = (),
    registers: str = LATEST,
) -> tuple[Examined, ...]:
    """Return what every test of a right came to, those that passed too.

    Args:
        right: as stated.
        pledgor: name of the borrower.
        due: day on which the last of the debt falls due.
        on: business date.
        others: numbers of the other rights of the pledge.
        registers: edition of the registers' rules.
    """
    case = Case(right, pledgor, due, on, frozenset(others), edition(registers))
    return tuple(ground(case) for ground in GROUNDS)


def pledgeable(
    right: PledgedRight,
    pledgor: str,
    due: date,
    on: date,
    *,
    others: Collection[str] = (),
    registers: str = LATEST,
) -> Iterator[Finding]:
    """Yield every ground on which the pledge of `right` could not be registered or kept.

    `due` is the day on which the last of the debt falls due.
    """
    for one in grounds_tested(right, pledgor, due, on, others=others, registers=registers):
        if one.verdict is Verdict.FAILED:
            yield one.finding()
