"""The terms that binding a customs guarantee freezes."""

from typing import Any, Final

from kernel.errors import invalid
from kernel.money import Money
from kernel.period import Period, add_months
from underwriting.product import Rated
from underwriting.products.customs_guarantee.letter import Letter, letter_of
from underwriting.products.customs_guarantee.paid import (
    demand_working_days,
    sum_insured,
    surcharge_limit,
)
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.use import District, Mode, Purpose, Use
from underwriting.rules.contract import Contract, Term


def contract(risk: CustomsGuaranteeRisk, basis: Rated) -> Contract:
    """Return the terms; cover runs from the first usable day to the last day of demand.

    Raises:
        Invalid: the currency is not that of the customs, a right has no value, or the scheme is
            not one plain layer.
    """
    _refuse(risk, basis)
    letter = letter_of(risk, basis)
    named = "、".join(one.name for one in risk.use.beneficiaries)
    period = Period(risk.use.usable_from, risk.use.claim_until)
    return Contract(
        policyholder=risk.importer.name,
        policyholder_id=risk.importer.register_id,
        insured=named,
        beneficiary=named,
        issuer=risk.cover.issuer,
        settles="lead",
        sum_insured=sum_insured(risk, basis.terms),
        period=period,
        waiting_days=0,
        notice_days=basis.terms["notice_days"],
        call_working_days=basis.terms["call_working_days"],
        papers=basis.terms["papers"],
        earning=_earning(letter, period),
        subsidy=risk.subsidy.agreed() if risk.subsidy else None,
        terms=_terms(risk, basis),
        agreed=_agreed(risk, basis),
    )


def _refuse(risk: CustomsGuaranteeRisk, basis: Rated) -> None:
    currency = basis.terms["regimes"][risk.use.regime]["currency"]
    if risk.currency != currency:
        problem = f"is in {risk.currency}; tax is paid in {currency}"
        raise invalid("risk.cover.amount", problem, f"give every amount in {currency}")
    for index, right in enumerate(risk.rights):
        field = f"risk.rights[{index}].appraised"
        if right.appraised.money(field).minor == 0:
            raise invalid(field, "is nothing", "appraise the right, or leave it out of the pledge")


def _earning(letter: Letter, period: Period) -> tuple[int, ...]:
    """Return by month of the period what is expected to be open; all alike where nothing is."""
    months = 1
    while add_months(period.start, months) <= period.end:
        months += 1
    open_ = [round(float(amount)) for amount in letter.expected[:months]]
    return tuple((open_ + [0] * (months - len(open_))) if sum(open_) else [1] * months)


def _terms(risk: CustomsGuaranteeRisk, basis: Rated) -> tuple[Term, ...]:
    beyond = surcharge_limit(risk, basis.terms)
    restored = risk.use.mode is Mode.REVOLVING
    late = "额度之内 within the limit"
    if beyond:
        late = f"额度之外，最高 {Money(beyond, risk.currency)} beyond the limit, at most"
    limit = f"{risk.amount}{'，税款缴清后恢复 restored as tax is paid' if restored else ''}"
    share = f"{basis.scheme.code}：{risk.cover.issuer}"
    return (
        Term("sublimit", "滞纳金", "late surcharge", late),
        Term("limit", "担保额度", "limit", limit),
        Term("share", "分担方案及承担方", "scheme and who bears", share),
    )


def _agreed(risk: CustomsGuaranteeRisk, basis: Rated) -> dict[str, Any]:
    use = risk.use
    return {
        "regime": use.regime,
        "mode": use.mode.value,
        "purposes": [one.value for one in use.purposes],
        "amount": risk.amount.text,
        "surcharge": risk.cover.surcharge.value,
        "surcharge_limit": Money(surcharge_limit(risk, basis.terms), risk.currency).text,
        "registered": _district(use.registered),
        "beneficiaries": [_district(one) for one in use.beneficiaries],
        "usable_from": use.usable_from.isoformat(),
        "usable_until": use.usable_until.isoformat(),
        "claim_until": use.claim_until.isoformat(),
        "demand_working_days": demand_working_days(risk, basis.terms),
        "liability": "joint_and_several",
        "waives_rescission": risk.cover.waives_rescission,
        "customs_code": risk.importer.customs_code,
        "particulars": _particulars(use, demand_working_days(risk, basis.terms)),
    }


def _particulars(use: Use, days: int) -> list[list[str]]:
    """Return what is printed beside the terms: Chinese, English, value."""
    purposes = "、".join(_PURPOSES[one] for one in use.purposes)
    districts = "、".join(f"{one.name} ({one.code})" for one in use.beneficiaries)
    once = use.mode is Mode.REVOLVING
    return [
        ["受益海关", "customs districts covered", districts],
        ["担保事项", "purposes", purposes],
        ["担保方式", "mode", "总担保 revolving" if once else "单笔 single"],
        ["可用期", "usable", f"{use.usable_from} 至 to {use.usable_until}"],
        ["索赔期至", "demands until", use.claim_until.isoformat()],
        ["付款时限", "paid after a demand within", f"{days} 个工作日 working days"],
        ["责任形式", "liability", "连带责任 joint and several"],
    ]


_PURPOSES: Final = {
    Purpose.AGGREGATED: "汇总征税 aggregated collection",
    Purpose.PAYMENT_TERM: "纳税期限 payment term",
    Purpose.TAXATION_ELEMENTS: "征税要素 taxation elements",
}


def _district(one: District) -> dict[str, str]:
    return {"code": one.code, "name": one.name}
