"""Whether a right can be pledged: the grounds on which the register refuses, as coded tests."""

from collections.abc import Iterator
from datetime import date

from kernel.finding import Effect, Finding
from kernel.period import add_months
from underwriting.products.pledge_guarantee.risk import (
    PledgedRight,
    PledgeGuaranteeRisk,
    RightKind,
)

_REGISTER = "registration rules; Civil Code art. 444"


def pledgeable(right: PledgedRight, risk: PledgeGuaranteeRisk, on: date) -> Iterator[Finding]:
    """Yield every ground on which the pledge of `right` could not be registered or kept."""
    due = add_months(risk.loan.drawdown, risk.loan.term_months)
    renewable = right.kind in (RightKind.TRADEMARK, RightKind.GI)
    for failed, code, en, zh, cure in (
        (
            right.owner != risk.borrower.name,
            "owner-mismatch", f"belongs to {right.owner}, not to the borrower",
            "权利人与出质人不一致", "have the owner join as pledgor, or record the transfer",
        ),
        (
            right.granted is None or right.granted > on,
            "not-granted", "is not granted", "尚未授权", "pledge a granted right",
        ),
        (right.expires <= on, "expired", "has expired", "权利已届满", "pledge a right in force"),
        (
            right.expires > on and right.expires < due and not renewable,
            "outlived", f"expires on {right.expires}, before the loan is due on {due}",
            "债务履行期超过权利有效期", "shorten the loan, or pledge a longer right",
        ),
        (
            right.fees_paid_until is not None and right.fees_paid_until < on,
            "fees-unpaid", f"has its fees paid to {right.fees_paid_until} only",
            "年费欠缴", "pay the fees and the surcharge",
        ),
        (right.in_dispute, "ownership-dispute", "is under an ownership dispute", "权属争议中",
         "end the dispute; formalities are suspended until then"),
        (right.invalidation_pending, "invalidation-pending", "is under a request to invalidate it",
         "正处于无效宣告程序", "wait for the decision, or pledge another right"),
        (right.pledged_elsewhere, "pledged-already", "is pledged to another creditor", "已被质押",
         "have that pledge released first"),
    ):  # fmt: skip
        if failed:
            yield _ground(right, code, en, zh, cure)
    if right.co_owners:
        yield Finding(
            "co-owners", Effect.REFER,
            f"{right.number} has co-owners: {', '.join(right.co_owners)}",
            f"{right.number} 有共有人", _REGISTER, "bring every co-owner's written consent",
        )  # fmt: skip


def _ground(right: PledgedRight, code: str, en: str, zh: str, cure: str) -> Finding:
    text = f"{right.number} {en}"
    return Finding(code, Effect.DECLINE, text, f"{right.number} {zh}", _REGISTER, cure)
