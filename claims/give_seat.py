"""ACT: a registered party is given the seat of a party of a scheme."""

from typing import Final

from sqlmodel import Session

from claims.room import store
from claims.room.tables import SeatRow
from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.sharing import Role, Scheme
from underwriting import store as contracts

SEATED: Final = (Role.POOL, Role.APPRAISER, Role.GUARANTOR)
"""Roles of a scheme that sit in the room; the bank and the insurer are there already."""


def give_seat(
    session: Session, scheme: Scheme, party: str, party_id: str, *, desk: Desk
) -> SeatRow:
    """Let a registered party see and sign for a party of a scheme.

    Raises:
        NotFound: there is no such registered party.
        Invalid: the party is none of the scheme's that has a seat, or of another kind than it.
        Conflict: it sits there already.
    """
    sitting = contracts.party(session, party_id)
    role = scheme.roles.get(party)
    if role not in SEATED:
        open_ = [name for name, one in scheme.roles.items() if one in SEATED]
        cure = f"use one of {', '.join(open_) or 'another scheme'}"
        raise invalid("party", f"{party!r} has no seat in {scheme.code}", cure)
    if sitting.kind != role.value:
        cure = f"name a registered party of kind {role.value}"
        raise invalid("party_id", f"it is of kind {sitting.kind}", cure)
    if any(
        (seat.scheme_code, seat.party) == (scheme.code, party)
        for seat in store.seats(session, party_id=party_id)
    ):
        raise Conflict("seat-twice", Fault("party_id", "it sits there already", "use its token"))
    row = SeatRow(
        id=new_id("st"),
        created_at=desk.at,
        scheme_code=scheme.code,
        party=party,
        party_id=party_id,
        actor=desk.actor,
    )
    write(session, row)
    said = {"scheme": scheme.code, "party": party}
    subject = books.Subject("party", party_id)
    books.note(session, subject, "seated", said, actor=desk.actor, at=desk.at)
    return row
