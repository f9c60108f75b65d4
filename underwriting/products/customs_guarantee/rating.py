"""The price of a customs guarantee: default, open tax, lateness, and what the pledge gives back."""

from collections.abc import Sequence

from kernel.money import minor_digits
from models.borrower.scored import Score
from models.governance.compare import Comparison, compare
from models.priors import standing
from underwriting.pledge.borrower import beside_the_grade, score_of
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.pricing.loadings import Loadings, risk_margin
from underwriting.pricing.view import LossView, Margin, Rival
from underwriting.product import Rated
from underwriting.products.customs_guarantee.clock import per_day
from underwriting.products.customs_guarantee.explain import drivers_of, perils_of, steps_of
from underwriting.products.customs_guarantee.figures import rows_used
from underwriting.products.customs_guarantee.letter import Letter, letter_of
from underwriting.products.customs_guarantee.losses import losses
from underwriting.products.customs_guarantee.record import experience_of
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.secured import laws_for, rivals_for


def rate(risk: CustomsGuaranteeRisk, basis: Rated) -> LossView:
    """Return the expected loss of the issuer's share, month by month.

    Raises:
        Invalid: the scheme is not one plain layer, or a right has no published rate.
    """
    laws, letter = laws_for(risk, basis), letter_of(risk, basis)
    months = losses(letter, laws)
    score, rival = score_of(risk.importer, basis), _rival(risk, basis, letter, laws)
    default = laws.borrower.default_between(0.0, 1.0)
    rate_per_day = float(per_day(basis.terms, risk.use.regime))
    return LossView(
        perils=perils_of(months),
        margin=_margin(months, laws, basis),
        months=months,
        priors=tuple(dict.fromkeys((*laws.priors, *(score.priors if score else ())))),
        fit_ids=_asked(basis, laws, score),
        drivers=drivers_of(risk, letter, laws, basis.terms),
        standing=standing(basis.priors, (p for p in laws.priors if p.key in basis.priors.rows)),
        experience=experience_of(risk.record, default, basis.terms),
        steps=steps_of(letter, rate_per_day, months),
        rival=rival,
        comparison=_compared(laws, months, rival, risk.currency),
        score=score.json() if score else None,
        contest=beside_the_grade(score, risk.importer, basis, laws.name) if score else None,
        rows=rows_used(risk, basis.terms),
    )


def _asked(basis: Rated, laws: Laws, score: Score | None) -> tuple[str, ...]:
    """Return every fit that was asked, each once: champions, the score, challengers."""
    rivals = (one.challenger for one in basis.fits.values() if one.challenger)
    return tuple(dict.fromkeys((*laws.fit_ids, *((score.fit_id,) if score else ()), *rivals)))


def _margin(months: Sequence[MonthLoss], laws: Laws, basis: Rated) -> Margin:
    loadings = Loadings.of(basis.terms)
    words = f"{loadings.cost_of_capital:g} a year on capital at {loadings.capital_quantile:g}"
    return Margin("cost_of_capital", words, risk_margin(months, laws.borrower, loadings))


def _rival(risk: CustomsGuaranteeRisk, basis: Rated, letter: Letter, laws: Laws) -> Rival | None:
    """Price with the challengers too; None if there are none."""
    if not any(serving.challenger for serving in basis.fits.values()):
        return None
    rivals = rivals_for(laws, risk, basis)
    months = losses(letter, rivals)
    pure = sum(row.expected_loss for row in months)
    return Rival(rivals.fit_ids, pure, _margin(months, rivals, basis).amount)


def _compared(
    laws: Laws, months: Sequence[MonthLoss], rival: Rival | None, currency: str
) -> Comparison | None:
    """Set the two pure premiums side by side, in units; None where nothing is lost either way."""
    ours = sum(row.expected_loss for row in months)
    if rival is None or min(ours, rival.pure) <= 0:
        return None
    unit = 10 ** minor_digits(currency)
    return compare(laws.name, ours / unit, "+".join(rival.fit_ids), rival.pure / unit)
