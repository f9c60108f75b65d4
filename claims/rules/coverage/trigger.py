"""Trigger of a guaranteed loan: is it overdue at all, since when, and is it suspiciously soon?"""

from collections.abc import Iterator
from datetime import date, timedelta

from claims.rules.coverage.known import Known
from claims.rules.coverage.table import table
from kernel.finding import Effect, Finding
from kernel.period import add_months
from underwriting.rules.contract import Contract
from underwriting.watch.loan_event import LoanEvent, LoanEventKind

_CLAUSE = "wording: cover (not repaid as agreed, and still not when the waiting period ends)"
_SAME = (timedelta(0), timedelta(days=1))
"""What falls due on a day is overdue from that day or the next, as the bank counts."""


def triggered(known: Known) -> Iterator[Finding]:
    """Yield what the reported events of the loan say against a default of that day.

    Nothing is said of a loan of which nothing is reported, nor of a default that is supposed.
    """
    events = known.events
    if not events or known.supposed:
        return
    overdue = [one for one in events if one.kind is LoanEventKind.OVERDUE]
    if not overdue:
        yield Finding(
            "no-overdue-on-record", Effect.REFER,
            "the bank reports this loan, and reports nothing overdue",
            "银行持续报送该贷款，但未报送逾期", _CLAUSE,
            "report the overdue instalment, or show the account statement",
            f"{len(events)} loan events, the last {events[-1].key} of {events[-1].happened_on}",
        )  # fmt: skip
        return
    claimed = [one for one in overdue if known.event_on - _begun(one) in _SAME]
    yield from _cured(known, events, claimed)
    if not claimed:
        yield _other_day(known, overdue[0])


def _begun(overdue: LoanEvent) -> date:
    return overdue.since or overdue.happened_on


def _cured(
    known: Known, events: tuple[LoanEvent, ...], claimed: list[LoanEvent]
) -> Iterator[Finding]:
    """Yield where the overdue that is claimed was paid; its place tells it from an earlier one."""
    first = events.index(claimed[0]) if claimed else 0
    paid = [
        one
        for one in events[first:]
        if one.kind is LoanEventKind.CURED and one.happened_on >= known.event_on
    ]
    for one in paid[:1]:
        yield Finding(
            "overdue-cured", Effect.DECLINE,
            f"what was overdue was paid on {one.happened_on}: nothing is left unpaid",
            f"逾期已于 {one.happened_on} 清偿", _CLAUSE,
            "claim the later default, if there is one, with its own day",
            f"loan event {one.key} of {one.happened_on}",
        )  # fmt: skip


def _other_day(known: Known, reported: LoanEvent) -> Finding:
    begun = _begun(reported)
    return Finding(
        "default-day-differs", Effect.REFER,
        f"the bank reports the loan overdue since {begun}, and claims a default of "
        f"{known.event_on}",
        f"报送逾期起始日 {begun} 与报案违约日 {known.event_on} 不一致", _CLAUSE,
        "state the first unpaid day once, in the claim or in the report",
        f"loan event {reported.key} of {reported.happened_on}",
    )  # fmt: skip


def scrutinised(contract: Contract, known: Known, *, days: int | None = None) -> Iterator[Finding]:
    """Yield where a default came so early that it is looked at closely.

    Early is within `days` of drawdown (the house's figure where not given), or before a second
    instalment fell due.
    """
    rule = table("scrutiny")["early_default"]
    loan, within = contract.lent, rule["days"] if days is None else days
    after = (known.event_on - loan.drawdown).days
    first = known.event_on < add_months(loan.drawdown, 2)
    if after < 0 or (after >= within and not first):
        return
    why = "the first instalment was missed" if first else f"within {within} days of drawdown"
    why_zh = "首期即违约" if first else f"放款后 {within} 日内违约"
    yield Finding(
        "early-default", Effect.REFER, f"default {after} days after drawdown: {why}",
        f"放款后 {after} 日违约：{why_zh}", rule["clause"],
        f"look at: {rule['look_at']}", f"drawdown {loan.drawdown}, default {known.event_on}",
    )  # fmt: skip
