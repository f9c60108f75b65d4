"""ACT: a bank's own non-performing ratio is recorded, for the tolerance of its pledge loans."""

from datetime import date
from fractions import Fraction

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting import store
from underwriting.tables import MeasureRow
from underwriting.watch.npl import npl_law


def state_npl(
    session: Session, bank_id: str, ratio: Fraction, as_of: date, source: str, *, desk: Desk
) -> MeasureRow:
    """Record the ratio of a bank over all its loans on a day.

    Raises:
        NotFound: there is no such party.
        Invalid: it is no bank, or the day lies ahead.
        Conflict: the ratio of that day is stated.
    """
    if store.party(session, bank_id).kind != "bank":
        raise invalid("bank_id", "is no bank", "name a bank")
    if as_of > desk.on:
        raise invalid("as_of", f"{as_of} lies ahead", "state what is known today")
    law = npl_law()
    earlier = store.latest_measure(session, law["scheme"], bank_id, law["measure"], as_of)
    if earlier is not None and earlier.as_of == as_of:
        fault = Fault("as_of", f"the ratio of {as_of} is stated", "give a later day")
        raise Conflict("measure-twice", fault)
    row = MeasureRow(
        id=new_id("ms"), created_at=desk.at, scheme_code=law["scheme"], bank_id=bank_id,
        measure=law["measure"], ratio=str(ratio), as_of=as_of, source=source,
    )  # fmt: skip
    store.add(session, row)
    payload = {"measure": row.measure, "ratio": row.ratio, "bank_id": bank_id}
    subject = books.Subject("measure", row.id)
    books.note(session, subject, "stated", payload, actor=desk.actor, at=desk.at)
    return row
