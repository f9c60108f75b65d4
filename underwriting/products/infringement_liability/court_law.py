"""What one suit costs and what may be owed at one court, at the nodes of the integral.

Cost follows the amount at risk, a stated part of a year's sales there. No settlement and no award
is above a stated number of years' sales: who sells little cannot owe much. The cost of a
counter-action against the right has the rank of the cost of the suit.
"""

from dataclasses import dataclass
from typing import Any

from models.priors import Prior
from models.severity import Capped, Law, Lognormal, Pareto, Spliced
from models.severity.laws.normal import FloatArray
from underwriting.disputes import Court, Figures, course_of, whole_cost
from underwriting.disputes.rows import Row
from underwriting.product import Rated
from underwriting.products.infringement_liability.nodes import Nodes
from underwriting.products.infringement_liability.ways import Way, ways_of

PRODUCT = "infringement_liability"
RIGHT = "invention"


@dataclass(frozen=True, eq=False)
class CourtLaw:
    """One court; amounts in minor units of the policy's currency.

    Attributes:
        ways: in which a claim may fall out.
        whole: cost of a suit to its last end, `[n_cost]`.
        counter: cost of a counter-action, `[n_cost]`.
        settlement: `[n_loss]`.
        award: `[n_loss]`.
        priors: published figures behind it.
        rows: rows of the frozen figures behind it.
    """

    ways: tuple[Way, ...]
    whole: FloatArray
    counter: FloatArray
    settlement: FloatArray
    award: FloatArray
    priors: tuple[Prior, ...]
    rows: tuple[Row, ...]


def court_law(
    court: Court, sales: int, basis: Rated, *, figures: Figures, nodes: Nodes
) -> CourtLaw:
    """Return the law of a suit at a court where `sales` minor units are sold a year."""
    place = basis.terms["courts"][court.value]
    at_risk = float(basis.terms["at_risk"]["years"]) * sales
    whole = whole_cost(figures, court, RIGHT, at_risk=at_risk, product=PRODUCT)
    award, award_rows = _award(figures, court)
    settlement, settled_rows = _settlement(figures, court, award)
    counter, chance, priors, counter_rows = _counter(figures, court, basis)
    course = course_of(figures, court, basis.priors)
    paid, adverse = (figures.rate(one, court) for one in ("settled_in_money", "adverse_cost"))
    most = max(1.0, float(basis.terms["at_risk"]["most_years"]) * sales)
    ways = ways_of(course, place, paid=paid.value, adverse=adverse.value, challenged=chance)
    rows = (*whole.rows, *award_rows, *settled_rows, *counter_rows, *course.rows, paid, adverse)
    return CourtLaw(
        ways,
        whole.law.quantile(nodes.cost),
        counter.quantile(nodes.cost),
        Capped(settlement, most).quantile(nodes.loss),
        Capped(award, most).quantile(nodes.loss),
        (*course.priors, *priors),
        rows,
    )


def _award(figures: Figures, court: Court) -> tuple[Law, tuple[Row, ...]]:
    """Return the law of an award, with its published tail in China."""
    body = figures.law(PRODUCT, court, "award", RIGHT)
    if court is not Court.CN:
        return body.law, body.rows
    tail = figures.law(PRODUCT, court, "award_tail", "patent")
    chance = figures.rate("tail_given_award", court)
    assert isinstance(tail.law, Pareto), "a published tail is a Pareto"
    return Spliced(body.law, tail.law, chance.value), (*body.rows, *tail.rows, chance)


def _settlement(figures: Figures, court: Court, award: Law) -> tuple[Law, tuple[Row, ...]]:
    """Return the published law of a settlement, else a stated part of what an award would be."""
    if court is Court.US:
        settled = figures.law(PRODUCT, court, "settlement", RIGHT)
        return settled.law, settled.rows
    part = figures.rate("settlement_to_award", court)
    return award.scaled(part.value), (part,)


def _counter(
    figures: Figures, court: Court, basis: Rated
) -> tuple[Law, float, tuple[Prior, ...], tuple[Row, ...]]:
    """Return cost and chance of a counter-action against the right, and what they rest on."""
    published = {Court.CN: "p_challenge_given_assert", Court.US: "p_ipr_given_assert"}
    if court in published:
        law = figures.law(PRODUCT, court, "invalidation_defence", RIGHT)
        chance = basis.priors.find(published[court], RIGHT, court.value)
        return law.law, chance.value, (chance,), law.rows
    stated: dict[str, Any] = basis.terms["courts"][court.value]["counter"]
    median = figures.carried_amount(stated["currency"], float(stated["median"]))
    return Lognormal.of_median(median, float(stated["spread"])), float(stated["chance"]), (), ()
