"""Whether a loan stands so that leave may be given for a change of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kernel.finding import Effect, Finding
from underwriting.watch.account import LoanState
from underwriting.watch.consent_kind import EN, ZH, ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.level import Level
from underwriting.watch.standing import Standing

_CLAUSE: Final = "house rules of consent"
_COVER: Final = "wording: cover and exclusions"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWhen:
    """The day and the state in which leave is asked.

    Attributes:
        kind: of the change.
        on: business date.
        effective_on: first day of the change.
        loan: how it stands; None where nobody reports it.
        breaches: changes without leave that are remembered.
        open_claims: numbers of claims that are open.
        level: of the watch over the policy.
        extensions: leave for extensions that was given before.
    """

    kind: ConsentKind
    on: date
    effective_on: date
    loan: Standing | None
    breaches: int
    open_claims: tuple[str, ...]
    level: Level
    extensions: int


def standing_findings(asked: AskedWhen) -> Iterator[Finding]:
    """Yield what stands against leave, or has a person look at it."""
    yield from _days(asked)
    yield from _loan(asked)
    yield from _past(asked)
    if not consent_law().kinds[asked.kind]["alone"]:
        yield Finding(
            "person-decides", Effect.REFER, f"{EN[asked.kind]} is decided by a person",
            f"{ZH[asked.kind]}须由核保人员审批", _CLAUSE, "none needed; a person answers",
        )  # fmt: skip


def _days(asked: AskedWhen) -> Iterator[Finding]:
    if asked.effective_on < asked.on:
        yield Finding(
            "after-the-fact", Effect.REFER,
            f"leave is asked on {asked.on} for a change from {asked.effective_on}",
            f"{asked.on} 申请，变更已自 {asked.effective_on} 起生效", _COVER,
            "ask before the change; what was done without leave stays on record",
        )  # fmt: skip


def _loan(asked: AskedWhen) -> Iterator[Finding]:
    if asked.loan is None:
        yield Finding(
            "no-loan-record", Effect.REFER, "nothing that happened to the loan is on record",
            "无任何贷款事件记录", "wording: duties of the insured", "send the events of the loan",
        )  # fmt: skip
        return
    late, law = asked.loan.days_overdue, consent_law().general
    if asked.loan.state is LoanState.NON_PERFORMING:
        yield Finding(
            "loan-non-performing", Effect.DECLINE, "the bank grades the loan as non-performing",
            "贷款已列为不良", _COVER, "notify the default and claim, or have it regraded first",
        )  # fmt: skip
    if late > law["refuse_days"]:
        yield _overdue(late, Effect.DECLINE)
    elif late > law["overdue_days"]:
        yield _overdue(late, Effect.REFER)


def _overdue(days: int, effect: Effect) -> Finding:
    return Finding(
        "loan-overdue", effect, f"the loan is {days} days overdue", f"贷款已逾期 {days} 天",
        _COVER, "pay what is overdue and report it as cured",
    )  # fmt: skip


def _past(asked: AskedWhen) -> Iterator[Finding]:
    if asked.open_claims:
        named = ", ".join(asked.open_claims)
        yield Finding(
            "claim-open", Effect.DECLINE, f"a claim is open: {named}", f"存在未结赔案：{named}",
            _COVER, "settle or deny it, and close it, first",
        )  # fmt: skip
    if asked.breaches:
        yield Finding(
            "changed-before", Effect.REFER,
            f"{asked.breaches} changes were made without leave",
            f"曾有 {asked.breaches} 次未经同意的变更", _COVER, "explain them with this request",
        )  # fmt: skip
    if asked.level is Level.CRITICAL:
        yield Finding(
            "watch-critical", Effect.REFER, "the policy is on the critical watch list",
            "保单处于重大预警状态", _CLAUSE, "cure what the watch names",
        )  # fmt: skip
    most = consent_law().kinds[asked.kind].get("most")
    if most is not None and asked.extensions >= most:
        yield Finding(
            "extended-before", Effect.REFER, f"leave to extend was given {asked.extensions} times",
            f"已同意展期 {asked.extensions} 次", _CLAUSE, "a person decides",
        )  # fmt: skip
