"""The papers of an overdue loan, filled from its case: the receipt, and each letter of demand."""

from collections.abc import Iterable
from dataclasses import replace

from claims.overdue.tables import DunningRow, OverdueRow
from claims.rules.cures import cure_said
from claims.rules.duty import Duty
from claims.rules.overdue import Step, dunning
from documents.forms.claim_receipt import Deadline
from documents.forms.dunning_letter import DunningLetter
from documents.forms.overdue_receipt import OverdueReceipt
from kernel.finding import Finding
from kernel.money import Money
from underwriting.papers import parts
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow


def overdue_receipt(
    row: OverdueRow,
    policy: PolicyRow,
    contract: Contract,
    *,
    bank: str,
    insurer: str,
    duties: Iterable[Duty],
    findings: Iterable[Finding],
) -> OverdueReceipt:
    """Return the receipt as it is printed."""
    return OverdueReceipt(
        number=row.number,
        insurer_name=insurer,
        issued_on=row.notified_on,
        policy_number=policy.number,
        bank=bank,
        borrower=contract.policyholder,
        loan=contract.lent.contract,
        since=row.since,
        known_on=row.known_on,
        principal=Money(row.principal_minor, row.currency),
        interest=Money(row.interest_minor, row.currency),
        deadlines=tuple(
            Deadline(f"{one.zh} {one.en}", one.clause, one.due) for one in duties if one.due
        ),
        findings=parts.findings_of(replace(one, cure=cure_said(one.cure)) for one in findings),
    )


def dunning_letter(
    row: OverdueRow,
    letter: DunningRow,
    policy: PolicyRow,
    contract: Contract,
    *,
    bank: str,
    insurer: str,
) -> DunningLetter:
    """Return a letter of demand as it is printed."""
    joint = letter.step == Step.JOINT
    return DunningLetter(
        number=letter.number,
        insurer_name=insurer if joint else bank,
        issued_on=letter.sent_on,
        policy_number=policy.number,
        bank=bank,
        borrower=contract.policyholder,
        loan=contract.lent.contract,
        joint=joint,
        since=row.since,
        principal=Money(letter.principal_minor, row.currency),
        interest=Money(letter.interest_minor, row.currency),
        pay_by=letter.pay_by,
        waiting_ends_on=row.waiting_ends,
        method=dunning()["methods"][letter.method],
    )
