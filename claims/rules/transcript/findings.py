"""What there is to say of a transcript: unsigned, differing, broken, early, or stripped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.rules.transcript.compare import sums
from claims.rules.transcript.line import LineKind
from claims.rules.transcript.worked_out import WorkedOut
from kernel.finding import Effect, Finding
from kernel.money import Money

_CLAUSE = "papers of a claim: repayment and arrears statement"
_SHOWN = 5
_NEXT_DAY = timedelta(days=1)
"""What falls due on a day is overdue from that day or the next, as the bank counts."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a transcript for the bank, and when.

    Attributes:
        by: name and post.
        on: the day.
    """

    by: str
    on: date


def transcript_findings(found: WorkedOut, signed: Signed | None) -> tuple[Finding, ...]:
    """Return every finding on a transcript."""
    return (
        *_signature(found, signed),
        *_differs(found),
        *_broken(found),
        *_totals(found),
        *_twice(found),
        *_course(found),
        *_since(found),
        *_after(found),
        *_stripped(found),
    )


def _signature(found: WorkedOut, signed: Signed | None) -> Iterator[Finding]:
    if signed is None:
        yield Finding(
            "transcript-unsigned", Effect.WAIT, "the transcript is not signed by the bank",
            "还款明细未经银行签章确认", _CLAUSE,
            "have it signed, with name, post and day, and send it again",
        )  # fmt: skip
    elif signed.on < found.statement.closes_on:
        yield Finding(
            "signed-before-close", Effect.REFER,
            f"signed on {signed.on}, before its last line of {found.statement.closes_on}",
            f"签章日 {signed.on} 早于明细截止日 {found.statement.closes_on}", _CLAUSE,
            "have the whole of it signed",
        )  # fmt: skip


def _differs(found: WorkedOut) -> Iterator[Finding]:
    unit = found.lending.currency
    by_kind: Counter[LineKind] = Counter()
    days: dict[LineKind, list[str]] = {}
    for one in found.differing:
        by_kind[one.kind] += one.differs_by
        days.setdefault(one.kind, []).append(one.on.isoformat())
    for kind, shown in days.items():
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        name = kind.value.replace("_", "-")
        yield Finding(
            f"{name}-differs", Effect.REFER,
            f"{kind.value} differs by {Money(by_kind[kind], unit)} in all, on "
            f"{', '.join(shown[:_SHOWN])}{more}",
            f"{kind.value} 与重新计算不一致，合计相差 {Money(by_kind[kind], unit)}", _CLAUSE,
            "show rate, day count and payments of these days, or correct the statement",
        )  # fmt: skip


def _broken(found: WorkedOut) -> Iterator[Finding]:
    if found.broken:
        one, unit = found.broken[0], found.lending.currency
        yield Finding(
            "balance-broken", Effect.REFER,
            f"{len(found.broken)} balances do not follow, first on line {one.row}: "
            f"{Money(one.stated, unit)} stated, {Money(one.follows, unit)} follows",
            f"第 {one.row} 行余额与上一行不衔接", _CLAUSE,
            "send every line of the account, none left out",
        )  # fmt: skip


def _totals(found: WorkedOut) -> Iterator[Finding]:
    lines, unit = found.statement.lines, found.lending.currency
    stated = (found.statement.debits, found.statement.credits)
    added = (sum(line.debit for line in lines), sum(line.credit for line in lines))
    for side, zh, told, sum_ in zip(
        ("debits", "credits"), ("借方", "贷方"), stated, added, strict=True
    ):
        if told is not None and told != sum_:
            yield Finding(
                "total-differs", Effect.REFER,
                f"the {side} add up to {Money(sum_, unit)}; {Money(told, unit)} is stated",
                f"{zh}合计与逐行相加不一致", _CLAUSE, "send every line, and the total of all",
            )  # fmt: skip


def _twice(found: WorkedOut) -> Iterator[Finding]:
    seen = Counter((line.on, line.kind, line.debit, line.credit) for line in found.statement.lines)
    for (on, kind, debit, credit_), count in seen.items():
        if count > 1:
            amount = Money(debit or credit_, found.lending.currency)
            yield Finding(
                "line-twice", Effect.REFER,
                f"{kind.value} of {amount} stands {count} times on {on}",
                f"{on} {kind.value} 重复 {count} 次", _CLAUSE,
                "say that it was moved so often, or take it out",
            )  # fmt: skip


def _course(found: WorkedOut) -> Iterator[Finding]:
    days = [line.on for line in found.statement.lines]
    claimed, closes = found.claimed, found.statement.closes_on
    if days != sorted(days):
        yield Finding(
            "days-out-of-order", Effect.INFORM, "the lines are not in the order of their days",
            "明细未按日期排序", _CLAUSE, "",
        )  # fmt: skip
    if closes < claimed.default_on:
        yield Finding(
            "transcript-too-early", Effect.WAIT,
            f"the transcript ends on {closes}, before the default of {claimed.default_on}",
            f"明细截止 {closes}，早于违约日 {claimed.default_on}", _CLAUSE,
            "send it up to the default at least",
        )  # fmt: skip


def _since(found: WorkedOut) -> Iterator[Finding]:
    claimed, since = found.claimed, found.claimed.overdue_since
    if since is None or since > claimed.default_on:
        yield Finding(
            "not-overdue-worked-out", Effect.REFER,
            f"worked out again, nothing was overdue on {claimed.default_on}"
            + (f"; it is since {since}" if since else ""),
            f"重新计算：{claimed.default_on} 并无逾期", _CLAUSE,
            "state the first day unpaid, or the payments that are not what they seem",
        )  # fmt: skip
    elif claimed.default_on - since > _NEXT_DAY:
        yield Finding(
            "overdue-before-default", Effect.REFER,
            f"worked out again, the loan is overdue since {since}, before {claimed.default_on}",
            f"重新计算：自 {since} 起即已逾期，早于违约日 {claimed.default_on}", _CLAUSE,
            "report the first day unpaid, or show what was paid by then",
        )  # fmt: skip


def _after(found: WorkedOut) -> Iterator[Finding]:
    claimed = found.claimed
    if claimed.surplus:
        yield Finding(
            "paid-beyond", Effect.REFER,
            f"{Money(claimed.surplus, found.lending.currency)} was paid beyond all that was owed",
            "还款超过全部欠款", _CLAUSE, "look at terms and payments again",
        )  # fmt: skip
    if found.lending.stops_on is not None and found.lending.stops_on <= claimed.until:
        yield Finding(
            "interest-stopped", Effect.INFORM,
            f"interest stops on {found.lending.stops_on}, when the bankruptcy was accepted",
            f"破产受理日 {found.lending.stops_on} 起停止计息",
            "SPC security interpretation art. 22, where the terms follow; not verified", "",
        )  # fmt: skip


def _stripped(found: WorkedOut) -> Iterator[Finding]:
    stated = sums(found.statement)
    for kind in dict.fromkeys(line.kind for line in found.stripped):
        amount = Money(stated[kind], found.lending.currency)
        yield Finding(
            f"{kind.value.replace('_', '-')}-stripped", Effect.CUT,
            f"{kind.value} of {amount} in the statement is not covered",
            f"明细所列 {kind.value} {amount} 不在保险责任内", "wording: exclusions", "",
        )  # fmt: skip
