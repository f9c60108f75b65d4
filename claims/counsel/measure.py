"""A matter as its rules read it: cost against budgets, rights reserved, settlements proposed."""

from collections.abc import Mapping

from sqlmodel import Session

from claims import store as claims
from claims.counsel import store
from claims.counsel.tables import ConsentAskedRow, ReservationRow
from claims.rules.conduct.budget import Consented, Measured, Spent, measured
from claims.rules.conduct.consent import Proposal
from claims.rules.conduct.reserved import Reserved
from claims.rules.conduct.stages import only_stage, stages_of
from claims.rules.kinds import Kind


def measure(session: Session, kind: Kind, claim_id: str) -> Measured:
    """Return how every stage stands; nothing where no budget was ever asked for."""
    lines = stages_of(kind)
    asked = store.budgets(session, claim_id) if lines else ()
    if not asked:
        return Measured()
    consents = [
        Consented(one.stage, one.consented_minor, one.answered_on, spent_too=one.spent_too)
        for one in asked
        if one.consented_minor and one.answered_on
    ]
    return measured(lines, consents, _bills(session, lines, claim_id))


def cost_of(session: Session, kind: Kind, claim_id: str) -> dict[tuple[str, str], int]:
    """Return line and stage, "" where it names none -> minor units asked so far."""
    lines, found = stages_of(kind), dict[tuple[str, str], int]()
    for one in _bills(session, lines, claim_id):
        key = one.line, one.stage if lines.get(one.stage) == one.line else ""
        found[key] = found.get(key, 0) + one.minor
    return found


def _bills(session: Session, lines: Mapping[str, str], claim_id: str) -> list[Spent]:
    return [
        Spent(one.line, one.stage or only_stage(lines, one.line), one.amount_minor, one.stated_on)
        for one in claims.items(session, claim_id)
    ]


def reserved_on(session: Session, claim_id: str) -> tuple[Reserved, ...]:
    """Return the reservations of a claim as the rules read them."""
    return tuple(map(reserved, store.reservations(session, claim_id)))


def reserved(row: ReservationRow) -> Reserved:
    """Return one reservation."""
    return Reserved(
        grounds=tuple(one["code"] for one in row.grounds),
        known_on=row.known_on,
        sent_on=row.sent_on,
        proven=row.proof is not None,
        stands=row.state == "reserved",
    )


def proposals(session: Session, claim_id: str) -> tuple[Proposal, ...]:
    """Return the settlements that consent was asked for, as the rules read them."""
    return tuple(map(proposal, store.consents(session, claim_id)))


def proposal(row: ConsentAskedRow) -> Proposal:
    """Return one of them."""
    return Proposal(
        number=row.number,
        minor=row.amount_minor,
        answer_by=row.answer_by,
        answered_on=row.answered_on,
        consented=row.consented_minor,
        reason=row.reason,
        counterparty=row.counterparty,
        concluded=row.concluded_on is not None,
    )
