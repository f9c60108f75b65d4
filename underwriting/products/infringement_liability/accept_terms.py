"""Whether limits, what the insured keeps, and the time asked for pass without a person."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.period import add_months
from underwriting.disputes import figures_of
from underwriting.product import Rated
from underwriting.products.infringement_liability.agreed_terms import copay_of
from underwriting.products.infringement_liability.printed import percent
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk

MONTHS_PER_YEAR = 12


def terms(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding on the terms."""
    yield from _limits(risk, basis)
    yield from _kept(risk, basis)
    yield from _time(risk, basis)


def _limits(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    figures = figures_of(basis, risk.currency)
    asked = (
        ("any_one_claim_cny", risk.money("limit"), "the limit any one claim", "每次索赔限额"),
        ("aggregate_cny", risk.money("aggregate"), "the aggregate", "累计限额"),
    )
    for name, amount, en, zh in asked:
        largest = round(figures.carried_amount("CNY", basis.terms["limits"][name]))
        if amount.minor > largest:
            shown = Money(largest, risk.currency)
            yield Finding(
                "limit-of-authority", Effect.REFER,
                f"{en}, {amount}, is above {shown}", f"{zh} {amount} 超过 {shown}",
                f"tariff: limits.{name}", "lower it, or have it approved",
            )  # fmt: skip


def _kept(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    limits, limit = basis.terms["limits"], risk.money("limit").minor
    least = round(limit * limits["retention_share"])
    if risk.money("retention").minor < least:
        yield Finding(
            "retention-low", Effect.REFER,
            f"the retention of {risk.money('retention')} is below {Money(least, risk.currency)}",
            f"免赔额 {risk.money('retention')} 低于 {Money(least, risk.currency)}",
            "tariff: limits.retention_share; IPISC asks 2 % of the limit or more (S40)",
            "raise the retention, or have it approved",
        )  # fmt: skip
    lowest, copay = Fraction(limits["copay_panel"]), copay_of(risk.cover)
    if copay < lowest:
        yield Finding(
            "copay-low", Effect.REFER,
            f"the insured's copay of {percent(copay)} is below {percent(lowest)}",
            f"被保险人共保比例 {percent(copay)} 低于 {percent(lowest)}",
            "tariff: limits.copay_panel; IPISC asks 10 % or more (S40)",
            "raise the copay, or have it approved",
        )  # fmt: skip


def _time(risk: InfringementLiabilityRisk, basis: Rated) -> Iterator[Finding]:
    years = int(basis.terms["limits"]["back_years"])
    oldest = add_months(risk.cover.start, -years * MONTHS_PER_YEAR)
    if risk.cover.retroactive_date < oldest:
        yield Finding(
            "retroactive-far", Effect.REFER,
            f"the retroactive date {risk.cover.retroactive_date} is before {oldest}",
            f"追溯日 {risk.cover.retroactive_date} 早于 {oldest}",
            "tariff: limits.back_years; no court gives damages further back (35 U.S.C. 286)",
            "choose a later retroactive date, or have it approved",
        )  # fmt: skip
