"""What a source states of one right on one day: bibliography, legal status, and what burdens it.

None is "the source does not say"; an empty tuple is "the source says there is none". The two
are never mixed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register about a right.

    Attributes:
        on: day it was entered, filed or agreed.
        who: what happened, or the other side: pledgee, licensee, opponent, requester.
        until: day it was released, ended or decided; None while it is open.
        note: number of the contract or decision, ground, outcome.
    """

    on: date
    who: str
    until: date | None = None
    note: str = ""

    def open_on(self, day: date) -> bool:
        """Say whether it still stands on `day`."""
        return self.on <= day and (self.until is None or self.until > day)


@dataclass(frozen=True, slots=True)
class RightRecord:
    """One right as a source knew it on one day.

    Attributes:
        number: as the source writes it.
        office: two letters.
        as_of: day the facts were taken.
        source: who states it.
        kind: as a pledge names it: `invention`, `utility_model`, ...
        title: of the right.
        owner: first owner.
        co_owners: the others.
        filed: day of filing.
        granted: day of grant or registration.
        expires: day on which its term ends.
        fees_paid_until: last day that the fees are paid for.
        status: `pending`, `in_force`, `lapsed`, `expired`, `invalidated`, `withdrawn`.
        events: of its legal status.
        family: name of its family.
        ipc: classes, such as `B25J9/16`.
        standard: the standard that it is essential to.
        claims: number of claims.
        citations: by later rights.
        pledges: to whom.
        licences: to whom.
        disputes: over who owns it, with whom.
        invalidations: requests to invalidate it, by whom.
        stated: columns that the source filled in.
    """

    number: str
    office: str
    as_of: date
    source: str
    kind: str
    title: str | None = None
    owner: str | None = None
    co_owners: tuple[str, ...] | None = None
    filed: date | None = None
    granted: date | None = None
    expires: date | None = None
    fees_paid_until: date | None = None
    status: str | None = None
    events: tuple[Entry, ...] | None = None
    family: str | None = None
    ipc: tuple[str, ...] | None = None
    standard: str | None = None
    claims: int | None = None
    citations: int | None = None
    pledges: tuple[Entry, ...] | None = None
    licences: tuple[Entry, ...] | None = None
    disputes: tuple[Entry, ...] | None = None
    invalidations: tuple[Entry, ...] | None = None
    stated: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    @property
    def key(self) -> tuple[str, str]:
        """Office and number in their plain form, by which two files mean one right."""
        return self.office, plain(self.number, self.office)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "RightRecord":
        """Build a record from checked values by column."""
        stated = frozenset(name for name, value in values.items() if value is not None)
        return cls(**values, stated=stated)


COLUMNS = tuple(one.name for one in fields(RightRecord) if one.name != "stated")
"""Names of the columns that a file may have, in order."""


def plain(number: str, office: str) -> str:
    """Return a number in the form that is compared: no blanks, no dots, no `ZL`, capitals.

    >>> plain("ZL 2020 1 0000001.x", "CN")
    '202010000001X'
    """
    text = "".join(mark for mark in number.upper() if mark not in " .")
    return text.removeprefix("ZL") if office == "CN" else text
