"""An overdue loan before its claim: its days, its states, and the letters of demand due."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from claims.rules.clocks import LIMITATION_MONTHS
from kernel.errors import Conflict, Fault
from kernel.period import add_days, add_months
from underwriting.rules.contract import Contract


class State(StrEnum):
    """Where an overdue loan stands; it lapses by itself when nobody claims it in time."""

    REPORTED = "reported"
    DUNNED = "dunned"
    CURED = "cured"
    EXTENDED = "extended"
    CLAIMED = "claimed"
    LAPSED = "lapsed"


class Step(StrEnum):
    """Who demands payment."""

    BANK = "bank"
    JOINT = "joint"


OPEN: Final = (State.REPORTED, State.DUNNED)
"""States in which something is still awaited."""


@dataclass(frozen=True, slots=True)
class Days:
    """The clocks of an overdue loan.

    Attributes:
        notice_by: last day on which the notice is in time.
        waiting_from: first day of the waiting period.
        waiting_ends: last day of it.
        payable_from: first day on which a claim may be paid.
        claim_by: last day on which it may be claimed (Insurance Law art. 26).
    """

    notice_by: date
    waiting_from: date
    waiting_ends: date
    payable_from: date
    claim_by: date


def days_of(contract: Contract, since: date, known_on: date) -> Days:
    """Return the clocks of a loan that is unpaid since a day, which the bank knew of on another."""
    ends = add_days(since, contract.waiting_days)
    return Days(
        notice_by=add_days(known_on, contract.notice_days),
        waiting_from=add_days(since, 1),
        waiting_ends=ends,
        payable_from=add_days(ends, 1),
        claim_by=add_months(known_on, LIMITATION_MONTHS),
    )


def stands(state: str, claim_by: date, on: date) -> State:
    """Return where a case stands on a day: open ones lapse after the last day for a claim.

    >>> stands("dunned", date(2028, 3, 11), date(2028, 3, 12))
    <State.LAPSED: 'lapsed'>
    """
    kept = State(state)
    return State.LAPSED if kept in OPEN and on > claim_by else kept


def check_open(state: State, what: str) -> None:
    """Refuse an act on a case that has ended.

    Raises:
        Conflict: it has.
    """
    if state not in OPEN:
        words = f"the overdue loan is {state.value}: {what}"
        raise Conflict("overdue-ended", Fault("overdue", words, "report the later overdue, if any"))


def check_step(made: tuple[str, ...], step: Step) -> None:
    """Refuse a letter out of order: the bank demands first, then both together, a step each.

    Raises:
        Conflict: the step was made, or the one before it was not.
    """
    if step in made:
        fault = Fault("step", f"the {step.value} letter is sent", "record its service")
        raise Conflict("dunning-order", fault)
    if step is Step.JOINT and Step.BANK not in made:
        fault = Fault("step", "the bank has not demanded by itself yet", "send the bank's first")
        raise Conflict("dunning-order", fault)


def dunning() -> Mapping[str, Any]:
    """Return the table of letters of demand.

    >>> sorted(dunning()["steps"])
    ['bank', 'joint']
    """
    return _table()


@cache
def _table() -> dict[str, Any]:
    written = tomllib.loads((files(__package__) / "dunning.toml").read_text(encoding="utf-8"))
    for row in (*written["steps"].values(), written["early"]):
        assert row["source"], "a figure has a source"
        assert row["grade"] in "ABCK", "a figure has a grade"
    return written
