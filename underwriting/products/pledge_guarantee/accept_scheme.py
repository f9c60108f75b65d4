"""What the scheme and its pools say of a proposal."""

from collections.abc import Iterator

from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.sharing import FuseEffect, Loss, Role, split
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.exposure import sum_insured
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk


def scheme_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
    """Test that the scheme is in force on the day of drawdown, and no fuse is blown."""
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


def pool_findings(risk: PledgeGuaranteeRisk, basis: Rated) -> Iterator[Finding]:
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
