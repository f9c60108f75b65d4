"""Whether to take a pledge guarantee: every reason at once, each with clause and cure."""

from collections.abc import Iterator

from kernel.finding import Effect, Finding
from underwriting.pledge.deed import Debt, deed_tested
from underwriting.pledge.examined import Examined, Verdict
from underwriting.pledge.package import package_findings
from underwriting.pledge.pledgeable import grounds_tested
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.accept_known import register_findings
from underwriting.products.pledge_guarantee.accept_loan import borrower_findings, loan_findings
from underwriting.products.pledge_guarantee.accept_scheme import pool_findings, scheme_findings
from underwriting.products.pledge_guarantee.accept_value import value_findings
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def accept(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return every finding on the proposal, those of the scheme first."""
    return (
        *own_findings(risk, basis),
        *(one.finding() for one in pledge_tested(risk, basis) if one.verdict is Verdict.FAILED),
        *package_findings(risk.rights, basis.terms["registers"]),
        *register_findings(risk, basis),
        *_unverified(basis),
    )


def own_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return what scheme, loan, borrower and values say, the pledge left out."""
    return (
        *scheme_findings(risk, basis),
        *pool_findings(risk, basis),
        *loan_findings(risk, basis),
        *borrower_findings(risk, basis),
        *value_findings(risk, basis),
    )


def pledge_tested(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Examined]:
    """Yield what every test of every right and of the pledge contract came to."""
    registers: str = basis.terms["registers"]
    numbers = [right.number for right in risk.rights]
    for place, right in enumerate(risk.rights):
        yield from grounds_tested(
            right,
            risk.borrower.name,
            risk.loan.due,
            basis.on,
            others=numbers[:place] + numbers[place + 1 :],
            registers=registers,
        )
    yield from deed_tested(risk.deed, Debt(risk.loan_money, risk.loan.due), basis.on, registers)


def _unverified(basis: Rated) -> Iterator[Finding]:
    """Repeat what the sources leave open; it informs and never stops."""
    for term, why in basis.scheme.unverified.items():
        yield Finding(
            "unverified", Effect.INFORM, f"scheme term `{term}` is unverified: {why}",
            f"方案条款 {term} 未经核实", f"{basis.scheme.code}: {term}",
            "confirm it with the body that issued the rules",
        )  # fmt: skip
    for term, why in basis.terms["unverified"].items():
        yield Finding(
            "unverified", Effect.INFORM, f"tariff figure `{term}` is unverified: {why}",
            f"费率参数 {term} 未经核实", f"tariff {basis.terms['version']}: {term}",
            "set it to the house's own figure",
        )  # fmt: skip
