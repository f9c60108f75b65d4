"""Whether a right can be insured: every reason at once, each with clause and cure."""

from collections.abc import Iterator
from datetime import date

from kernel.finding import Effect, Finding
from kernel.period import add_months
from underwriting.disputes.forms import InsuredRight, Verdict
from underwriting.product import Rated

_BEIJING = "Beijing IPO notice 2022 (S23): conditions of the insured right"


def eligible(right: InsuredRight, basis: Rated, start: date) -> tuple[Finding, ...]:
    """Return every finding on one right; `start` is the first day of cover."""
    return (
        *_valid(right, basis, start),
        *_term(right, basis, start),
        *_disputes(right),
        *_evaluation(right, basis),
        *_known(right),
    )


def _decline(code: str, en: str, zh: str, clause: str, cure: str) -> Finding:
    return Finding(code, Effect.DECLINE, en, zh, clause, cure)


def _valid(right: InsuredRight, basis: Rated, start: date) -> Iterator[Finding]:
    number = right.number
    examined = right.kind.value in basis.terms["eligible"]["examined_kinds"]
    if examined and (right.granted is None or right.granted > start):
        yield _decline(
            "not-granted", f"{number} is not granted when cover begins",
            f"{number} 在起保日尚未授权", f"{_BEIJING}: a valid right",
            "insure it once it is granted",
        )  # fmt: skip
    if right.fees_paid_until is not None and right.fees_paid_until < basis.on:
        yield _decline(
            "fees-unpaid", f"the fees of {number} are paid until {right.fees_paid_until} only",
            f"{number} 年费仅缴至 {right.fees_paid_until}", "Patent Law art. 44",
            "pay the fee, with surcharge within six months",
        )  # fmt: skip
    if right.co_owners and not right.co_owners_consent:
        yield _decline(
            "no-co-owner-consent", f"{number} has co-owners who have not consented in writing",
            f"{number} 的共有人未书面同意", f"{_BEIJING}: co-owners' written consent",
            "have every co-owner consent in writing",
        )  # fmt: skip


def _term(right: InsuredRight, basis: Rated, start: date) -> Iterator[Finding]:
    years = basis.terms["eligible"]["years_left"]
    if right.expires < add_months(start, 12 * years):
        yield _decline(
            "term-too-short", f"{right.number} expires on {right.expires}, within {years} years",
            f"{right.number} 于 {right.expires} 到期，剩余不足 {years} 年",
            f"{_BEIJING}: at least {years} years of term left", "leave the right out",
        )  # fmt: skip


def _disputes(right: InsuredRight) -> Iterator[Finding]:
    if right.ownership_disputed:
        yield _decline(
            "ownership-disputed", f"the ownership of {right.number} is in dispute",
            f"{right.number} 存在权属纠纷", f"{_BEIJING}: no pending dispute of ownership",
            "wait until the dispute is settled, or leave the right out",
        )  # fmt: skip
    if right.suit_pending:
        yield _decline(
            "suit-pending", f"a suit over the infringement of {right.number} is pending",
            f"{right.number} 存在未决侵权诉讼", f"{_BEIJING}: no pending dispute of infringement",
            "wait until the suit has ended, or leave the right out",
        )  # fmt: skip
    if right.invalidation_pending:
        yield Finding(
            "invalidation-pending", Effect.REFER,
            f"a request to invalidate {right.number} is pending",
            f"{right.number} 存在未决无效宣告请求",
            "Patent Law art. 47: what is invalid never existed",
            "show the answer to the request, or leave the right out",
        )  # fmt: skip


def _evaluation(right: InsuredRight, basis: Rated) -> Iterator[Finding]:
    if right.kind.value not in basis.terms["eligible"]["report_kinds"]:
        return
    clause = "Patent Law art. 66: evaluation report of a right granted without examination"
    if right.evaluation is None:
        yield _decline(
            "no-evaluation", f"{right.number} has no evaluation report",
            f"{right.number} 无专利权评价报告", clause, "obtain the office's evaluation report",
        )  # fmt: skip
    elif right.evaluation.verdict is Verdict.NEGATIVE:
        yield _decline(
            "evaluation-negative", f"the evaluation report on {right.number} is negative",
            f"{right.number} 专利权评价报告结论为否定", clause, "leave the right out",
        )  # fmt: skip


def _known(right: InsuredRight) -> Iterator[Finding]:
    for one in right.known:
        code = "related-infringer" if one.related else "known-infringement"
        yield Finding(
            code, Effect.INFORM,
            f"the infringement of {right.number} by {one.infringer}, known since "
            f"{one.known_on}, is not covered",
            f"{one.infringer} 对 {right.number} 的侵权（{one.known_on} 已知）不予承保",
            "wording: exclusions", "nothing: it is named in the schedule as left out",
        )  # fmt: skip
