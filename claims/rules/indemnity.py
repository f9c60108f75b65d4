"""What of the amount asked is approved, line by line, with a reason for every cut."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from claims.rules.line import Line
from claims.rules.loan_record import (
    LoanRecord,
    interest_by_plan,
    interest_unpaid,
    shown,
)
from kernel.money import Money, round_half_up
from kernel.period import add_months
from kernel.sharing import Loss, LossBase
from underwriting.rules.contract import Contract

LINES: Final = {
    "principal": "本金 principal",
    "interest": "利息 ordinary interest",
    "costs": "实现债权费用 enforcement costs",
    "penalty": "罚息、违约金 penalty interest, damages",
    "compound_interest": "复利 compound interest",
}
"""Lines of a claim, in the order in which the limit is filled."""

_SHARED: Final = {
    LossBase.PRINCIPAL: ("principal",),
    LossBase.PRINCIPAL_INTEREST: ("principal", "interest"),
    LossBase.PRINCIPAL_INTEREST_COSTS: ("principal", "interest", "costs"),
}
_NOT_COVERED: Final = ("penalty", "compound_interest")


def approve_lines(
    contract: Contract,
    default_date: date,
    asked: Mapping[str, int],
    *,
    adjusted: Mapping[str, tuple[int, str]],
    loss_base: LossBase,
    room: int,
    record: LoanRecord | None = None,
) -> tuple[Line, ...]:
    """Return every line with what is approved of it.

    Principal is cut to what the plan leaves owing on the default date, and to what the loan's own
    `record`, where there is one, leaves owing: on that date, less what was repaid since. Ordinary
    interest is cut to what accrues on the principal of that date at the contract rate from
    drawdown to the end of the waiting period, and to what accrued by the record less what it
    says was paid. Penalty and compound interest fall away; the lines that the scheme shares
    (`loss_base`) fill the sum insured still free (`room`) in their order. All in minor units.
    """
    lines, unit = [], contract.currency
    for code in LINES:
        want = asked.get(code, 0)
        adjuster, why = adjusted.get(code, (want, ""))
        ceiling, reason = _ceiling(contract, record, default_date, code)
        approved = min(want, adjuster)
        reasons = [f"{why}: -{Money(want - adjuster, unit)}"] if adjuster < want else []
        shared = code in _SHARED[loss_base]
        free = room if shared else None
        for limit, words in ((ceiling, reason), (free, "余下保险金额 sum insured still free")):
            if limit is not None and approved > limit:
                most = f" {Money(limit, unit)}" if limit else ""
                reasons.append(f"{words}{most}: -{Money(approved - limit, unit)}")
                approved = limit
        room -= approved if shared else 0
        lines.append(Line(code, want, min(want, adjuster), approved, "; ".join(reasons)))
    return tuple(lines)


def loss_of(lines: tuple[Line, ...], currency: str) -> Loss:
    """Return the approved lines as the loss that the scheme shares."""
    approved = {line.code: line.approved for line in lines}
    return Loss(approved["principal"], approved["interest"], approved["costs"], currency)


def principal_owed(
    contract: Contract, record: LoanRecord | None, default_date: date
) -> tuple[int, str]:
    """Return the most that is owed of principal, minor units, and by what: plan or record.

    The lower of the two holds; a loan that nobody reports is owed by the plan.
    """
    plan = owed(contract, default_date), "还款计划未偿本金 principal owed under the plan"
    if record is None or record.owed >= plan[0]:
        return plan
    words = "贷款记录未偿本金 principal owed by the loan's own record"
    return record.owed, f"{words}{_seen(shown(record.repayments or record.events))}"


def _ceiling(
    contract: Contract, record: LoanRecord | None, default_date: date, code: str
) -> tuple[int | None, str]:
    if code in _NOT_COVERED:
        return 0, "保险条款责任免除 wording: exclusions"
    if code == "principal":
        return principal_owed(contract, record, default_date)
    if code == "interest":
        return _interest(contract, record, default_date)
    return None, ""


def _interest(contract: Contract, record: LoanRecord | None, default_date: date) -> tuple[int, str]:
    plan = owed(contract, default_date)
    principal = plan if record is None else min(plan, record.at_default)
    most = round_half_up(interest_by_plan(contract, record, default_date, principal))
    unpaid = most if record is None else round_half_up(interest_unpaid(contract, record))
    if record is None or unpaid >= most:
        return most, (
            "按合同利率自放款日至等待期届满 at the contract rate to the end of the waiting period"
        )
    paid = Money(record.interest_paid, contract.currency)
    return unpaid, (
        f"按贷款记录计至等待期届满，减已付利息 {paid}"
        " accrued by the loan's own record to the end of the waiting period,"
        f" less {paid} paid{_seen(shown(record.payments))}"
    )


def _seen(evidence: str) -> str:
    return f"（证据 evidence: {evidence}）" if evidence else ""


def owed(contract: Contract, default_date: date) -> int:
    """Return the principal owed before the instalment that was missed, in minor units.

    The instalment missed is the last one due on or before the default date.
    """
    loan, due = contract.lent, 0
    while due < loan.term_months and add_months(loan.drawdown, due + 1) <= default_date:
        due += 1
    return loan.balances[max(0, due - 1)]
