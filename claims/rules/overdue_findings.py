"""What there is to say of a notice of overdue at first sight."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claims.rules.overdue import Days
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.contract import Contract
from underwriting.watch.standing import Standing


@dataclass(frozen=True, slots=True)
class Reported:
    """A notice of overdue beside the loan's record.

    Attributes:
        since: first day unpaid.
        notified_on: the day of the notice.
        principal: overdue by the bank's report, minor units.
        on_record: does the report of it still count, or was it taken back?
    """

    since: date
    notified_on: date
    principal: int
    on_record: bool


def overdue_findings(
    reported: Reported, contract: Contract, days: Days, standing: Standing | None
) -> tuple[Finding, ...]:
    """Return every finding on a notice."""
    return (
        *_cover(reported, contract),
        *_late(reported, days),
        *_record(reported, contract, standing),
    )


def _cover(reported: Reported, contract: Contract) -> Iterator[Finding]:
    period = contract.period
    if not period.covers(reported.since):
        yield Finding(
            "overdue-outside-cover", Effect.DECLINE,
            f"unpaid since {reported.since}; cover runs from {period.start} to {period.end}",
            f"逾期起始日 {reported.since} 不在保险期间内", "schedule: period of cover",
            "report it under the policy that covers the day",
        )  # fmt: skip


def _late(reported: Reported, days: Days) -> Iterator[Finding]:
    if reported.notified_on > days.notice_by:
        yield Finding(
            "overdue-notice-late", Effect.INFORM,
            f"notice came on {reported.notified_on}, after {days.notice_by}",
            f"通知日 {reported.notified_on}，迟于 {days.notice_by}",
            "保险法 Insurance Law art. 21: only what can no longer be established falls away",
            "show what can still be established",
        )  # fmt: skip
    if reported.notified_on > days.waiting_ends:
        yield Finding(
            "waiting-over", Effect.INFORM,
            f"the waiting period ended on {days.waiting_ends}, before the notice",
            f"等待期已于 {days.waiting_ends} 届满", "wording: cover",
            "demand payment and claim at once",
        )  # fmt: skip


def _record(reported: Reported, contract: Contract, standing: Standing | None) -> Iterator[Finding]:
    if not reported.on_record:
        yield Finding(
            "overdue-taken-back", Effect.REFER,
            "the bank took its report of the overdue back", "银行已撤回该逾期报送",
            "wording: notice", "report it again, or end the case as cured",
        )  # fmt: skip
    if standing is not None and reported.principal > standing.arrears:
        unit = contract.currency
        yield Finding(
            "more-than-the-plan", Effect.REFER,
            f"{Money(reported.principal, unit)} of principal is reported overdue; by the plan and "
            f"what was repaid it is {Money(standing.arrears, unit)}",
            "报送逾期本金高于还款计划应还未还金额", "wording: notice",
            "show the plan, the repayments, or that the loan was called early",
        )  # fmt: skip
