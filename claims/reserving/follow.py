"""Reserves that follow their claim: what is asked, what is approved; a person's own stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from claims.facts import Case
from claims.reserving import store
from claims.reserving.keep import in_two, keep, set_reserve
from claims.rules.line import Line
from claims.rules.reserve.lines import Reserves
from claims.worth import first_reserve, reserve_for
from kernel.db import books
from kernel.desk import Desk
from kernel.money import allocate


def follow_items(
    session: Session, case: Case, added: Mapping[str, int], *, before: int, desk: Desk
) -> None:
    """Bring the reserve to what is asked, of a case that was read after items were added to it.

    What a person set is raised by what the items add to the first reserve, and noted.

    Args:
        session: of the act.
        case: with its new items.
        added: line -> minor units that the items ask.
        before: the first reserve without them.
        desk: where it is done.
    """
    row, after = case.claim, first_reserve(session, case, desk)
    if store.set_by_person(session, row.id) is None:
        set_reserve(session, row, after, desk)
        return
    if after <= before:
        return
    indemnity, defence = allocate(after - before, list(in_two(case.kind, added)))
    stands = store.standing(session, row)
    was = stands.lines
    raised = replace(was, indemnity=was.indemnity + indemnity, defence=was.defence + defence)
    keep(session, row, raised, desk=desk, reason="what new items add", stands=stands)
    more = {name: minor for name, minor in Reserves(indemnity, defence).json().items() if minor}
    subject = books.Subject("claim", row.id)
    books.note(session, subject, "reserves_raised", more, actor=desk.actor, at=desk.at)


def follow_decision(session: Session, case: Case, lines: Sequence[Line], desk: Desk) -> None:
    """Bring the reserve to what an acceptance approves and was not paid; a person's own stays."""
    if store.set_by_person(session, case.claim.id) is None:
        set_reserve(session, case.claim, reserve_for(session, case, lines, desk), desk)


def follow_again(session: Session, case: Case, desk: Desk) -> None:
    """Set the first reserve up of a claim that is looked at anew; what a person set stays."""
    if not case.claim.reserve_minor or store.set_by_person(session, case.claim.id) is None:
        set_reserve(session, case.claim, first_reserve(session, case, desk), desk)
