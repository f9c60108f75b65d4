"""Whether a default is covered: every finding at once, each with clause and cure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kernel.finding import Effect, Finding
from kernel.period import Period, add_days
from underwriting.rules.contract import Contract

CONDUCT: Final = (
    "pledge_registered",
    "use_as_agreed",
    "change_consented",
    "fraud_by_insured",
)
"""What the adjuster must establish of the conduct of the parties."""


@dataclass(frozen=True, slots=True)
class GuaranteeClaim:
    """The facts of a claim under a pledge guarantee.

    Attributes:
        period: of cover, frozen in the policy.
        waiting_days: frozen in the policy.
        notice_days: frozen in the policy.
        default_date: first day an instalment was overdue.
        known_on: the day the bank knew of it.
        notified_on: the day the insurer was told.
        on: the business date of the test.
        pledge_registered: was the pledge registered and kept; None is not yet known.
        use_as_agreed: was the loan used as agreed; None is not yet known.
        change_consented: was every change of the loan contract consented to; None not known.
        fraud_by_insured: fraud or collusion by the bank or its staff; None not known.
    """

    period: Period
    waiting_days: int
    notice_days: int
    default_date: date
    known_on: date
    notified_on: date
    on: date
    pledge_registered: bool | None = None
    use_as_agreed: bool | None = None
    change_consented: bool | None = None
    fraud_by_insured: bool | None = None

    @property
    def waiting_ends(self) -> date:
        """Last day of the waiting period; the bank may be paid after it."""
        return add_days(self.default_date, self.waiting_days)


def test_cover(
    contract: Contract,
    *,
    default_date: date,
    notified_on: date,
    file: Mapping[str, Any],
    on: date,
) -> tuple[Finding, ...]:
    """Test a claim against its contract, with what its file says so far."""
    return cover(
        GuaranteeClaim(
            period=contract.period,
            waiting_days=contract.waiting_days,
            notice_days=contract.notice_days,
            default_date=default_date,
            known_on=date.fromisoformat(file["known_on"]),
            notified_on=notified_on,
            on=on,
            **{name: file.get(name) for name in CONDUCT},
        )
    )


def cover(claim: GuaranteeClaim) -> tuple[Finding, ...]:
    """Return every finding on cover; none declines where the claim is covered."""
    return (*_timing(claim), *_conduct(claim))


def _timing(claim: GuaranteeClaim) -> Iterator[Finding]:
    if not claim.period.covers(claim.default_date):
        yield Finding(
            "not-in-force", Effect.DECLINE,
            f"the default of {claim.default_date} lies outside the cover "
            f"({claim.period.start} to {claim.period.end})",
            f"违约日 {claim.default_date} 不在保险期间内",
            "schedule: period of cover", "none under this policy; see an earlier or later one",
        )  # fmt: skip
    if claim.on <= claim.waiting_ends:
        yield Finding(
            "waiting-period", Effect.WAIT,
            f"the waiting period of {claim.waiting_days} days ends on {claim.waiting_ends}",
            f"等待期 {claim.waiting_days} 天，至 {claim.waiting_ends} 届满",
            "wording: cover", f"the claim can be paid from {add_days(claim.waiting_ends, 1)}",
        )  # fmt: skip
    latest = add_days(claim.known_on, claim.notice_days)
    if claim.notified_on > latest:
        yield Finding(
            "late-notice", Effect.INFORM,
            f"notice came on {claim.notified_on}, after {latest}",
            f"通知日 {claim.notified_on}，迟于 {latest}",
            "Insurance Law art. 21: only what can no longer be established falls away",
            "show what could still be established; the rest is cut from the loss",
        )  # fmt: skip


def _conduct(claim: GuaranteeClaim) -> Iterator[Finding]:
    tests = (
        (claim.pledge_registered, True, "pledge-not-kept", "the pledge was not registered or kept",
         "质权未登记或未维持", "Civil Code art. 444; wording: exclusions"),
        (claim.use_as_agreed, True, "misused-loan", "the loan was not used as agreed",
         "贷款用途与约定不符", "wording: exclusions"),
        (claim.change_consented, True, "unconsented-change",
         "the loan contract was changed without consent", "未经同意变更借款合同",
         "wording: exclusions"),
        (claim.fraud_by_insured, False, "fraud", "the insured or its staff took part in fraud",
         "被保险人或其工作人员欺诈、串通", "wording: exclusions"),
    )  # fmt: skip
    for seen, should_be, code, en, zh, clause in tests:
        if seen is None:
            yield Finding(
                f"{code}-unknown", Effect.WAIT, f"not yet established whether {en}",
                f"尚未查明：{zh}", clause, "state it with the assessment",
            )  # fmt: skip
        elif seen is not should_be:
            yield Finding(
                code, Effect.DECLINE, en, zh, clause,
                "show evidence to the contrary and have the claim assessed again",
            )  # fmt: skip
