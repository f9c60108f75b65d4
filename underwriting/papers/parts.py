"""Parts that several papers share: numbers, rights, the scheme, findings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from documents.blocks import Fact, Label
from documents.blocks import Finding as PrintedFinding
from documents.forms.rows import LayerShare, Right
from documents.forms.rows import Scheme as PrintedScheme
from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.sharing import Layer, RecoveryRule, Role, Scheme, Shares
from underwriting.rules.contract import Contract

RIGHT_KINDS = {
    "invention": "发明专利 invention",
    "utility_model": "实用新型 utility model",
    "design": "外观设计 design",
    "trademark": "商标 trademark",
    "copyright": "著作权 copyright",
    "ic_layout": "集成电路布图设计 IC layout design",
    "gi": "地理标志 geographical indication",
}
PLANS = {
    "bullet": "到期一次还本 bullet",
    "equal_principal": "等额本金 equal principal",
    "annuity": "等额本息 annuity",
    "custom": "按约定分期还本 as agreed, by instalments",
}
ROLES = {
    Role.INSURER: "保险人 insurer",
    Role.BANK: "银行 bank",
    Role.POOL: "政府资金池 public pool",
    Role.GUARANTOR: "担保机构 guarantor",
    Role.APPRAISER: "评估机构 appraiser",
    Role.REINSURER: "再保险人 reinsurer",
    Role.INSURED: "被保险人 insured",
}
RECOVERY_RULES = {
    RecoveryRule.PRO_RATA: "先扣除必要费用，再按各方实际承担比例返还。 "
    "Costs first, then pro rata to what each party bears.",
    RecoveryRule.REVERSE: "先扣除必要费用，再按承担顺序的相反次序返还。 "
    "Costs first, then the last to bear is the first repaid.",
}


def percent(rate: Fraction | str) -> str:
    """Write a rate per 1 as a percentage.

    >>> percent("0.0435"), percent(Fraction(54, 100))
    ('4.35 %', '54 %')
    """
    exact = Fraction(rate) * 100
    if (exact * 10000).denominator != 1:
        return f"{exact.numerator}/{exact.denominator} %"
    text = format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return f"{text} %"


def rights_of(risk: Mapping[str, Any], currency: str) -> tuple[Right, ...]:
    """The rights of a proposal, pledged or insured, as printed."""
    return tuple(
        Right(
            kind=RIGHT_KINDS[right["kind"]],
            number=right["number"],
            title=right["title"],
            owner=right["owner"],
            expires_on=date.fromisoformat(right["expires"]),
            appraised_value=_appraised(right, currency),
        )
        for right in risk.get("rights", ())
    )


def _appraised(right: Mapping[str, Any], currency: str) -> Money | None:
    """Return what a pledged right was appraised at; an insured right is not appraised."""
    if "appraised" not in right:
        return None
    return Money.of(right["appraised"]["amount"], currency)


def terms_of(contract: Contract) -> tuple[Fact, ...]:
    """The terms in the order in which they are applied, as printed; then the particulars."""
    order = [Fact(Label(term.zh, term.en), term.value) for term in contract.terms]
    stated = contract.agreed.get("particulars", ())
    return (*order, *(Fact(Label(zh, en), value) for zh, en, value in stated))


def loan_facts_of(contract: Contract) -> tuple[Fact, ...]:
    """The loan that a policy follows and how its loss is worked out, as printed."""
    loan = contract.loan
    if loan is None:
        return ()
    settles = {
        "several": "各方各自赔付 each party its own share",
        "lead": "出单方先行赔付 the issuer pays for all",
    }
    return (
        Fact(Label("借款合同号", "Loan contract"), loan.contract),
        Fact(Label("贷款金额", "Loan amount"), loan.amount),
        Fact(Label("年利率", "Annual rate"), percent(loan.annual_rate)),
        Fact(Label("贷款期限", "Term"), f"{loan.term_months} 个月 months"),
        Fact(Label("放款日", "Drawdown date"), loan.drawdown),
        Fact(Label("还款方式", "Repayment plan"), PLANS[loan.plan]),
        Fact(Label("知识产权担保占比", "Part secured by IP"), percent(loan.ip_share)),
        Fact(Label("通知期限", "Notice of a default"), f"{contract.notice_days} 天 days"),
        Fact(Label("赔付方式", "Who pays"), settles[contract.settles]),
    )


def scheme_of(scheme: Scheme, loan: Money, tier: str | None) -> PrintedScheme:
    """The scheme's shares for this loan, layer by layer, as printed."""
    bracket = scheme.bracket_for(loan, tier)
    rows = []
    for layer in scheme.layers:
        shares = bracket.shares if bracket else layer.shares
        if shares is not None:
            rows += _layer_rows(scheme, layer, shares)
    return PrintedScheme(scheme.code, scheme.title, tuple(rows))


def _layer_rows(scheme: Scheme, layer: Layer, shares: Shares) -> list[LayerShare]:
    upto = "全部余额 all that remains" if layer.upto is None else f"≤ {percent(layer.upto)}"
    return [
        LayerShare(upto, f"{party} ({ROLES[scheme.roles[party]]})", percent(shares.share_of(party)))
        for party in shares.parties
    ]


def limits_of(scheme: Scheme) -> tuple[str, ...]:
    """Caps, fuses and residual in words, as printed."""
    lines = [
        f"上限 cap: {cap.party}, {cap.per.value} {cap.amount or cap.rate or ''}".rstrip()
        + (f" → {cap.then}" if cap.then else "")
        for cap in scheme.caps
    ]
    lines += [
        f"熔断 fuse: {fuse.measure} > {percent(fuse.above)} → {fuse.effect.value} "
        f"({', '.join(fuse.parties)})"
        for fuse in scheme.fuses
    ]
    lines.append(f"剩余部分 what caps, pools and fuses leave: {scheme.residual}")
    return tuple(lines)


def findings_of(findings: Iterable[Finding]) -> tuple[PrintedFinding, ...]:
    """Findings that decide, as printed; those that only inform go into the notes."""
    return tuple(
        PrintedFinding(found.code, f"{found.zh} {found.en}", found.clause, found.cure)
        for found in findings
        if found.effect is not Effect.INFORM
    )


def notes_of(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Findings that only inform, as notes."""
    return tuple(
        f"{found.zh}。 {found.en} ({found.clause})"
        for found in findings
        if found.effect is Effect.INFORM
    )
