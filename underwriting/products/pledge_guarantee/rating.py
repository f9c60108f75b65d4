"""Expected loss of a pledge guarantee: the borrower's default, net of what the pledge fetches."""

from models.borrower.scored import Score
from models.priors import Prior, standing
from underwriting.pledge.borrower import beside_the_grade, score_of
from underwriting.pledge.laws import Laws, laws_of
from underwriting.pledge.lots import NO_LINK
from underwriting.pricing.expected_loss import Sharing
from underwriting.pricing.view import LossView, Peril
from underwriting.product import Rated
from underwriting.products.pledge_guarantee.branches import Case, other_security
from underwriting.products.pledge_guarantee.by_month import Worked, each_worked_out
from underwriting.products.pledge_guarantee.drivers import drivers_of
from underwriting.products.pledge_guarantee.exposure import losses
from underwriting.products.pledge_guarantee.history import history_of
from underwriting.products.pledge_guarantee.kinks import Owed
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.products.pledge_guarantee.rival import compared, rival_of, rivals_for, secured


def rate(risk: PledgeGuaranteeRisk, basis: Rated) -> LossView:
    """Return the expected loss of the issuer's share, month by month.

    Raises:
        Invalid: the scheme needs a fact that is missing, or a right has no published rate.
    """
    laws = laws_of(secured(risk), basis, lambda serving: serving.champion)
    shares = Sharing(basis.scheme, basis.facts, risk.cover.issuer)
    owed = Owed(losses(risk, basis), shares)
    rivals = rivals_for(risk, basis, laws)
    cases = [Case(laws, laws.link), Case(laws, NO_LINK)]
    cases += [Case(rivals, rivals.link)] if rivals else []
    ours, cut, *theirs = each_worked_out(risk, basis, owed, cases)
    score = score_of(risk.borrower, basis)
    rival = rival_of(rivals, *theirs) if rivals else None
    return LossView(
        perils=_perils(ours),
        margin=ours.margin,
        months=ours.months,
        priors=_used(risk, basis, laws, score),
        fit_ids=_asked(basis, laws, score),
        drivers=drivers_of(risk, basis, laws, ours, cut),
        standing=standing(basis.priors, (p for p in laws.priors if p.key in basis.priors.rows)),
        experience=history_of(risk, basis).experience,
        rival=rival,
        comparison=compared(laws, ours, rival, risk.currency),
        score=score.json() if score else None,
        contest=beside_the_grade(score, risk.borrower, basis, laws.name) if score else None,
    )


def _perils(ours: Worked) -> tuple[Peril, ...]:
    """Split the pure premium into defaults with the key right dead and with it alive."""
    dead = ours.with_key_dead
    return (
        Peril("default", "借款人违约（关键权利存续）", "default, the key right alive",
              "sum over the months of cover", ours.pure - dead),
        Peril("default_right_dead", "借款人违约且关键权利灭失", "default, the key right dead",
              "sum over the months of cover", dead),
    )  # fmt: skip


def _used(
    risk: PledgeGuaranteeRisk, basis: Rated, laws: Laws, score: Score | None
) -> tuple[Prior, ...]:
    """Return every published figure behind the price, each once."""
    other = other_security(risk, basis)[1]
    more = [*((other,) if other else ()), *(score.priors if score else ())]
    if risk.experience:
        more.append(basis.priors.find("default_1y", risk.borrower.grade.value))
    return tuple(dict.fromkeys((*laws.priors, *more)))


def _asked(basis: Rated, laws: Laws, score: Score | None) -> tuple[str, ...]:
    """Return every fit that was asked, each once: champions, the score, challengers."""
    rivals = (one.challenger for one in basis.fits.values() if one.challenger)
    ids = (*laws.fit_ids, *((score.fit_id,) if score else ()), *rivals)
    return tuple(dict.fromkeys(ids))
