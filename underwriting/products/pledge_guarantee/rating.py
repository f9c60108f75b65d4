"""Expected loss of a pledge guarantee: the borrower's default, net of what the pledge fetches.

Default, death of the key right and fall of its value are one joint law (`models.recovery`): what
a default means is worked out for a dead and for a living key right, and each goes through the
scheme by itself.
"""

from collections.abc import Sequence
from fractions import Fraction

from kernel.money import round_half_up
from kernel.period import DAYS_PER_YEAR
from kernel.sharing import Eligible, Loss, LossBase, Recovery
from models.borrower.scored import Score
from models.governance.compare import Comparison, compare
from models.priors import Prior, standing
from models.recovery import JointMonth, LoanLoss, joint_law, proceeds_of
from underwriting.pricing.expected_loss import (
    MONTHS_PER_YEAR,
    Branch,
    Default,
    MonthLoss,
    Timing,
    expected_loss,
)
from underwriting.pricing.plan import outstanding
from underwriting.pricing.view import LossView
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.borrower import beside_the_grade, score_of
from underwriting.products.pledge_guarantee.laws import Laws, laws_of, rivals_of
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

_APART = 3
"""So many rights are followed one by one to the sale; the smaller ones are pooled."""


def rate(risk: PledgeGuaranteeRisk, basis: Rated) -> LossView:
    """Return the expected loss of the issuer's share, month by month.

    Raises:
        Invalid: the scheme needs a fact that is missing, or a right has no published rate.
    """
    laws = laws_of(risk, basis, lambda serving: serving.champion)
    losses = _losses(risk, basis, waiting_days(risk, basis))
    other = _other_security(risk, basis)
    joint = _joint(laws, losses)
    defaults = _defaults(laws, losses, joint, other[0])
    months = _months(risk, basis, laws, defaults)
    score = score_of(risk, basis)
    return LossView(
        months=months,
        curve=laws.borrower,
        priors=_used(laws, other[1], score),
        fit_ids=_scored(basis, laws, score),
        drivers={
            "default_probability_1y": laws.borrower.default_between(0.0, 1.0),
            "loss_given_default_month_1": _net_loss(defaults[0]),
            "key_right_dead_at_default_month_1": defaults[0][0].weight,
            "loan_to_value": loan_to_value(risk),
            "waiting_days": float(waiting_days(risk, basis)),
        },
        standing=standing(basis.priors, (p for p in laws.priors if p.key in basis.priors.rows)),
        comparison=_compared(risk, basis, losses, months, laws),
        score=score.json() if score else None,
        contest=beside_the_grade(score, risk, basis, laws.name) if score else None,
    )


def _used(laws: Laws, other: Prior | None, score: Score | None) -> tuple[Prior, ...]:
    """Return every published figure behind the price, each once."""
    more = (*((other,) if other else ()), *(score.priors if score else ()))
    return tuple(dict.fromkeys((*laws.priors, *more)))


def _scored(basis: Rated, laws: Laws, score: Score | None) -> tuple[str, ...]:
    """Return every fit that was asked, each once: champions, the score, challengers."""
    rivals = (one.challenger for one in basis.fits.values() if one.challenger)
    ids = (*laws.fit_ids, *((score.fit_id,) if score else ()), *rivals)
    return tuple(dict.fromkeys(ids))


def _compared(
    risk: PledgeGuaranteeRisk,
    basis: Rated,
    losses: Sequence[Loss],
    months: Sequence[MonthLoss],
    laws: Laws,
) -> Comparison | None:
    """Price with the challengers too; None if there are none, or nothing is lost either way."""
    if not any(serving.challenger for serving in basis.fits.values()):
        return None
    rivals = rivals_of(laws, risk, basis)
    other = _other_security(risk, basis)
    defaults = _defaults(rivals, losses, _joint(rivals, losses), other[0])
    rows = _months(risk, basis, rivals, defaults)
    ours, theirs = (sum(row.expected_loss for row in each) for each in (months, rows))
    return compare(laws.name, ours, rivals.name, theirs) if min(ours, theirs) > 0 else None


def _months(
    risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws, defaults: Sequence[Sequence[Branch]]
) -> tuple[MonthLoss, ...]:
    waiting = waiting_days(risk, basis) / DAYS_PER_YEAR
    timing = Timing(waiting, laws.disposal.years_to_sale, float(basis.terms["discount_rate"]))
    return expected_loss(
        basis.scheme,
        basis.facts,
        risk.cover.issuer,
        curve=laws.borrower,
        timing=timing,
        defaults=defaults,
    )


def _joint(laws: Laws, losses: Sequence[Loss]) -> tuple[JointMonth, ...]:
    return joint_law(
        laws.borrower,
        laws.rights,
        len(losses),
        disposal=laws.disposal,
        link=laws.link,
        exposures=[float(loss.total) for loss in losses],
    ).months


