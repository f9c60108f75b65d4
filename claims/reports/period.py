"""What is asked of a report: its template, whom it is of, and its period."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kernel.canonical import canonical_sha256
from kernel.errors import Fault, Invalid

WHOM: Final = {
    "bank": ("bank_id", "currency"),
    "supervisor": ("currency",),
    "region": ("currency",),
    "party": ("scheme", "party", "currency"),
}
"""Audience -> what names whom a report is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes:
        template: code.
        opens_on: first day of the period.
        closes_on: last day of it.
        whom: `bank_id`, `scheme`, `party`, `currency`, as the audience of the template needs.
    """

    template: str
    opens_on: date
    closes_on: date
    whom: dict[str, str] = field(default_factory=dict)

    @property
    def series(self) -> str:
        """The editions of one report have this in common."""
        return canonical_sha256(self.json())

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.whom["currency"]

    def json(self) -> dict[str, Any]:
        """What is asked, as it is kept."""
        days = {"opens_on": self.opens_on.isoformat(), "closes_on": self.closes_on.isoformat()}
        return {"template": self.template, "whom": dict(self.whom), **days}

    def covers(self, day: date) -> bool:
        """Is a day in the period?"""
        return self.opens_on <= day <= self.closes_on


def check_asked(asked: Asked, audience: str, today: date) -> None:
    """Refuse a period that is upside down or not over, and whom the template is not for.

    Raises:
        Invalid: with every fault.
    """
    faults = tuple(_faults(asked, audience, today))
    if faults:
        raise Invalid("invalid", *faults)


def _faults(asked: Asked, audience: str, today: date) -> Iterator[Fault]:
    if asked.closes_on < asked.opens_on:
        yield Fault("closes_on", "is before the period opens", "end it later")
    if asked.closes_on > today:
        yield Fault("closes_on", "lies ahead: more may still happen", "end it by today")
    needs = WHOM[audience]
    for name in needs:
        if not asked.whom.get(name):
            yield Fault(f"whom.{name}", "is missing", f"a report for {audience} needs it")
    for name in asked.whom:
        if name not in needs:
            yield Fault(f"whom.{name}", f"is not for {audience}", "leave it out")
