"""Issuing one call or refund: its row, its first word, its letter."""

from sqlmodel import Session

from claims.calls.attached import attached
from claims.calls.dossier import Dossier
from claims.calls.letter import send
from claims.calls.made_of import made_of
from claims.calls.moves import State, Word
from claims.calls.paid import CALL, REFUND
from claims.calls.speak import Said, speak
from claims.calls.tables import CallRow
from claims.facts import Case
from claims.tables import SettlementRow
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.sharing import Role


def issue(
    session: Session,
    case: Case,
    settlement: SettlementRow,
    party: str,
    wanted: int,
    *,
    desk: Desk,
    dossier: Dossier,
) -> CallRow:
    """Call on a party for `wanted` minor units, or pay them back where that is below zero.

    Raises:
        Unavailable: the working-day table ends before it falls due.
    """
    made = made_of(settlement, case.policy.scheme_code, party)
    payee = case.contract.issuer if case.sides.lead else Role.BANK.value
    row = write(
        session,
        CallRow(
            id=new_id("ca"),
            created_at=desk.at,
            settlement_id=settlement.id,
            claim_id=case.claim.id,
            sequence=len(dossier.calls) + 1,
            party=party,
            payee=payee if wanted > 0 else party,
            direction=CALL if wanted > 0 else REFUND,
            currency=settlement.currency,
            amount_minor=abs(wanted),
            clause=made.clause,
            raised_on=desk.on,
            raised_by=desk.actor,
            due_on=desk.calendar.add_working_days(desk.on, case.contract.call_working_days),
            state=State.RAISED.value,
        ),
    )
    dossier.calls.append(row)
    first = Said(Word.RAISED, row.amount_minor, clause=row.clause)
    speak(session, row, first, desk=desk, sequence=1)
    papers = attached(case, settlement, dossier.papers)
    send(session, case, row, made, papers, desk=desk)
    return row
