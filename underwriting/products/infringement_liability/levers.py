"""What may be turned to find a cover that passes, and what may be put right."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from underwriting.rules.lever import Lever, Unit
from underwriting.rules.remedy import Remedy

LEVERS: Final = (
    Lever("limit", "每次索赔限额", "limit any one claim", ("cover", "limit", "amount"),
          Unit.MONEY, dearer=True),
    Lever("aggregate", "累计限额", "aggregate limit", ("cover", "aggregate", "amount"),
          Unit.MONEY, dearer=True),
    Lever("retention", "每次索赔免赔额", "retention", ("cover", "retention", "amount"),
          Unit.MONEY, dearer=False),
    Lever("tenor", "保险期间", "period", ("cover", "months"), Unit.MONTHS, dearer=True),
    Lever("copay", "库内律师共保比例", "copay with panel counsel", ("cover", "copay_panel"),
          Unit.SHARE, dearer=False),
    Lever("extended_reporting", "延长报告期", "extended reporting",
          ("cover", "extended_reporting_months"), Unit.MONTHS, dearer=True),
)  # fmt: skip


def _excluded(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - a remedy may ask the day
    known = [{**one, "treatment": "exclude"} for one in risk["known_matters"]]
    return {**risk, "known_matters": known}


def _opinion(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Add an opinion of external counsel over every product at every court."""
    opinion = {
        "kind": "freedom_to_operate",
        "author": "external_counsel",
        "on": on.isoformat(),
        "products": [one["code"] for one in risk["products"]],
        "courts": risk["cover"]["courts"],
        "conclusion": "clear",
    }
    return {**risk, "opinions": [*risk.get("opinions", ()), opinion]}


REMEDIES: Final = (
    Remedy("known-suit", "将已知事项除外", "leave the known matters out", _excluded),
    Remedy("known-matter-unopined", "将已知事项除外", "leave the known matters out", _excluded),
    Remedy("opinion-missing", "取得外部律师自由实施意见",
           "obtain an opinion of external counsel on freedom to operate", _opinion),
)  # fmt: skip