def _defaults(
    laws: Laws, losses: Sequence[Loss], joint: Sequence[JointMonth], other: float
) -> list[list[Branch]]:
    """Return the two ways in which each month's default may fall out: key right dead, or alive."""
    parts: dict[Loss, float] = {}
    months = []
    for loss, row in zip(losses, joint, strict=True):
        if loss not in parts:
            parts[loss] = _kept_by_the_cap(laws, loss.total, row.month / MONTHS_PER_YEAR)
        default = row.default_probability
        dead = row.with_right_dead / default if default > 0 else 0.0
        months.append(
            [
                Branch(weight, Default(loss, _recovery(loss, laws, parts[loss] * gross, other)))
                for weight, gross in ((dead, row.proceeds_dead), (1.0 - dead, row.proceeds_alive))
            ]
        )
    return months


def _kept_by_the_cap(laws: Laws, exposure: int, years: float) -> float:
    """Return E[min(proceeds, loss)] / E[proceeds], proceeds a distribution, per 1.

    What a lucky sale brings above the debt goes to the owner: the mean of what is kept is below
    the mean of what is fetched.
    """
    sources = proceeds_of(laws.rights, laws.disposal, laws.sold, years)
    expected = sum(source.chance * source.amount.mean for source in sources)
    if expected <= 0 or not exposure:
        return 1.0
    kept = 1.0 - LoanLoss.of(float(exposure), sources, apart=_APART).mean
    return kept * exposure / expected


def _net_loss(branches: Sequence[Branch]) -> float:
    """Return the expected loss given default of a month, per 1 of what is owed."""
    back = sum(
        branch.weight * max(0, branch.default.recovery.gross - branch.default.recovery.costs)
        for branch in branches
    )
    return 1.0 - min(1.0, back / branches[0].default.loss.total)


def waiting_days(risk: PledgeGuaranteeRisk, basis: Rated) -> int:
    """Return the waiting period: as asked, else the tariff's."""
    asked = risk.cover.waiting_days
    return int(basis.terms["waiting_days"]) if asked is None else asked


def sum_insured(risk: PledgeGuaranteeRisk, loss_base: LossBase) -> int:
    """Return the sum insured in minor units: as asked, else principal and a year's interest.

    The year's interest is added only where the scheme shares interest.
    """
    if risk.cover.sum_insured is not None:
        return risk.cover.sum_insured.money("risk.cover.sum_insured").minor
    principal = risk.loan_money.minor
    if loss_base is LossBase.PRINCIPAL:
        return principal
    return principal + round_half_up(principal * Fraction(risk.loan.annual_rate))


def loan_to_value(risk: PledgeGuaranteeRisk) -> float:
    """Return the part of the loan that IP secures over the appraised value of the rights."""
    value = sum(right.appraised.money().minor for right in risk.rights)
    secured = risk.loan_money.minor * risk.ip_share
    return float(secured / value) if value else float("inf") if secured else 0.0


def _losses(risk: PledgeGuaranteeRisk, basis: Rated, waiting: int) -> list[Loss]:
    """Return the loss of a default in each month: principal owed, interest to the payment."""
    yearly = Fraction(risk.loan.annual_rate)
    accrues = Fraction(1, MONTHS_PER_YEAR) + Fraction(waiting, DAYS_PER_YEAR)
    limit = sum_insured(risk, basis.scheme.loss_base)
    owed = outstanding(risk.loan.plan, risk.loan_money.minor, yearly, risk.loan.term_months)
    losses = []
    for principal in owed:
        covered = min(principal, limit)
        interest = min(round_half_up(principal * yearly * accrues), limit - covered)
        losses.append(Loss(covered, interest, 0, risk.currency))
    return losses


def _other_security(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[float, Prior | None]:
    """Return what other security recovers of the whole loss, per 1, and the prior behind it.

    Counted only where the scheme shares the whole loan; where it shares the IP part alone,
    the other security serves the bank's own part.
    """
    if basis.scheme.eligible is Eligible.IP_SHARE or risk.ip_share == 1:
        return 0.0, None
    lgd = basis.priors.find("lgd_other_security", "mixed_collateral")
    return (1.0 - lgd.value) * float(1 - risk.ip_share), lgd


def _recovery(loss: Loss, laws: Laws, fetched: float, other: float) -> Recovery:
    """Return proceeds and costs, minor units: of the rights, and `other` of the whole loss."""
    cost_rate = laws.disposal.cost_rate
    gross = min(fetched + other * loss.total, float(loss.total) / (1.0 - cost_rate))
    proceeds = round_half_up(Fraction(gross))
    return Recovery(proceeds, round_half_up(Fraction(proceeds * cost_rate)))
