"""What a borrower or its bank can put right so that a finding on the pledge falls away."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from kernel.period import add_months
from underwriting.rules.remedy import Remedy

_YEAR, _TERM = 12, 120
"""Months that a fee, and the renewal of a mark, are paid for."""

Stated = Mapping[str, Any]
Mend = Callable[[Stated, date], dict[str, Any]]


def _each(mend: Callable[[Stated, date], Mapping[str, Any]]) -> Mend:
    """Put every right of the proposal right; `mend` returns what changes of one."""

    def mended(risk: Stated, on: date) -> dict[str, Any]:
        return {**risk, "rights": [{**right, **mend(right, on)} for right in risk["rights"]]}

    return mended


def _fees(right: Stated, on: date) -> Mapping[str, Any]:
    paid = right.get("fees_paid_until")
    if paid is None or paid >= on.isoformat():
        return {}
    return {"fees_paid_until": add_months(on, _YEAR).isoformat()}


def _renewed(right: Stated, on: date) -> Mapping[str, Any]:
    if right["kind"] not in ("trademark", "gi") or right["expires"] > on.isoformat():
        return {}
    return {"expires": add_months(date.fromisoformat(right["expires"]), _TERM).isoformat()}


def _consents(right: Stated, _on: date) -> Mapping[str, Any]:
    return {"consents": list(right.get("co_owners", ()))}


def _unlicensed(_right: Stated, _on: date) -> Mapping[str, Any]:
    return {"licence": "none"}


def _appraised(_right: Stated, on: date) -> Mapping[str, Any]:
    return {"appraised_on": on.isoformat(), "valued_by": "appraiser"}


def _released(_right: Stated, _on: date) -> Mapping[str, Any]:
    return {"pledged_elsewhere": False}


def _without_deed(risk: Stated, _on: date) -> dict[str, Any]:
    """Leave the defective contract out: a whole one is stated before binding."""
    return {**risk, "deed": None}


REMEDIES: Final = (
    Remedy("fees-unpaid", "补缴年费及滞纳金", "pay the fees and the surcharge", _each(_fees)),
    Remedy("expired", "在宽展期内续展商标", "renew the mark within its grace", _each(_renewed)),
    Remedy("co-owners", "取得全体共有人书面同意", "bring every co-owner's written consent",
           _each(_consents)),
    Remedy("licence-conflict", "撤回开放许可或取得质权人同意",
           "withdraw the open licence, or have the bank consent", _each(_unlicensed)),
    Remedy("appraisal-old", "重新评估", "have the rights appraised again", _each(_appraised)),
    Remedy("own-valuation", "委托外部评估", "have the rights appraised by an outsider",
           _each(_appraised)),
    Remedy("pledged-already", "解除在先质押", "have the other pledge released", _each(_released)),
    *(
        Remedy(code, "补正质押合同", "complete the pledge contract and sign again", _without_deed)
        for code in ("deed-items", "deed-debt", "deed-due")
    ),
)  # fmt: skip
"""Finding -> what takes it away."""
