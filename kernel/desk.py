"""The desk an act is done at: one instant, one business date, who does it, for which house."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Desk:
    """What an act is told about the world, asked once.

    Attributes:
        at: the instant, aware, UTC.
        on: the business date, Asia/Shanghai.
        actor: who acts, for the trail.
        insurer: name of the house, for papers.
        calendar: working days, with an end.
        authority: how far the actor may go alone; the lowest level unless said.
    """

    at: datetime
    on: date
    actor: str
    insurer: str
    calendar: Calendar
    authority: str = "clerk"
