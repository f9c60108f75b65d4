"""Whether a letter can be given as it is asked for: its scheme, its amount, its days."""

from collections.abc import Iterator
from datetime import timedelta

from kernel.finding import Effect, Finding
from kernel.money import Money, parse_minor
from kernel.period import add_days, add_months
from underwriting.product import Rated
from underwriting.products.customs_guarantee.clock import last_due
from underwriting.products.customs_guarantee.highest import highest_tax
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.share import share_of


def letter(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding on scheme, amount and days."""
    yield from _scheme(risk, basis)
    yield from _amount(risk, basis)
    yield from _days(risk, basis)


def _scheme(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    scheme, starts = basis.scheme, risk.use.usable_from
    if starts < scheme.valid_from or (scheme.valid_to and starts > scheme.valid_to):
        yield Finding(
            "scheme-not-in-force", Effect.DECLINE,
            f"scheme {scheme.code} is not in force on {starts}",
            f"方案 {scheme.code} 在 {starts} 无效", f"{scheme.code}: valid_from, valid_to",
            "choose a scheme in force on the first usable day",
        )  # fmt: skip
    if share_of(scheme, risk.cover.issuer) == 0:
        yield Finding(
            "no-share", Effect.DECLINE, f"{risk.cover.issuer} bears no share under {scheme.code}",
            f"{risk.cover.issuer} 在方案 {scheme.code} 下无分担份额", f"{scheme.code}: layers",
            "name an issuer that bears a share, or choose another scheme",
        )  # fmt: skip


def _amount(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    highest = Money(highest_tax(risk, basis.terms), risk.currency)
    if risk.amount.minor > highest.minor:
        yield Finding(
            "above-highest-tax", Effect.DECLINE,
            f"the amount {risk.amount} is above the highest tax that could fall due, {highest}",
            f"担保金额 {risk.amount} 超过可能承担的最高税款总额 {highest}",
            "Customs guarantee rules art. 14",
            f"lower the amount to {highest}, or state the reading of the goods that owes more",
        )  # fmt: skip
    table = basis.terms["limits"]["amount"]
    largest = parse_minor(table[risk.currency], risk.currency) if risk.currency in table else None
    if largest is None or risk.amount.minor > largest:
        shown = "not set" if largest is None else str(Money(largest, risk.currency))
        yield Finding(
            "amount-limit", Effect.REFER,
            f"the amount {risk.amount} is above the limit of authority ({shown})",
            f"担保金额 {risk.amount} 超出授权额度（{shown}）",
            "tariff: limits.amount", "have an underwriter approve it, or lower the amount",
        )  # fmt: skip


def _days(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    use, months = risk.use, basis.terms["limits"]["usable_months"]
    longest = add_months(use.usable_from, months) - timedelta(days=1)
    if use.usable_until > longest:
        yield Finding(
            "usable-too-long", Effect.DECLINE,
            f"the letter could be used until {use.usable_until}, longer than {months} months",
            f"可使用期间至 {use.usable_until}，超过 {months} 个月",
            "tariff: limits.usable_months; duty policies run one year at most",
            f"let it be usable until {longest}, and renew it",
        )  # fmt: skip
    due = last_due(use, basis.terms)
    if use.claim_until <= due:
        yield Finding(
            "claim-until-too-early", Effect.DECLINE,
            f"customs could demand until {use.claim_until}, and tax may fall due on {due}",
            f"索赔截止日 {use.claim_until} 不晚于最后可能的缴款期限 {due}",
            "Civil Code art. 692: a period that ends by the due date counts as not agreed",
            f"let customs demand until {add_days(due, 1)} or later",
        )  # fmt: skip
    if use.usable_from < basis.on:
        yield Finding(
            "usable-already", Effect.REFER,
            f"the letter could be used from {use.usable_from}, before this day",
            f"可使用期间自 {use.usable_from} 开始，早于报价日",
            "Customs guarantee rules art. 16: in force from customs' acceptance",
            "start it later, or show that nothing was drawn and have it approved",
        )  # fmt: skip
