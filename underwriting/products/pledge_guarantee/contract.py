"""The terms that binding a pledge guarantee freezes."""

from fractions import Fraction

from kernel.errors import invalid
from kernel.money import Money
from kernel.period import Period, add_days, add_months
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.rating import sum_insured, waiting_days
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.rules.contract import Contract


def contract(risk: PledgeGuaranteeRisk, basis: Rated) -> Contract:
    """Return the terms; cover runs from drawdown until some days after the loan falls due.

    Raises:
        Invalid: the issuer is no party of the scheme, or the sum insured is nothing.
    """
    parties = basis.scheme.parties
    if risk.cover.issuer not in parties:
        raise invalid(
            "risk.cover.issuer",
            f"{risk.cover.issuer!r} is no party of scheme {basis.scheme.code}",
            f"use one of {', '.join(parties)}",
        )
    for index, right in enumerate(risk.rights):
        field = f"risk.rights[{index}].appraised"
        if right.appraised.money(field).minor == 0:
            raise invalid(field, "is nothing", "appraise the right, or leave it out of the pledge")
    limit = sum_insured(risk, basis.scheme.loss_base)
    if limit == 0:
        raise invalid("risk.cover.sum_insured", "is nothing", "give an amount above zero")
    due = add_months(risk.loan.drawdown, risk.loan.term_months)
    return Contract(
        policyholder=risk.borrower.name,
        policyholder_id=risk.borrower.register_id,
        issuer=risk.cover.issuer,
        settles=risk.cover.settles.value,
        sum_insured=Money(limit, risk.currency),
        loan=risk.loan_money,
        loan_contract=risk.loan.contract,
        annual_rate=Fraction(risk.loan.annual_rate),
        plan=risk.loan.plan.value,
        term_months=risk.loan.term_months,
        drawdown=risk.loan.drawdown,
        ip_share=risk.ip_share,
        tier=risk.borrower.tier,
        period=Period(risk.loan.drawdown, add_days(due, basis.terms["cover_after_due_days"])),
        waiting_days=waiting_days(risk, basis),
        notice_days=basis.terms["notice_days"],
        call_working_days=basis.terms["call_working_days"],
        papers=basis.terms["papers"],
        subsidy=_subsidy(risk),
    )


def _subsidy(risk: PledgeGuaranteeRisk) -> tuple[str, Fraction, Money | None] | None:
    if risk.subsidy is None:
        return None
    cap = risk.subsidy.cap
    share = Fraction(risk.subsidy.share)
    return risk.subsidy.payer, share, cap.money("risk.subsidy.cap") if cap else None
