"""Whether to take infringement liability: every reason at once, each with clause and cure."""

from collections.abc import Iterator

from kernel.finding import Effect, Finding
from kernel.period import add_months
from underwriting.product import Rated
from underwriting.products.infringement_liability.accept_evidence import evidence
from underwriting.products.infringement_liability.accept_terms import terms
from underwriting.products.infringement_liability.exposure import sales_elsewhere
from underwriting.products.infringement_liability.history import history_of
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk

MONTHS_PER_YEAR = 12


def accept(risk: InfringementLiabilityRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return every finding on the proposal, those of the scheme first."""
    return (
        *_scheme(risk, basis),
        *_insured(risk, basis),
        *_territory(risk, basis),
        *_schedule(risk),
        *evidence(risk, basis),
        *terms(risk, basis),
        *history_of(risk, basis).findings,
        *_unverified(basis),
    )


def _scheme(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    scheme, starts = basis.scheme, risk.cover.start
    if starts < scheme.valid_from or (scheme.valid_to and starts > scheme.valid_to):
        yield Finding(
            "scheme-not-in-force", Effect.DECLINE,
            f"scheme {scheme.code} is not in force on {starts}",
            f"方案 {scheme.code} 在 {starts} 无效",
            f"{scheme.code}: valid_from, valid_to", "choose a scheme in force on that day",
        )  # fmt: skip
    if starts < basis.on:
        yield Finding(
            "backdated", Effect.REFER,
            f"cover would begin on {starts}, before this day", f"起保日 {starts} 早于今日",
            "Insurance Law art. 16: what is known is not insured",
            "begin on a later day, or have a declaration of no known demand approved",
        )  # fmt: skip


def _insured(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    day, years = risk.policyholder.violation_on, int(basis.terms["limits"]["clean_years"])
    if day and day > add_months(basis.on, -years * MONTHS_PER_YEAR):
        clean = add_months(day, years * MONTHS_PER_YEAR)
        yield Finding(
            "violation-on-record", Effect.DECLINE,
            f"an IP violation was found on {day}, less than {years} years ago",
            f"{day} 有知识产权违法记录，距今不足 {years} 年",
            "Beijing IPO 2022 (S36): no violation record for two years",
            f"propose again from {clean}",
        )  # fmt: skip


def _territory(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    sanctioned = set(basis.terms["limits"]["sanctioned"])
    for country in risk.policyholder.elsewhere:
        if country in sanctioned:
            yield Finding(
                "sanctioned-country", Effect.DECLINE,
                f"sales to {country}, which is under sanctions", f"向受制裁国家 {country} 销售",
                "tariff: limits.sanctioned", "end these sales, and show it",
            )  # fmt: skip
        else:
            yield _left_out(f"sales to {country}", f"对 {country} 的销售")
    for code, court in sales_elsewhere(risk):
        yield _left_out(f"sales of {code} at {court.value}", f"{code} 在 {court.value} 的销售")
    sold = {one.court for product in risk.products for one in product.sales}
    for court in risk.cover.courts:
        if court not in sold:
            yield Finding(
                "court-without-sales", Effect.REFER,
                f"{court.value} is covered and no scheduled product states sales there",
                f"{court.value} 在承保范围内，但未申报销售",
                "wording: cover", "state the sales, or leave the court out",
            )  # fmt: skip


def _left_out(en: str, zh: str) -> Finding:
    return Finding(
        "sales-not-covered", Effect.INFORM, f"{en} are outside the territory: no suit there "
        "is covered", f"{zh}不在承保地域内，当地诉讼不予承保",
        "wording: exclusions", "add the court and its sales, where the form has it",
    )  # fmt: skip


def _schedule(risk: InfringementLiabilityRisk) -> Iterator[Finding]:
    """Refuse what is stated of a product that is not scheduled."""
    scheduled = {one.code for one in risk.products}
    named = {
        *(one.product for one in risk.known_matters),
        *(one.product for one in risk.indemnities),
        *(code for one in risk.opinions for code in one.products),
    }
    for code in sorted(named - scheduled):
        yield Finding(
            "product-not-scheduled", Effect.DECLINE,
            f"{code} is named in the proposal and is not scheduled",
            f"申报材料提及 {code}，但其不在承保产品清单内",
            "wording: cover; only scheduled products are covered",
            "schedule the product with its sales, or take it out of the proposal",
        )  # fmt: skip


def _unverified(basis: Rated) -> Iterator[Finding]:
    """Repeat what the sources leave open; it informs and never stops."""
    for term, why in basis.terms["unverified"].items():
        yield Finding(
            "unverified", Effect.INFORM, f"tariff figure `{term}` is unverified: {why}",
            f"费率参数 {term} 未经核实", f"tariff {basis.terms['version']}: {term}",
            "set it to the house's own figure",
        )  # fmt: skip
