"""Grounds of refusal that lie in its life: granted, in force, paid for, long enough."""

from kernel.period import add_months
from underwriting.pledge.case import RENEWABLE, UNREGISTERED, WITH_FEES, Case
from underwriting.pledge.examined import Examined


def granted(case: Case) -> Examined:
    """The right is granted or registered, where it needs to be."""
    right, code = case.right, "not-granted"
    if right.kind in UNREGISTERED:
        return case.left_out(code, "arises without a grant", "无需授权即产生")
    evidence = f"certificate: granted {right.granted or 'no'}"
    if right.granted is not None and right.granted <= case.on:
        return case.passed(code, "is granted", "已授权", evidence)
    return case.failed(
        code, "is not granted", "尚未授权", "pledge a granted right", evidence=evidence
    )


def in_force(case: Case) -> Examined:
    """The right has not run out; one that is renewed may be renewed for some months after."""
    right, code = case.right, "expired"
    evidence = f"register extract: expires {right.expires}"
    if right.expires > case.on:
        return case.passed(code, "is in force", "有效", evidence)
    grace = int(case.edition.table["renewal"]["grace_months"])
    ends = add_months(right.expires, grace)
    renewable = right.kind in RENEWABLE and ends > case.on
    cure = "renew it within its grace, then pledge it" if renewable else "pledge a right in force"
    return case.failed(
        code,
        "has expired",
        "权利已届满",
        cure,
        evidence=evidence,
        by=ends if renewable else right.expires,
    )


def fees(case: Case) -> Examined:
    """Annuities are paid; unpaid ones can be paid with a surcharge within the grace."""
    right, rule = case.right, case.edition.table["fees"]
    paid, code = right.fees_paid_until, "fees-unpaid"
    if paid is None:
        stated = right.kind not in WITH_FEES
        words = ("has no annuities", "无年费") if stated else ("states no fees", "未说明年费")
        return case.left_out(code, *words, stated=stated)
    evidence = f"fee receipts to {paid}"
    if paid >= case.on:
        return case.passed(code, "has its fees paid", "年费已缴", evidence)
    ends = add_months(paid, int(rule["grace_months"]))
    if ends < case.on:
        return case.failed(
            "lapsed",
            f"has lapsed: its fees were paid to {paid} and the grace ended on {ends}",
            "年费滞纳期已过，权利终止",
            "ask the office to restore it, or pledge a right in force",
            evidence=evidence,
            by=paid,
        )
    share = f"{float(rule['surcharge']):.0%}"
    return case.failed(
        code,
        f"has its fees paid to {paid} only",
        "年费欠缴",
        f"pay the fees and the surcharge ({share} of the year's fee for each month begun "
        "after the first)",
        evidence=evidence,
        by=ends,
    )


def long_enough(case: Case) -> Examined:
    """The right outlives the debt, or can be renewed."""
    right, code = case.right, "outlived"
    evidence = f"expires {right.expires}; the debt falls due on {case.due}"
    if right.kind in RENEWABLE:
        return case.left_out(code, "can be renewed", "可续展")
    if right.expires <= case.on:
        return case.left_out(code, "has run out already", "权利已届满")
    if right.expires >= case.due:
        return case.passed(code, "outlives the debt", "有效期覆盖债务履行期", evidence)
    return case.failed(
        code,
        f"expires on {right.expires}, before the loan is due on {case.due}",
        "债务履行期超过权利有效期",
        "shorten the loan, or pledge a longer right",
        evidence=evidence,
    )
