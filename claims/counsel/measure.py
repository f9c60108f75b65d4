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
    bills = [
        Spent(one.line, one.stage or only_stage(lines, one.line), one.amount_minor, one.stated_on)
        for one in claims.items(session, claim_id)
    ]
    return measured(lines, consents, bills)


def over_budget_of(session: Session, kind: Kind, claim_id: str) -> Mapping[str, int]:
    """Return line -> minor units above its consented budgets."""
    return measure(session, kind, claim_id).over()


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
    )
