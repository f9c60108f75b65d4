"""Principal repaid, day by day and against the plan: what lets cover fall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from underwriting.rules.earning_cover import Repaid
from underwriting.watch.account import account
from underwriting.watch.counting import counting
from underwriting.watch.loan_event import LoanEvent, LoanEventKind
from underwriting.watch.schedule import Due, planned

_PAYS = (LoanEventKind.REPAID, LoanEventKind.PREPAID)


@dataclass(frozen=True, slots=True)
class Progress:
    """Principal repaid by the end of a day, minor units.

    Attributes:
        repaid: in all.
        planned: by the agreed plan.
    """

    repaid: int
    planned: int

    @property
    def ahead(self) -> int:
        """Repaid before it is due; below nothing: behind the plan."""
        return self.repaid - self.planned


def repaid(events: Iterable[LoanEvent], plan: tuple[Due, ...], on: date) -> Progress:
    """Return the principal repaid by the end of a day, ahead of or behind the plan."""
    return Progress(account(counting(events, on)).repaid, planned(plan, on))


def repaid_by_day(events: Iterable[LoanEvent]) -> Repaid | None:
    """Return day -> principal repaid on it; None where nobody reports this loan's events.

    A loan that is reported and not repaid gives an empty record: nothing was repaid. Principal
    that is drawn again is owed again: it stands below nothing on its day.
    """
    seen = tuple(events)
    if not seen:
        return None
    found: dict[date, int] = {}
    for one in counting(seen):
        sign = 1 if one.kind in _PAYS else -1 if one.kind is LoanEventKind.REDRAWN else 0
        if sign and one.principal:
            found[one.happened_on] = found.get(one.happened_on, 0) + sign * one.principal
    return found
