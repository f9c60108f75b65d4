"""The endorsement, filled from what one transaction did."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from documents.blocks import Label
from documents.forms.endorsement import Changed, Endorsement, PremiumPart
from kernel.finding import Finding
from kernel.money import Money
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kind
from underwriting.rules.history_differences import Difference
from underwriting.rules.history_state import Status
from underwriting.rules.history_step import Step
from underwriting.rules.returns_amounts import Amounts

KINDS: Final[Mapping[Kind, Label]] = {
    Kind.CHANGE: Label("变更", "Change"),
    Kind.RENEWAL: Label("续保", "Renewal"),
    Kind.CANCELLATION: Label("解除", "Cancellation"),
    Kind.REINSTATEMENT: Label("恢复效力", "Reinstatement"),
    Kind.REVERSAL: Label("撤销批改", "Reversal"),
}
STATUSES: Final[Mapping[Status, Label]] = {
    Status.NOT_KNOWN: Label("未签发", "not issued"),
    Status.NOT_STARTED: Label("尚未起保", "not started"),
    Status.IN_FORCE: Label("有效", "in force"),
    Status.ENDED: Label("已满期", "ended"),
    Status.CANCELLED: Label("已解除", "cancelled"),
    Status.VOID: Label("自始无效", "void"),
}
TERMS: Final[Mapping[str, Label]] = {
    "sum_insured": Label("保险金额", "Sum insured"),
    "period.start": Label("起保日", "Cover from"),
    "period.end": Label("满期日", "Cover until"),
    "waiting_days": Label("等待期（天）", "Waiting days"),
    "notice_days": Label("通知期（天）", "Notice days"),
    "settles": Label("赔付方式", "Who settles"),
    "beneficiary": Label("受益人", "Beneficiary"),
    "policyholder": Label("投保人", "Policyholder"),
    "loan.amount": Label("贷款金额", "Loan"),
    "loan.annual_rate": Label("年利率", "Interest per year"),
    "loan.term_months": Label("贷款期限（月）", "Months of the loan"),
    "loan.drawdown": Label("放款日", "Drawdown"),
    "loan.plan": Label("还款方式", "Repayment"),
    "loan.contract": Label("借款合同号", "Loan contract"),
    "loan.ip_share": Label("知识产权担保占比", "Part secured by IP"),
    "loan.tier": Label("借款人档次", "Tier of the borrower"),
}
"""Terms by name; any other is shown by its place in the frozen contract."""


def endorsement(
    step: Step,
    findings: Iterable[Finding],
    statements: Mapping[str, Any],
    *,
    number: str,
    policy_number: str,
    insurer: str,
    client: str,
    reason: str,
    on: date,
) -> Endorsement:
    """Return an endorsement as it is printed; `on` is the business date of the act."""
    one, contract = step.transaction, step.after.contract or step.before.contract
    assert contract is not None, "what is endorsed has terms"
    before, after = step.before.charged, step.after.charged
    unit = contract.currency
    return Endorsement(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        kind=KINDS[one.kind],
        policy_number=policy_number,
        policyholder=contract.policyholder,
        insured=_insured(contract, client),
        effective_on=one.effective_on,
        reason=reason,
        status_before=STATUSES[step.before.status],
        status_after=STATUSES[step.after.status],
        changed=tuple(_changed(each) for each in step.differences),
        parts=(
            _part(Label("净保险费", "Net premium"), before.net, after.net, unit),
            _part(Label("税", "Tax"), before.tax, after.tax, unit),
        ),
        payers=_payers(before, after, unit),
        premium=_part(Label("合计", "Total"), before.total, after.total, unit),
        statements=tuple(_stated(name, said) for name, said in statements.items() if said),
        notes=tuple(f"{found.zh}。 {found.en} ({found.clause})" for found in findings),
    )


def _insured(contract: Contract, client: str) -> str:
    known = {"client": client, "policyholder": contract.policyholder}
    return known.get(contract.insured, contract.insured)


def _changed(one: Difference) -> Changed:
    return Changed(TERMS.get(one.path, one.path), one.before, one.after)


def _part(label: Label, before: int, after: int, currency: str) -> PremiumPart:
    return PremiumPart(label, Money(before, currency), Money(after, currency))


def _payers(before: Amounts, after: Amounts, unit: str) -> tuple[PremiumPart, ...]:
    own = _part(
        Label("投保人", "Policyholder"), before.policyholder, after.policyholder, unit
    )  # fmt: skip
    if before.subsidy == after.subsidy == 0:
        return (own,)
    public = Label("财政补贴", "Public subsidy")
    return (_part(public, before.subsidy, after.subsidy, unit), own)


def _stated(name: str, said: Mapping[str, str]) -> str:
    titles = {
        "consent": "被保险人同意 consent of the insured",
        "no_loss": "无损失声明 declaration of no loss",
        "repaid": "还款确认 confirmation of repayment",
    }
    return f"{titles[name]}: {said['by']}, {said['on']}, {said['reference']}"
