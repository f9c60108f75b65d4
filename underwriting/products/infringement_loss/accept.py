"""Whether to take infringement-loss cover: every reason at once, each with clause and cure."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.finding import Effect, Finding
from kernel.money import Money, parse_minor
from underwriting.product import Rated
from underwriting.products.infringement_loss.eligible import eligible
from underwriting.products.infringement_loss.experience import history_of
from underwriting.products.infringement_loss.printed import percent
from underwriting.products.infringement_loss.risk import InfringementLossRisk, Standing
from underwriting.products.infringement_loss.schedule import schedule_of
from underwriting.products.infringement_loss.terms_read import matter_terms


def accept(risk: InfringementLossRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return every finding on the proposal, those of the scheme first."""
    start = risk.cover.start
    return (
        *_scheme(risk, basis),
        *_insured(risk),
        *(found for right in risk.rights for found in eligible(right, basis, start)),
        *_limits(risk, basis),
        *_terms(risk, basis),
        *_history(risk, basis),
        *_unverified(basis),
    )


def _scheme(risk: InfringementLossRisk, basis: Rated) -> Iterator[Finding]:
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
            f"cover would begin on {starts}, before this day",
            f"起保日 {starts} 早于今日",
            "Insurance Law art. 16: what is known is not insured",
            "begin on a later day, or have a declaration of no known infringement approved",
        )  # fmt: skip


def _insured(risk: InfringementLossRisk) -> Iterator[Finding]:
    insured = risk.insured
    if insured.standing is Standing.LICENSEE and not insured.licensor_consent:
        yield Finding(
            "no-licensor-consent", Effect.DECLINE,
            "the licensor has not consented in writing", "许可人未书面同意投保",
            "Beijing IPO notice 2022 (S23): a licensee insures with consent",
            "have the licensor consent in writing",
        )  # fmt: skip
    strangers = [one.number for one in risk.rights if one.owner != insured.name]
    if insured.standing is not Standing.LICENSEE and strangers:
        shown = ", ".join(strangers)
        yield Finding(
            "owner-mismatch", Effect.DECLINE,
            f"{shown} belongs to somebody else than the insured",
            f"{shown} 的权利人与被保险人不一致",
            "Beijing IPO notice 2022 (S23): the insured is patentee or licensee",
            "have the owner take the cover, or insure as licensee with its consent",
        )  # fmt: skip
    if insured.npe:
        yield Finding(
            "npe", Effect.REFER,
            "the insured lives on enforcing rights", "投保人以行使专利权为主业",
            "tariff: the cover is for those who use their rights",
            "have an underwriter approve it",
        )  # fmt: skip


def _limits(risk: InfringementLossRisk, basis: Rated) -> Iterator[Finding]:
    limits, currency = basis.terms["limits"], risk.currency
    table = limits["aggregate"]
    largest = parse_minor(table[currency], currency) if currency in table else None
    if largest is None or risk.sum_insured.minor > largest:
        shown = "not set" if largest is None else str(Money(largest, currency))
        yield Finding(
            "sum-limit", Effect.REFER,
            f"the sum insured of {risk.sum_insured} is above the limit of authority ({shown})",
            f"保险金额 {risk.sum_insured} 超出授权额度（{shown}）",
            "tariff: limits.aggregate", "lower the aggregate, or have it approved",
        )  # fmt: skip
    counted = (
        ("months", risk.cover.months, "period of {n} months", "保险期间 {n} 个月"),
        ("retroactive_months", risk.cover.retroactive_months,
         "retroactive period of {n} months", "追溯期 {n} 个月"),
        ("rights", len(risk.rights), "number of rights, {n},", "权利数量 {n}"),
    )  # fmt: skip
    for name, number, en, zh in counted:
        if number > limits[name]:
            yield Finding(
                f"{name.replace('_', '-')}-limit", Effect.REFER,
                f"the {en.format(n=number)} is above {limits[name]}",
                f"{zh.format(n=number)}，超过 {limits[name]}",
                f"tariff: limits.{name}", "lower it, or have it approved",
            )  # fmt: skip


def _terms(risk: InfringementLossRisk, basis: Rated) -> Iterator[Finding]:
    least = Fraction(basis.terms["limits"]["coinsurance"])
    if risk.copay < least:
        yield Finding(
            "coinsurance-low", Effect.REFER,
            f"the insured bears {percent(risk.copay)}, less than {percent(least)}",
            f"被保险人共保比例 {percent(risk.copay)}，低于 {percent(least)}",
            "tariff: limits.coinsurance; IPISC asks 10 % or more (S27)",
            "raise the insured's part, or have it approved",
        )  # fmt: skip


def _history(risk: InfringementLossRisk, basis: Rated) -> Iterator[Finding]:
    if risk.history is not None:
        schedule = schedule_of(risk, basis)
        yield from history_of(risk, basis, schedule, matter_terms(risk)).findings


def _unverified(basis: Rated) -> Iterator[Finding]:
    """Repeat what the sources leave open; it informs and never stops."""
    for term, why in basis.terms["unverified"].items():
        yield Finding(
            "unverified", Effect.INFORM, f"tariff figure `{term}` is unverified: {why}",
            f"费率参数 {term} 未经核实", f"tariff {basis.terms['version']}: {term}",
            "set it to the house's own figure",
        )  # fmt: skip
