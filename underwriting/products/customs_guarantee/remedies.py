"""What an importer can put right so that a finding on its letter falls away."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from kernel.period import add_months
from underwriting.rules.remedy import Remedy

_YEAR = 12


def _checked(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the proposal with a certificate of this day; arrears that were stated stay."""
    stated = risk.get("arrears") or {
        "certificate": "certificate of no arrears",
        "amount": {"amount": "0", "currency": risk["cover"]["amount"]["currency"]},
    }
    return {**risk, "arrears": {**stated, "checked_on": on.isoformat()}}


def _paid(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the proposal with the arrears paid and a new certificate."""
    checked = _checked(risk, on)
    nothing = {**checked["arrears"]["amount"], "amount": "0"}
    return {**checked, "arrears": {**checked["arrears"], "amount": nothing}}


def _used(risk: Mapping[str, Any], **days: date) -> dict[str, Any]:
    changed = {name: day.isoformat() for name, day in days.items()}
    return {**risk, "use": {**risk["use"], **changed}}


def _year(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - of one form
    first = date.fromisoformat(risk["use"]["usable_from"])
    return _used(risk, usable_until=add_months(first, _YEAR) - timedelta(days=1))


def _later(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - of one form
    last = date.fromisoformat(risk["use"]["usable_until"])
    return _used(risk, claim_until=add_months(last, _YEAR))


def _from_today(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    return _used(risk, usable_from=on)


def _first_rank(risk: Mapping[str, Any], on: date) -> dict[str, Any]:  # noqa: ARG001 - of one form
    return {**risk, "rights": [{**right, "ahead": None} for right in risk["rights"]]}


def _appraised(risk: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {
        **risk, "rights": [{**right, "appraised_on": on.isoformat()} for right in risk["rights"]]
    }  # fmt: skip


REMEDIES: Final = (
    Remedy("arrears-not-checked", "提交税务机关出具的无欠税证明",
           "bring a certificate of no tax arrears", _checked),
    Remedy("arrears-check-old", "重新开具欠税证明", "bring a certificate of these days", _checked),
    Remedy("arrears-outrank", "于质权登记前缴清欠税",
           "pay the arrears before the pledge is registered", _paid),
    Remedy("usable-too-long", "可使用期间缩短至一年",
           "let it be usable for a year, and renew", _year),
    Remedy("claim-until-too-early", "索赔截止日延至可使用期间届满后一年",
           "let customs demand until a year after the last usable day", _later),
    Remedy("usable-already", "自今日起可使用", "let it be usable from today", _from_today),
    Remedy("later-rank", "注销先顺位质权", "have the earlier pledge released", _first_rank),
    Remedy("appraisal-old", "重新评估且价值不低于原值",
           "have the rights appraised again at no less", _appraised),
)  # fmt: skip
