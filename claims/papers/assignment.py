"""The assignment of rights, filled from a settlement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from claims.facts import Case
from claims.papers.recourse import DUTIES, Recourse
from claims.tables import SettlementRow, ShareRow
from claims.worded import party_called
from documents.forms.subrogation_assignment import Borne, SubrogationAssignment
from kernel.money import Money
from kernel.sharing import UNCOVERED, Role
from underwriting.papers import parts


def subrogation_assignment(
    case: Case,
    settlement: SettlementRow,
    shares: Sequence[ShareRow],
    *,
    on: date,
    paid_on: Sequence[date],
    recourse: Recourse,
    risk: Mapping[str, Any],
    number: str,
    insurer: str,
) -> SubrogationAssignment:
    """Return the assignment as it is printed.

    `on` is the day of issue, `paid_on` the days of payment. `risk` is the proposal that the policy
    was bound on: its rights are those that are pledged.
    """
    unit, loan = settlement.currency, case.contract.loan
    return SubrogationAssignment(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        assignor=case.bank,
        debtor=recourse.debtor or case.contract.policyholder,
        event_on=case.claim.default_date,
        paid=Money(settlement.paid_to_bank_minor, unit),
        borne=tuple(_borne(case, share) for share in shares if share.paid_minor),
        loss=Money(settlement.eligible_minor, unit),
        basis=recourse.basis.format(loan=loan.contract if loan else ""),
        recourse=recourse.rights,
        rights=parts.rights_of(risk, unit) if recourse.pledged else (),
        duties=DUTIES,
        paid_on=tuple(paid_on),
    )


def _borne(case: Case, share: ShareRow) -> Borne:
    nobody = share.party == UNCOVERED
    name = "未覆盖部分 uncovered" if nobody else party_called(case, share.party)
    return Borne(name, parts.ROLES[Role(share.role)], Money(share.paid_minor, share.currency))
