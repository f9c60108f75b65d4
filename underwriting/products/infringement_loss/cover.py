"""Whether a matter is covered: every finding at once, each with clause and cure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from kernel.finding import Effect, Finding
from kernel.period import add_days, add_months
from underwriting.rules.contract import Contract

FIRST_INFRINGED = "first_infringed_on"
"""Fact of the file: the day of the first infringement, as `YYYY-MM-DD`."""

RIGHT = "right_number"
"""Fact of the file: number of the right."""


class _Question(NamedTuple):
    """One thing that an adjuster establishes, and what is said where it is not as it should be."""

    name: str
    should_be: bool
    code: str
    en: str
    zh: str
    clause: str


_QUESTIONS: Final = (
    _Question("filing_accepted", True, "filing-not-accepted",
              "no filing was accepted by a court, an arbitration body or an office",
              "立案或受理未获确认", "wording: cover"),
    _Question("counsel_consented", True, "counsel-unconsented",
              "counsel and budget had no written consent", "代理人及预算未经书面同意",
              "wording: duties"),
    _Question("right_in_force", True, "right-not-in-force",
              "the right had lapsed or was declared invalid", "权利已失效或被宣告无效",
              "Patent Law arts 44, 47; wording: exclusions"),
    _Question("known_at_inception", False, "known-matter",
              "the infringement was known before the cover began", "起保前已知悉该侵权",
              "Insurance Law art. 16; wording: exclusions"),
    _Question("related_infringer", False, "related-infringer",
              "the infringer is related to the insured", "侵权人为被保险人关联方",
              "wording: exclusions"),
    _Question("claim_waived", False, "claim-waived",
              "the insured waived its claim against the infringer before payment",
              "赔付前放弃对侵权人的请求权", "Insurance Law art. 61"),
    _Question("settled_unconsented", False, "settled-unconsented",
              "the matter was settled without consent", "未经同意与侵权人和解",
              "wording: exclusions"),
    _Question("fraud_by_insured", False, "fraud",
              "the insured or its staff took part in fraud", "被保险人或其工作人员欺诈、串通",
              "Insurance Law art. 27; wording: exclusions"),
)  # fmt: skip

CONDUCT: Final = tuple(question.name for question in _QUESTIONS)
"""What the adjuster must establish of the matter and of the conduct of the parties."""


def test_cover(
    contract: Contract,
    *,
    default_date: date,
    notified_on: date,
    file: Mapping[str, Any],
    on: date,
) -> tuple[Finding, ...]:
    """Test a matter against its contract, with what its file says so far.

    Args:
        contract: frozen in the policy.
        default_date: the day on which the filing was accepted.
        notified_on: the day the insurer was told.
        file: `known_on`, the day the insured knew of the infringement; `first_infringed_on`;
            `right_number`; and the answers of `CONDUCT`, each missing until established.
        on: the business date of the test.
    """
    assert notified_on <= on, "a matter is tested after it was notified"
    return (
        *_accepted(contract, default_date),
        *_infringed(contract, default_date, file),
        *_right(contract, file),
        *_notice(contract, notified_on, file),
        *_conduct(file),
    )


def _accepted(contract: Contract, accepted: date) -> Iterator[Finding]:
    if not contract.period.covers(accepted):
        yield Finding(
            "not-in-force", Effect.DECLINE,
            f"the filing was accepted on {accepted}, outside the cover "
            f"({contract.period.start} to {contract.period.end})",
            f"受理日 {accepted} 不在保险期间内",
            "schedule: period of cover", "none under this policy; see an earlier or later one",
        )  # fmt: skip


def _infringed(contract: Contract, accepted: date, file: Mapping[str, Any]) -> Iterator[Finding]:
    months = contract.agreed["retroactive_months"]
    earliest = add_months(contract.period.start, -months)
    if file.get(FIRST_INFRINGED) is None:
        yield Finding(
            "first-infringement-unknown", Effect.WAIT,
            "not yet established when the right was first infringed",
            "尚未查明首次侵权日期", "wording: cover; schedule: retroactive period",
            "state the day of the first infringement with the assessment",
        )  # fmt: skip
        return
    first = date.fromisoformat(file[FIRST_INFRINGED])
    if first < earliest:
        yield Finding(
            "infringed-too-early", Effect.DECLINE,
            f"the right was first infringed on {first}, before {earliest}",
            f"首次侵权日 {first} 早于追溯起始日 {earliest}",
            "schedule: retroactive period", "show that this infringement began later",
        )  # fmt: skip
    if first > accepted:
        yield Finding(
            "infringed-after-filing", Effect.DECLINE,
            f"the first infringement, {first}, is later than the filing of {accepted}",
            f"首次侵权日 {first} 晚于受理日 {accepted}",
            "wording: cover", "state the right day and have it assessed again",
        )  # fmt: skip


def _right(contract: Contract, file: Mapping[str, Any]) -> Iterator[Finding]:
    number, insured = file.get(RIGHT), contract.agreed["rights"]
    if number is None:
        yield Finding(
            "right-unknown", Effect.WAIT,
            "not yet established which right was infringed", "尚未查明被侵权的权利",
            "schedule: insured rights", "state the number of the right with the assessment",
        )  # fmt: skip
    elif number not in insured:
        yield Finding(
            "right-not-insured", Effect.DECLINE,
            f"{number} is none of the insured rights", f"{number} 不在承保权利清单内",
            "schedule: insured rights", "none under this policy",
        )  # fmt: skip


def _notice(contract: Contract, notified_on: date, file: Mapping[str, Any]) -> Iterator[Finding]:
    latest = add_days(date.fromisoformat(file["known_on"]), contract.notice_days)
    if notified_on > latest:
        yield Finding(
            "late-notice", Effect.INFORM,
            f"notice came on {notified_on}, after {latest}",
            f"通知日 {notified_on}，迟于 {latest}",
            "Insurance Law art. 21: only what can no longer be established falls away",
            "show what could still be established; the rest is cut from the loss",
        )  # fmt: skip


def _conduct(file: Mapping[str, Any]) -> Iterator[Finding]:
    for question in _QUESTIONS:
        seen = file.get(question.name)
        if seen is None:
            yield Finding(
                f"{question.code}-unknown", Effect.WAIT,
                f"not yet established whether {question.en}", f"尚未查明：{question.zh}",
                question.clause, "state it with the assessment",
            )  # fmt: skip
        elif seen is not question.should_be:
            yield Finding(
                question.code, Effect.DECLINE, question.en, question.zh, question.clause,
                "show evidence to the contrary and have the claim assessed again",
            )  # fmt: skip
