"""ACT: the insured asks for counsel, of the panel or its own; the insurer has days to answer."""

from dataclasses import dataclass

from sqlmodel import Session

from claims.counsel import store
from claims.counsel.tables import CounselRow
from claims.fought import matter_of, note
from claims.rules.conduct.terms import answer_days
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid

SOURCES = ("panel", "off_panel")


@dataclass(frozen=True, slots=True)
class CounselWanted:
    """Counsel that is asked for: name, and `panel` or `off_panel`."""

    name: str
    source: str


def appoint_counsel(
    session: Session, claim_id: str, wanted: CounselWanted, *, desk: Desk
) -> CounselRow:
    """Ask for counsel; the clock for the answer starts.

    Raises:
        NotFound: there is no such claim.
        Conflict: the claim is no matter that is fought or is decided, or the same is asked for.
        Invalid: the source is none.
    """
    if wanted.source not in SOURCES:
        raise invalid("source", f"{wanted.source!r} is none", f"use one of {', '.join(SOURCES)}")
    case = matter_of(session, claim_id)
    earlier = store.counsel(session, claim_id)
    if any(one.name == wanted.name and one.state != "refused" for one in earlier):
        raise Conflict("counsel-twice", Fault("name", "was asked for", "read the matter"))
    row = CounselRow(
        id=new_id("co"),
        created_at=desk.at,
        claim_id=claim_id,
        sequence=len(earlier) + 1,
        name=wanted.name,
        source=wanted.source,
        asked_on=desk.on,
        answer_by=answer_days("counsel").by(desk.on),
        state="asked",
        reason="",
    )
    write(session, row)
    payload = {"sequence": row.sequence, "source": row.source, "name": row.name}
    note(session, case, "counsel_asked", {**payload}, desk)
    return row
