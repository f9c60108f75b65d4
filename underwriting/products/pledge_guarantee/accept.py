"""Whether to take a pledge guarantee: every reason at once, each with clause and cure."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from kernel.finding import Effect, Finding
from kernel.money import Money, parse_minor
from kernel.sharing import FuseEffect, Loss, Role, split
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.pledge import pledgeable
from underwriting.products.pledge_guarantee.rating import loan_to_value, sum_insured
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def accept(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[Finding, ...]:
    """Return every finding on the proposal, those of the scheme first."""
    return (
        *_scheme(risk, basis),
        *_pools(risk, basis),
        *_loan(risk, basis),
        *_borrower(risk, basis),
        *_value(risk, basis),
        *(found for right in risk.rights for found in pledgeable(right, risk, basis.on)),
        *_unverified(basis),
    )


def _scheme(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    scheme, starts = basis.scheme, risk.loan.drawdown
    if starts < scheme.valid_from or (scheme.valid_to and starts > scheme.valid_to):
        yield Finding(
            "scheme-not-in-force",
            Effect.DECLINE,
            f"scheme {scheme.code} is not in force on {starts}",
            f"方案 {scheme.code} 在 {starts} 无效",
            f"{scheme.code}: valid_from, valid_to",
            "choose a scheme in force on the day of drawdown",
        )
    for fuse in scheme.fuses:
        value = basis.facts.ratios.get(fuse.measure)
        if fuse.effect is FuseEffect.SUSPEND_NEW and value is not None and value > fuse.above:
            yield Finding(
                "fuse-blown",
                Effect.DECLINE,
                f"{fuse.measure} is {value}, above {fuse.above}: no new business",
                f"{fuse.measure} 为 {value}，高于 {fuse.above}，暂停新业务",
                f"{scheme.code}: fuses",
                "wait until the measure falls, or choose another scheme",
            )


def _pools(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Test a whole loss today against caps, balances and the scheme's own residual."""
    limit = sum_insured(risk, basis.scheme.loss_base)
    whole = Loss(min(limit, risk.loan_money.minor), 0, 0, risk.currency)
    shared = split(basis.scheme, whole, basis.facts)
    if shared.paid_by(risk.cover.issuer) == 0:
        yield Finding(
            "no-share",
            Effect.DECLINE,
            f"{risk.cover.issuer} bears no share under {basis.scheme.code}",
            f"{risk.cover.issuer} 在方案 {basis.scheme.code} 下无分担份额",
            f"{basis.scheme.code}: layers",
            "name an issuer that bears a share, or choose another scheme",
        )
    if shared.uncovered:
        money = Money(shared.uncovered, risk.currency)
        yield Finding(
            "uncovered",
            Effect.REFER,
            f"of a whole loss today {money} would be borne by nobody but the bank",
            f"若今日全损，{money} 无人分担，由银行承受",
            f"{basis.scheme.code}: caps, residual",
            "lower the loan, add to the pool, or name a residual party",
        )
    for part in shared.parts:
        if part.role is Role.POOL and part.paid < part.due:
            yield Finding(
                "pool-short",
                Effect.REFER,
                f"{part.party} owes {Money(part.due, risk.currency)} of a whole loss "
                f"and can pay {Money(part.paid, risk.currency)}",
                f"{part.party} 应担 {Money(part.due, risk.currency)}，"
                f"可付 {Money(part.paid, risk.currency)}",
                f"{basis.scheme.code}: caps",
                "wait for a contribution to the pool, or lower the loan",
            )


def _loan(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    limits = basis.terms["limits"]
    largest = _limit(limits["loan"], risk.currency)
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


def _borrower(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    limits, grade = basis.terms["limits"], risk.borrower.grade.value
    for key, effect in (("decline_grades", Effect.DECLINE), ("refer_grades", Effect.REFER)):
        if grade in limits[key]:
            yield Finding(
                "grade", effect, f"grade {grade} is not taken without a person",
                f"信用等级 {grade} 不予自动承保", f"tariff: limits.{key}",
                "add security or a guarantor and grade again",
            )  # fmt: skip
    largest = _limit(limits["obligor"], risk.currency)
    total = basis.obligor_minor + sum_insured(risk, basis.scheme.loss_base)
    if largest is None or total > largest:
        shown = "not set" if largest is None else str(Money(largest, risk.currency))
        yield Finding(
            "obligor-limit", Effect.REFER,
            f"with this, {Money(total, risk.currency)} would be in force for the borrower, "
            f"above the limit ({shown})",
            f"该借款人累计保额 {Money(total, risk.currency)}，超过限额（{shown}）",
            "tariff: limits.obligor", "lower the loan, or have it approved",
        )  # fmt: skip


def _value(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    limits, ratio = basis.terms["limits"], loan_to_value(risk)
    if ratio > limits["loan_to_value"]:
        yield Finding(
            "loan-to-value", Effect.REFER,
            f"the loan is {ratio:.0%} of the appraised value, above {limits['loan_to_value']:.0%}",
            f"贷款为评估值的 {ratio:.0%}，高于 {limits['loan_to_value']:.0%}",
            "tariff: limits.loan_to_value", "pledge more rights, or lower the loan",
        )  # fmt: skip
    oldest = basis.on - timedelta(days=limits["appraisal_days"])
    for right in risk.rights:
        if right.appraised_on < oldest:
            yield Finding(
                "appraisal-old", Effect.REFER,
                f"{right.number} was appraised on {right.appraised_on}",
                f"{right.number} 评估日为 {right.appraised_on}，已过期",
                "tariff: limits.appraisal_days", "have it appraised again",
            )  # fmt: skip


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


def _limit(table: dict[str, str], currency: str) -> int | None:
    return parse_minor(table[currency], currency) if currency in table else None
