"""The terms that binding a pledge guarantee freezes."""

from datetime import date
from typing import Any

from kernel.errors import invalid
from kernel.money import Money
from kernel.period import Period, add_days
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.exposure import sum_insured, waiting_days
from underwriting.products.pledge_guarantee.loan import balances
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.rules.contract import Contract
from underwriting.rules.loan_terms import LoanTerms


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
    loan = _loan(risk)
    return Contract(
        policyholder=risk.borrower.name,
        policyholder_id=risk.borrower.register_id,
        insured="client",
        beneficiary="client",
        issuer=risk.cover.issuer,
        settles=risk.cover.settles.value,
        sum_insured=Money(limit, risk.currency),
        period=Period(
            risk.loan.drawdown, add_days(risk.loan.due, basis.terms["cover_after_due_days"])
        ),
        waiting_days=waiting_days(risk, basis),
        notice_days=basis.terms["notice_days"],
        call_working_days=basis.terms["call_working_days"],
        papers=basis.terms["papers"],
        earning=loan.balances,
        subsidy=risk.subsidy.agreed() if risk.subsidy else None,
        loan=loan,
        agreed={**_agreed(risk), "pay_days": basis.terms["agreement_days"]},
    )


def _until(risk: PledgeGuaranteeRisk, basis: Rated) -> date:
    return add_days(risk.loan.due, basis.terms["cover_after_due_days"])


def _loan(risk: PledgeGuaranteeRisk) -> LoanTerms:
    return LoanTerms(
        amount=risk.loan_money,
        contract=risk.loan.contract,
        annual_rate=risk.loan.rate,
        plan=risk.loan.plan.value,
        term_months=risk.loan.term_months,
        drawdown=risk.loan.drawdown,
        ip_share=risk.ip_share,
        tier=risk.borrower.tier,
        balances=balances(risk.loan),
    )


def _agreed(risk: PledgeGuaranteeRisk) -> dict[str, Any]:
    """Return what only this product freezes: how the loan runs and how the premium is paid."""
    fees = risk.loan.fees
    return {
        "day_count": risk.loan.day_count.value,
        "drawdowns": [[one.on.isoformat(), one.money.text] for one in risk.loan.tranches()],
        "fees": fees.money("risk.loan.fees").text if fees else None,
        "grace_months": risk.loan.grace_months,
        "insured_share": risk.cover.insured_share,
        "premium_basis": risk.cover.premium_basis.value,
        "bears_before_others": risk.cover.bears_before_others,
    }
