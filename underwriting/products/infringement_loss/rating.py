"""Expected loss of infringement-loss cover: filings x what a matter costs, under all terms."""

from collections.abc import Sequence

from models.priors import standing
from underwriting.disputes.rows import each_once
from underwriting.pricing.margin import MarginRates, margin_of
from underwriting.pricing.view import LossView, Margin
from underwriting.product import Rated
from underwriting.products.infringement_loss.drivers import drivers_of
from underwriting.products.infringement_loss.experience import history_of
from underwriting.products.infringement_loss.months import months_of
from underwriting.products.infringement_loss.perils import by_peril, stated
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.schedule import Schedule, schedule_of
from underwriting.products.infringement_loss.steps import steps_of
from underwriting.products.infringement_loss.terms_read import matter_terms, year_terms
from underwriting.products.infringement_loss.yearly import Spell, YearTerms, matters_of, spells


def rate(risk: InfringementLossRisk, basis: Rated) -> LossView:
    """Return the loss side of the price.

    Raises:
        Invalid: a needed figure is published nowhere, or the scheme is not one plain layer.
    """
    schedule = schedule_of(risk, basis)
    terms, many = matter_terms(risk), year_terms(risk, basis)
    matters = matters_of(schedule, terms)
    found = spells(schedule, many, matters)
    discounts = [_discount(spell, schedule, basis) for spell in found]
    yearly = [d * spell.mean for d, spell in zip(discounts, found, strict=True)]
    pure = sum(yearly)
    amounts = by_peril(found, discounts, matters)
    scale = pure / amounts.sum() if pure else 0.0
    priors = tuple(dict.fromkeys(prior for right in schedule.rights for prior in right.priors))
    return LossView(
        perils=stated(amounts * scale, terms.covered),
        margin=_margin(found, many, basis),
        months=months_of(
            schedule, matters, yearly, sum_insured=risk.sum_insured.minor, share=many.share
        ),
        priors=priors,
        fit_ids=schedule.fit_ids,
        drivers=drivers_of(schedule, matters, found, many, currency=risk.currency),
        standing=standing(basis.priors, (p for p in priors if p.key in basis.priors.rows)),
        experience=history_of(risk, basis, schedule, terms).experience,
        steps=steps_of(
            schedule, many, matters, found=found, pure=pure, repays=terms.exempt is not None
        ),
        rows=each_once((*schedule.rows, *(row for one in schedule.rights for row in one.rows))),
    )


def _discount(spell: Spell, schedule: Schedule, basis: Rated) -> float:
    """Value today of one unit paid on a filing in the middle of a policy year."""
    years = spell.middle + schedule.to_payment
    return float((1.0 + basis.terms["discount_rate"]) ** -years)


def _margin(found: Sequence[Spell], many: YearTerms, basis: Rated) -> Margin:
    """Margin of each policy year, or of the whole period where one aggregate runs through it."""
    rates = MarginRates.of(basis.terms)
    if not many.yearly:
        return margin_of(found[-1].costs, rates, sum(one.span for one in found))
    each = [margin_of(one.costs, rates, one.span) for one in found]
    words = each[0].basis if len(each) == 1 else f"{each[0].basis}, and so for each policy year"
    return Margin(each[0].method, words, sum(one.amount for one in each))
