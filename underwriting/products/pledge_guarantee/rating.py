"""Expected loss of a pledge guarantee: the borrower's default, net of what the pledge fetches."""

from collections.abc import Sequence
from fractions import Fraction

from kernel.money import round_half_up
from kernel.period import DAYS_PER_YEAR
from kernel.sharing import Eligible, Loss, LossBase, Recovery
from models.borrower_default import DefaultCurve
from models.collateral import Disposal, PledgedRight
from models.priors import Prior
from models.right_life import RightLife
from underwriting.pricing.expected_loss import (
    MONTHS_PER_YEAR,
    Branch,
    Default,
    Timing,
    expected_loss,
)
from underwriting.pricing.plan import outstanding
from underwriting.pricing.view import LossView
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk, RightKind

_RENEWABLE = (RightKind.TRADEMARK, RightKind.GI)
"""Rights that can be renewed again and again: their term does not end the pledge."""


def rate(risk: PledgeGuaranteeRisk, basis: Rated) -> LossView:
    """Return the expected loss of the issuer's share, month by month.

    Raises:
        Invalid: the scheme needs a fact that is missing, or a right has no published rate.
    """
    curve = DefaultCurve.of_grade(risk.borrower.grade.value, basis.priors)
    disposal = Disposal.of(basis.priors)
    rights = _rights(risk, basis)
    waiting = waiting_days(risk, basis)
    timing = Timing(
        waiting / DAYS_PER_YEAR, disposal.years_to_sale, float(basis.terms["discount_rate"])
    )
    other = _other_security(risk, basis)
    defaults = [
        [Branch(1.0, Default(loss, _recovery(loss, rights, disposal, month, other)))]
        for month, loss in enumerate(_losses(risk, basis, waiting), start=1)
    ]
    months = expected_loss(
        basis.scheme,
        basis.facts,
        risk.cover.issuer,
        curve=curve,
        timing=timing,
        defaults=defaults,
    )
    used = (*curve.priors, *disposal.priors, *(p for right in rights for p in right.life.priors))
    first = defaults[0][0].default
    lost = first.loss.total
    back = max(0, first.recovery.gross - first.recovery.costs)
    return LossView(
        months=months,
        curve=curve,
        priors=tuple(dict.fromkeys((*used, *(p for p in (other[1],) if p)))),
        drivers={
            "default_probability_1y": curve.default_between(0.0, 1.0),
            "loss_given_default_month_1": 1.0 - min(1.0, back / lost),
            "loan_to_value": loan_to_value(risk),
            "waiting_days": float(waiting),
        },
    )


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


def _rights(risk: PledgeGuaranteeRisk, basis: Rated) -> list[PledgedRight]:
    """Return the rights as collateral, each with its own life from today."""
    rights = []
    for right in risk.rights:
        left = (right.expires - basis.on).days / DAYS_PER_YEAR
        years = float("inf") if right.kind in _RENEWABLE else left
        life = RightLife.of(right.kind.value, years, basis.priors, right.office)
        rights.append(PledgedRight(float(right.appraised.money().minor), life))
    return rights


def _other_security(risk: PledgeGuaranteeRisk, basis: Rated) -> tuple[float, Prior | None]:
    """Return what other security recovers of the whole loss, per 1, and the prior behind it.

    Counted only where the scheme shares the whole loan; where it shares the IP part alone,
    the other security serves the bank's own part.
    """
    if basis.scheme.eligible is Eligible.IP_SHARE or risk.ip_share == 1:
        return 0.0, None
    lgd = basis.priors.find("lgd_other_security", "mixed_collateral")
    return (1.0 - lgd.value) * float(1 - risk.ip_share), lgd


def _recovery(
    loss: Loss,
    rights: Sequence[PledgedRight],
    disposal: Disposal,
    month: int,
    other: tuple[float, Prior | None],
) -> Recovery:
    """Return expected proceeds and costs of a default at the end of `month`, minor units."""
    gross = disposal.gross(rights, month / MONTHS_PER_YEAR) + other[0] * loss.total
    gross = min(gross, float(loss.total) / (1.0 - disposal.cost_rate))
    proceeds = round_half_up(Fraction(gross))
    return Recovery(proceeds, round_half_up(Fraction(proceeds * disposal.cost_rate)))
