"""What the loan and its borrower say of a proposal."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from kernel.finding import Effect, Finding
from kernel.money import Money, parse_minor
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.history import history_of
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

_TAKEN: Final = {Effect.DECLINE: "is not taken", Effect.REFER: "is not taken without a person"}
_TAKEN_ZH: Final = {Effect.DECLINE: "不予承保", Effect.REFER: "须经人工核保"}


def loan_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Test the loan against the limits of the tariff."""
    limits = basis.terms["limits"]
    largest = limit_in(limits["loan"], risk.currency)
    if largest is None or risk.loan_money.minor > largest:
        shown = "not set" if largest is None else str(Money(largest, risk.currency))
        yield Finding(
            "loan-limit", Effect.REFER,
            f"the loan {risk.loan_money} is above the limit of authority ({shown})",
            f"贷款 {risk.loan_money} 超出授权额度（{shown}）",
            "tariff: limits.loan", "have an underwriter approve it, or lower the loan",
        )  # fmt: skip
    if risk.loan.term_months > limits["term_months"]:
        yield Finding(
            "term-limit", Effect.REFER,
            f"the term of {risk.loan.term_months} months is above {limits['term_months']}",
            f"期限 {risk.loan.term_months} 个月，超过 {limits['term_months']} 个月",
            "tariff: limits.term_months", "shorten the term, or have it approved",
        )  # fmt: skip
    if risk.loan.drawdown < basis.on:
        yield Finding(
            "drawn-already", Effect.REFER,
            f"the loan was drawn on {risk.loan.drawdown}, before this day",
            f"贷款已于 {risk.loan.drawdown} 发放",
            "Civil Code art. 444: pledge, cover and loan are agreed before the money goes out",
            "show that nothing was overdue since, and have it approved",
        )  # fmt: skip
    if risk.loan.refinancing:
        yield Finding(
            "old-for-new", Effect.REFER,
            "the loan repays another loan", "以新还旧贷款",
            "wording: exclusions; refinanced loans were disputed up to retrial",
            "show the old loan's record, and have it approved",
        )  # fmt: skip
    if risk.ip_share < Fraction(limits["ip_share"]):
        yield Finding(
            "ip-share", Effect.REFER,
            f"IP secures {risk.ip_share} of the loan, less than {limits['ip_share']}",
            f"知识产权担保占比 {risk.ip_share}，低于 {limits['ip_share']}",
            "tariff: limits.ip_share", "secure more of the loan by IP",
        )  # fmt: skip


def borrower_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Test the borrower's grade; say where the tariff bounds what its own years come to."""
    yield from history_of(risk, basis).findings
    limits, grade = basis.terms["limits"], risk.borrower.grade.value
    for key, effect in (("decline_grades", Effect.DECLINE), ("refer_grades", Effect.REFER)):
        if grade in limits[key]:
            yield Finding(
                "grade", effect, f"grade {grade} {_TAKEN[effect]}",
                f"信用等级 {grade} {_TAKEN_ZH[effect]}", f"tariff: limits.{key}",
                "add security or a guarantor and grade again",
            )  # fmt: skip


def limit_in(table: dict[str, str], currency: str) -> int | None:
    """Return a limit of the tariff in one currency, minor units; None where it is not set."""
    return parse_minor(table[currency], currency) if currency in table else None
