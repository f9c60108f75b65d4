"""Whether the pledge stands behind a letter: its value, its age, and what ranks before it."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.pledge.package import package_findings
from underwriting.pledge.pledgeable import pledgeable
from underwriting.product import Rated
from underwriting.products.customs_guarantee.clock import last_due
from underwriting.products.customs_guarantee.explain import amount_to_value
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk, SecuredRight

_RANK = "Tariff Law art. 58: tax arrears that arose before a pledge are paid before it"


def pledge(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every finding on value, appraisals, arrears and rank."""
    yield from _value(risk, basis)
    yield from _arrears(risk, basis)
    for right in risk.rights:
        yield from _right(right, basis)


def registration(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Yield every ground on which the pledge could not be registered or kept."""
    due, edition = last_due(risk.use, basis.terms), basis.terms["registers"]
    numbers = [right.number for right in risk.rights]
    for place, right in enumerate(risk.rights):
        others = numbers[:place] + numbers[place + 1 :]
        yield from pledgeable(
            right, risk.importer.name, due, basis.on, others=others, registers=edition
        )
    yield from package_findings(risk.rights, edition)


def _value(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    ratio, most = amount_to_value(risk), basis.terms["limits"]["amount_to_value"]
    if ratio > most:
        yield Finding(
            "amount-to-value", Effect.REFER,
            f"the amount is {ratio:.0%} of the pledge after haircut, above {most:.0%}",
            f"担保金额为质物折后价值的 {ratio:.0%}，高于 {most:.0%}",
            "tariff: limits.amount_to_value", "pledge more rights, or lower the amount",
        )  # fmt: skip


def _arrears(risk: CustomsGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    arrears = risk.arrears
    if arrears is None:
        yield Finding(
            "arrears-not-checked", Effect.REFER,
            "tax arrears of the importer were not checked; older ones outrank the pledge",
            "未核查进口人欠税情况；质权设立前的欠税优先受偿", _RANK,
            "bring a certificate of the tax office, dated before the pledge is registered",
        )  # fmt: skip
        return
    days = basis.terms["limits"]["arrears_days"]
    if not basis.on - timedelta(days=days) <= arrears.checked_on <= basis.on:
        yield Finding(
            "arrears-check-old", Effect.REFER,
            f"the arrears were checked on {arrears.checked_on}, not within {days} days",
            f"欠税核查日为 {arrears.checked_on}，不在 {days} 天以内", "tariff: limits.arrears_days",
            "bring a certificate of these days",
        )  # fmt: skip
    if Fraction(arrears.amount.amount):
        owed = Money.of(arrears.amount.amount, risk.currency)
        yield Finding(
            "arrears-outrank", Effect.REFER,
            f"arrears of {owed} are paid out of the pledge before us",
            f"欠税 {owed} 先于本质权受偿", _RANK, "have them paid before the pledge is registered",
        )  # fmt: skip


def _right(right: SecuredRight, basis: Rated) -> Iterator[Finding]:
    oldest = basis.on - timedelta(days=basis.terms["limits"]["appraisal_days"])
    if right.appraised_on > basis.on:
        yield Finding(
            "appraisal-ahead", Effect.DECLINE,
            f"{right.number} is said to be appraised on {right.appraised_on}, which lies ahead",
            f"{right.number} 评估日 {right.appraised_on} 在报价日之后",
            "tariff: limits.appraisal_days", "state the day of an appraisal that was made",
        )  # fmt: skip
    if right.appraised_on < oldest:
        yield Finding(
            "appraisal-old", Effect.REFER, f"{right.number} was appraised on {right.appraised_on}",
            f"{right.number} 评估日为 {right.appraised_on}，已过期",
            "tariff: limits.appraisal_days", "have it appraised again",
        )  # fmt: skip
    if right.ahead is not None:
        ahead = right.ahead.money()
        yield Finding(
            "later-rank", Effect.REFER, f"{right.number} is pledged for {ahead} before us",
            f"{right.number} 已为 {ahead} 先行出质", "Civil Code art. 414, 446; registration rules",
            "have that pledge released, or have the rank approved",
        )  # fmt: skip
