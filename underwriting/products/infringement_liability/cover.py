"""Whether a claim is covered: every finding at once, each with clause and cure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kernel.finding import Effect, Finding
from kernel.period import add_days, add_months
from underwriting.products.infringement_liability.cause import cause
from underwriting.products.infringement_liability.conduct import conduct
from underwriting.rules.contract import Contract

FIRST_ACT = "first_act_on"
"""Fact of the file: the day of the first act that is said to infringe, as `YYYY-MM-DD`."""

PRODUCT_CODE = "product"
"""Fact of the file: code of the accused product."""

COURT = "court"
"""Fact of the file: the court at which it is brought or threatened, such as `DE`."""

COUNTERPARTY = "counterparty"
"""Fact of the file: who makes the demand."""


def test_cover(
    contract: Contract,
    *,
    default_date: date,
    notified_on: date,
    file: Mapping[str, Any],
    on: date,
) -> tuple[Finding, ...]:
    """Test a claim against its contract, with what its file says so far.

    Args:
        contract: frozen in the policy.
        default_date: the day on which the demand or suit was made.
        notified_on: the day the insurer was told.
        file: `known_on`, the day the insured received it; the facts named above;
            `cause_first_made_on`, the first demand of the same cause, which is this day where
            there is no other; `third_party_paid`; and the answers of `CONDUCT`. Each is missing
            until established.
        on: the business date of the test.
    """
    assert notified_on <= on, "a claim is tested after it was notified"
    return (
        *_made(contract, default_date),
        *cause(contract, default_date, file),
        *_acted(contract, default_date, file),
        *_accused(contract, file),
        *_known(contract, file),
        *_notice(contract, notified_on, file),
        *conduct(file),
        *_third_party(contract, file),
    )


def reported_until(contract: Contract) -> date:
    """Return the last day on which a demand may first be made: of the extended reporting."""
    months = contract.agreed["extended_reporting_months"]
    return add_months(contract.period.end, months)


def _made(contract: Contract, made: date) -> Iterator[Finding]:
    last = reported_until(contract)
    if not contract.period.start <= made <= last:
        yield Finding(
            "not-in-force", Effect.DECLINE,
            f"the demand of {made} lies outside the cover and its extended reporting "
            f"({contract.period.start} to {last})",
            f"索赔日 {made} 不在保险期间及延长报告期内",
            "schedule: period, extended reporting",
            "none under this policy; see an earlier or later one",
        )  # fmt: skip


def _acted(contract: Contract, made: date, file: Mapping[str, Any]) -> Iterator[Finding]:
    if file.get(FIRST_ACT) is None:
        yield _unknown("first-act", "when the first act was committed", "首次行为日期",
                       "schedule: retroactive date")  # fmt: skip
        return
    act = date.fromisoformat(file[FIRST_ACT])
    since = date.fromisoformat(contract.agreed["retroactive_date"])
    if act < since:
        yield Finding(
            "act-too-early", Effect.DECLINE,
            f"the first act, {act}, is before the retroactive date {since}",
            f"首次行为日 {act} 早于追溯日 {since}",
            "schedule: retroactive date", "show that these acts began later",
        )  # fmt: skip
    if act > min(made, contract.period.end):
        yield Finding(
            "act-too-late", Effect.DECLINE,
            f"the first act, {act}, is later than the demand or the end of cover",
            f"首次行为日 {act} 晚于索赔日或保险期间届满日",
            "wording: cover; extended reporting", "state the right day and have it assessed again",
        )  # fmt: skip


def _accused(contract: Contract, file: Mapping[str, Any]) -> Iterator[Finding]:
    asked = (
        (PRODUCT_CODE, contract.agreed["products"], "product-not-scheduled",
         "a scheduled product", "承保产品", "schedule: products"),
        (COURT, contract.agreed["courts"], "court-not-covered",
         "a covered court", "承保法域", "schedule: courts"),
    )  # fmt: skip
    for name, covered, code, en, zh, clause in asked:
        seen = file.get(name)
        if seen is None:
            yield _unknown(name, f"whether it is about {en}", f"是否涉及{zh}", clause)
        elif seen not in covered:
            yield Finding(
                code, Effect.DECLINE, f"{seen} is not {en}", f"{seen} 不属于{zh}",
                clause, "none under this policy",
            )  # fmt: skip


def _known(contract: Contract, file: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare with the matters that were named before the cover."""
    who, product = file.get(COUNTERPARTY), file.get(PRODUCT_CODE)
    if who is None:
        yield _unknown("counterparty", "who makes the demand", "索赔方",
                       "schedule: known matters")  # fmt: skip
        return
    for one in contract.agreed["excluded"]:
        if (one["counterparty"], one["product"]) == (who, product):
            yield Finding(
                "excluded-matter", Effect.DECLINE,
                f"the matter of {who} over {product} was known on {one['on']} and is left out",
                f"{who} 关于 {product} 的事项于 {one['on']} 已知，属特别除外",
                "schedule: known matters", "show that this demand is about another right",
            )  # fmt: skip
    for one in contract.agreed["at_higher_retention"]:
        if (one["counterparty"], one["product"]) == (who, product):
            factor = contract.agreed["higher_retention"]
            yield Finding(
                "higher-retention", Effect.INFORM,
                f"{factor} retentions apply: the matter of {who} was known",
                f"适用 {factor} 倍免赔额：{who} 的事项起保前已知",
                "schedule: known matters", "nothing to do; the payment follows it",
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


def _third_party(contract: Contract, file: Mapping[str, Any]) -> Iterator[Finding]:
    """Say to whom damages are paid, and how defence cost counts."""
    paid = file.get("third_party_paid")
    if paid is None:
        yield _unknown("third-party-paid", "whether the third party has been paid",
                       "是否已向第三人赔偿", "Insurance Law art. 65")  # fmt: skip
    elif not paid:
        yield Finding(
            "pay-third-party", Effect.INFORM,
            "damages go to the third party: the insured has not paid them yet",
            "被保险人未向第三人赔偿，赔款直接支付第三人",
            "Insurance Law art. 65: the insured is not paid before it has paid",
            "pay the third party directly, or after proof of payment",
        )  # fmt: skip
    inside = contract.agreed["defence"] == "inside"
    how = "erodes the limit, as agreed" if inside else "has a limit of its own beside it"
    how_zh = "按约定计入限额" if inside else "另计同额限额"
    yield Finding(
        "defence-cost", Effect.INFORM, f"defence cost is borne and {how}",
        f"抗辩费用由保险人承担，{how_zh}",
        "Insurance Law art. 66: defence cost is borne unless agreed otherwise",
        "nothing to do; the payment follows it",
    )  # fmt: skip


def _unknown(code: str, en: str, zh: str, clause: str) -> Finding:
    return Finding(
        f"{code}-unknown", Effect.WAIT, f"not yet established {en}", f"尚未查明{zh}",
        clause, "state it with the assessment",
    )  # fmt: skip
