"""ACT: the insurer states its own figures of a quarter's end; a statement is never changed."""

from dataclasses import asdict
from datetime import timedelta

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from underwriting.holdings import store
from underwriting.holdings.tables import MeansRow
from underwriting.portfolio.means import RATIOS, Means


def state_means(session: Session, means: Means, *, desk: Desk) -> MeansRow:
    """Record the figures that the statutory limits are measured against.

    Raises:
        Invalid: the day lies ahead, or the figures contradict one another; all faults at once.
        Conflict: figures are stated for that day and currency already.
    """
    faults = _faults(means, desk)
    if faults:
        raise Invalid("means-invalid", *faults)
    earlier = store.means_stated(session, means.currency)
    if any(row.as_of == means.as_of for row in earlier):
        fault = Fault("as_of", f"figures are stated for {means.as_of}", "state the next quarter")
        raise Conflict("means-twice", fault)
    stated = {**asdict(means), **{name: str(getattr(means, name)) for name in RATIOS}}
    row = write(session, MeansRow(id=new_id("mn"), created_at=desk.at, **stated))
    subject = books.Subject("means", row.id)
    books.note(session, subject, "stated", means.json(), actor=desk.actor, at=desk.at)
    return row


def _faults(means: Means, desk: Desk) -> list[Fault]:
    faults = []
    if (means.as_of + timedelta(days=1)).day != 1 or means.as_of.month % 3:
        words = f"{means.as_of} is no quarter's end"
        faults.append(Fault("as_of", words, "state the figures of 31 March, 30 June and so on"))
    if means.as_of > desk.on:
        faults.append(Fault("as_of", f"{means.as_of} lies ahead", "state a quarter that has ended"))
    if means.retained_financing > means.retained_guarantee:
        words = "is more than all credit and guarantee business, of which it is a part"
        faults.append(Fault("retained_financing", words, "state both balances on one basis"))
    if means.core_solvency > means.comprehensive_solvency:
        words = "is above comprehensive solvency, of which core capital is a part"
        faults.append(Fault("core_solvency", words, "state both ratios on one basis"))
    return faults
