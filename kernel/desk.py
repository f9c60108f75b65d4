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
        also: other names under which the same person acts, such as further tokens.
    """

    at: datetime
    on: date
    actor: str
    insurer: str
    calendar: Calendar
    authority: str = "clerk"
    also: frozenset[str] = frozenset()

    def is_of(self, actor: str) -> bool:
        """Say whether what `actor` did was done by the person at this desk: four eyes ask.

        >>> desk = Desk(None, None, "ac_1", "", None, also=frozenset({"ac_2"}))
        >>> desk.is_of("ac_1"), desk.is_of("ac_2"), desk.is_of("ac_3")
        (True, True, False)
        """
        return actor in self.names

    @property
    def names(self) -> frozenset[str]:
        """Every name under which who sits here acts."""
        return self.also | {self.actor}
