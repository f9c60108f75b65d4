"""ACT: a settled claim is taken up again, to be assessed and settled anew."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from claims.facts import case_of
from claims.reserving.keep import set_reserve
from claims.rules.lifecycle import revised
from claims.tables import ClaimRow
from claims.worth import first_reserve
from kernel.db import books
from kernel.desk import Desk

_OF_A_DECISION: Final = ("assessed_on", "agreed_on", "settled_on", "adjusted", "repairs")
"""What the file keeps of a decision; the next one writes it anew."""
_FIRST: Final = {"first_assessed_on": "assessed_on", "first_agreed_on": "agreed_on"}
"""What the file keeps for its clocks -> of which day of the first decision."""


def revise(session: Session, claim_id: str, reason: str, *, desk: Desk) -> ClaimRow:
    """Bring a settled claim back to where it is assessed; its settlements stand until then.

    Raises:
        Conflict: it is not settled.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    row.state = revised(row.state)
    again = [*row.file.get("revised", ()), {"on": desk.on.isoformat(), "reason": reason}]
    kept = {k: v for k, v in row.file.items() if k not in _OF_A_DECISION}
    row.file = {**_first(row.file), **kept, "revised": again}
    set_reserve(session, row, first_reserve(session, case, desk), desk)
    session.add(row)
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "revised", {"reason": reason}, actor=desk.actor, at=desk.at)
    return row


def _first(file: Mapping[str, Any]) -> dict[str, Any]:
    """Return the days of a decision under the names by which the clocks keep the first one's."""
    return {name: file[key] for name, key in _FIRST.items() if key in file}
