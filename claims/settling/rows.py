"""The rows of a settlement: itself, and one a party."""

from sqlmodel import Session

from claims.facts import Case
from claims.settling.stated import Settling
from claims.tables import SettlementRow, ShareRow
from kernel.db import page
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.sharing import UNCOVERED, Role, split_json
from underwriting.inputs import facts_json


def write(
    session: Session, case: Case, settling: Settling, *, desk: Desk
) -> tuple[SettlementRow, list[ShareRow]]:
    """Write a settlement and its shares; the policy's total moves by the difference."""
    shared, before = settling.shared, case.standing
    case.policy.paid_minor += settling.counted - (before.counted_minor if before else 0)
    assert 0 <= case.policy.paid_minor <= case.policy.sum_insured_minor, "within the sum insured"
    session.add(case.policy)
    row = page.write(
        session,
        SettlementRow(
            id=new_id("st"),
            created_at=desk.at,
            claim_id=case.claim.id,
            sequence=before.sequence + 1 if before else 1,
            purpose=settling.purpose.value,
            settled_on=desk.on,
            counts_on=before.counts_on if before else desk.on,
            currency=shared.currency,
            eligible_minor=shared.eligible,
            ineligible_minor=shared.ineligible,
            uncovered_minor=shared.uncovered,
            counted_minor=settling.counted,
            paid_to_bank_minor=settling.payout.owed,
            paid_out_minor=settling.payout.out,
            taken_back_minor=settling.payout.back,
            payees=dict(settling.payout.payees),
            lines=settling.json_lines(),
            facts=facts_json(settling.facts),
            split=split_json(shared),
            tranches=[dict(tranche) for tranche in shared.borne],
            costs_carried_minor=before.costs_carried_minor if before else 0,
        ),
    )
    shares = _shares(row, settling, desk=desk)
    for share in shares:
        page.write(session, share)
    return row, shares


def _shares(row: SettlementRow, settling: Settling, *, desk: Desk) -> list[ShareRow]:
    """Return one row a party, and one for what the bank bears because nobody else does."""
    shared = settling.shared
    parts = [(part.party, part.role, part.due, part.paid) for part in shared.parts]
    if shared.uncovered:
        parts.append((UNCOVERED, Role.BANK, 0, shared.uncovered))
    return [
        ShareRow(
            id=new_id("sh"),
            created_at=desk.at,
            settlement_id=row.id,
            position=position,
            party=party,
            role=role.value,
            currency=shared.currency,
            due_minor=due,
            paid_minor=paid,
        )
        for position, (party, role, due, paid) in enumerate(parts, start=1)
    ]
