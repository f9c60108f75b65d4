"""What became of the lots of a disposal that have ended."""

from typing import Final

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.course import course_of
from claims.disposal.tables import DisposalRow
from claims.rules.disposal.moves import Lot
from claims.rules.disposal.result import Result, result_of
from kernel.db import books

_BACK: Final = (Result.UNSOLD, Result.WITHDRAWN)


def results(session: Session, disposal: DisposalRow) -> dict[str, Result]:
    """Return number -> what became of it, for each lot that has ended.

    Whether it was sold the money tells, as it stands now; of the rest, whether it was tried or
    withdrawn, the trail tells as it was said at the end.
    """
    said = {
        event.payload["lot"]: Result(event.payload["result"])
        for event in books.events(session, books.Subject("claim", disposal.claim_id))
        if event.kind == "lot_closed"
        and event.payload["disposal"] == disposal.number
        and "result" in event.payload
    }
    found = {}
    for lot in lots.lots(session, disposal.id):
        if lot.state == Lot.CLOSED:
            now = result_of(course_of(session, lot))
            found[lot.number] = said.get(lot.number, now) if now in _BACK else now
    return found
