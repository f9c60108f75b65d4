"""What may be turned to find a cover that passes, and what may be put right."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from underwriting.rules.lever import Lever, Unit
from underwriting.rules.remedy import Remedy

LEVERS: Final = (
    Lever(
        "limit", "累计赔偿限额", "aggregate limit",
        ("cover", "aggregate", "amount"), Unit.MONEY, dearer=True,
    ),
    Lever(
        "limit_matter", "每案赔偿限额", "limit, any one matter",
        ("cover", "limit", "amount"), Unit.MONEY, dearer=True,
    ),
    Lever(
        "retention", "每案免赔额", "retention",
        ("cover", "retention", "amount"), Unit.MONEY, dearer=False,
    ),
    Lever("tenor", "保险期间", "period", ("cover", "months"), Unit.MONTHS, dearer=True),
    Lever(
        "retroactive", "追溯期", "retroactive period",
        ("cover", "retroactive_months"), Unit.MONTHS, dearer=True,
    ),
    Lever(
        "coinsurance", "共保比例", "the insured's coinsurance",
        ("cover", "coinsurance"), Unit.SHARE, dearer=False,
    ),
)  # fmt: skip


def _each_right(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    def mended(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - a remedy may ask the day
        return {**risk, "rights": [change(dict(right)) for right in risk["rights"]]}

    return mended


def _consented(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - as above
    return {**risk, "insured": {**risk["insured"], "licensor_consent": True}}


def _reported(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    report = {"reported_on": on.isoformat(), "verdict": "positive"}
    rights = [
        right if right.get("evaluation") else {**right, "evaluation": report}
        for right in risk["rights"]
    ]
    return {**risk, "rights": rights}


def _paid(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Pay the fees of each right to a year from the day, where a day is stated that has passed."""
    until = on.replace(year=on.year + 1, day=min(on.day, 28)).isoformat()
    rights = [
        {**right, "fees_paid_until": until}
        if (right.get("fees_paid_until") or until) < on.isoformat()
        else right
        for right in risk["rights"]
    ]
    return {**risk, "rights": rights}


REMEDIES: Final = (
    Remedy("no-co-owner-consent", "取得共有人书面同意", "have every co-owner consent in writing",
           _each_right(lambda right: {**right, "co_owners_consent": True})),
    Remedy("no-licensor-consent", "取得权利人书面同意", "have the licensor consent in writing",
           _consented),
    Remedy("no-evaluation", "取得专利权评价报告", "obtain an evaluation report", _reported),
    Remedy("fees-unpaid", "补缴年费", "pay the annuities due", _paid),
)  # fmt: skip
