"""What the value of the rights says of a proposal."""

from collections.abc import Iterator
from datetime import timedelta

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.pledge.forms import ValuedBy
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.accept_loan import limit_in
from underwriting.products.pledge_guarantee.exposure import loan_to_value
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def value_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Test the loan against what was appraised, how lately, and by whom."""
    limits, ratio = basis.terms["limits"], loan_to_value(risk)
    if ratio > limits["loan_to_value"]:
        yield Finding(
            "loan-to-value", Effect.REFER,
            f"the loan is {ratio:.2%} of the appraised value, above {limits['loan_to_value']:.0%}",
            f"贷款为评估值的 {ratio:.2%}，高于 {limits['loan_to_value']:.0%}",
            "tariff: limits.loan_to_value", "pledge more rights, or lower the loan",
        )  # fmt: skip
    oldest = basis.on - timedelta(days=limits["appraisal_days"])
    for right in risk.rights:
        if right.appraised_on > basis.on:
            yield Finding(
                "appraisal-ahead", Effect.DECLINE,
                f"{right.number} is said to be appraised on {right.appraised_on}, which lies ahead",
                f"{right.number} 评估日 {right.appraised_on} 在报价日之后",
                "tariff: limits.appraisal_days", "state the day of an appraisal that was made",
            )  # fmt: skip
        if right.appraised_on < oldest:
            yield Finding(
                "appraisal-old", Effect.REFER,
                f"{right.number} was appraised on {right.appraised_on}",
                f"{right.number} 评估日为 {right.appraised_on}，已过期",
                "tariff: limits.appraisal_days", "have it appraised again",
            )  # fmt: skip
    yield from _own_values(risk, basis)


def _own_values(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """From some loan on, a value of the bank's own or one agreed is not enough."""
    most = limit_in(basis.terms["limits"]["own_valuation"], risk.currency)
    if most is not None and risk.loan_money.minor < most:
        return
    for right in risk.rights:
        if ValuedBy.APPRAISER not in (
            right.valued_by,
            *(one.valued_by for one in right.appraisals),
        ):
            shown = "not set" if most is None else f"below {Money(most, risk.currency)}"
            yield Finding(
                "own-valuation", Effect.REFER,
                f"{right.number} is valued by the bank or by agreement alone, which serves "
                f"for loans {shown}",
                f"{right.number} 仅有内部评估或协商定价",
                "tariff: limits.own_valuation; pilots of 2025",
                "have it appraised by an outside appraiser",
            )  # fmt: skip
