"""What replays changed since the last statement of a claim's recoveries went out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from claims import store as claims
from claims.disposal import store
from claims.disposal.tables import RecoverySharingRow
from claims.rules.disposal.chronology import totals
from claims.tables import RecoveryRow
from kernel.db import books
from kernel.db.tables import EventRow


@dataclass(frozen=True, slots=True)
class Changed:
    """An earlier recovery that is given back otherwise than the last statement had it.

    Attributes:
        row: the recovery.
        before: its edition when the last statement went out.
        now: its edition that stands.
    """

    row: RecoveryRow
    before: RecoverySharingRow
    now: RecoverySharingRow

    @property
    def surplus(self) -> int:
        """By how much its surplus grew, minor units."""
        return self.now.surplus_minor - self.before.surplus_minor

    @property
    def parts(self) -> dict[str, int]:
        """Party -> by how much its part grew, minor units."""
        less = {party: -minor for party, minor in self.before.parts.items()}
        return totals((self.now.parts, less))


def changed_since_told(session: Session, claim_id: str) -> tuple[Changed, ...]:
    """Return the recoveries whose edition that stands is another than the last statement knew.

    Every recovery is told by a statement; each replay names the recoveries of which it wrote a
    new edition.
    """
    times = _times(books.events(session, books.Subject("claim", claim_id)))
    found = []
    for row in claims.recoveries(session, claim_id):
        if times[row.id]:
            every = store.editions(session, row.id)
            found.append(Changed(row, every[-1 - times[row.id]], every[-1]))
    return tuple(one for one in found if one.surplus or any(one.parts.values()))


def _times(events: Iterable[EventRow]) -> Counter[str]:
    """Return recovery id -> how many editions of it were written since the last statement."""
    times: Counter[str] = Counter()
    for event in events:
        if event.kind == "recovered":
            times.clear()
        elif event.kind == "recoveries_replayed":
            times.update(event.payload["recoveries"])
    return times
