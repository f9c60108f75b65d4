"""How many suits a year: by court, and by who sues.

At a court with yearly sales S_p of product p, suits of competitors are

    base x selection x (1 - npe) x (sum over p of m_p^(1/e) x S_p / reference)^e x promises

with m_p the field of the product, its standards and the credit for opinions, e the elasticity of
suits to sales. With one product this is m x (S / reference)^e; it rises with every sale. Suits of
non-practising entities likewise, with `npe`, fields of their own, and no credit for opinions. The
base is the published rate of sued firms; where none is published, that of the US in the
proportion in which a patent in force meets suits.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models.priors import Prior, PriorTable
from underwriting.disputes import Court, Figures
from underwriting.product import Rated
from underwriting.products.infringement_liability.evidence import best_score
from underwriting.products.infringement_liability.matters import OpinionKind
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.products.infringement_liability.schedule import ScheduledProduct


class Suits(NamedTuple):
    """Suits a year at one court.

    Attributes:
        court: where.
        sales: of all scheduled products there, minor units a year.
        npe: of non-practising entities.
        competitor: of others.
        priors: published rates behind them.
    """

    court: Court
    sales: int
    npe: float
    competitor: float
    priors: tuple[Prior, ...]


def suits_of(risk: InfringementLiabilityRisk, basis: Rated, figures: Figures) -> tuple[Suits, ...]:
    """Return the suits at every covered court where a scheduled product sells."""
    courts = [court for court in Court if court in risk.cover.courts]
    found = (_at(court, risk, basis, figures) for court in courts)
    return tuple(one for one in found if one.sales)


def sales_of(product: ScheduledProduct, court: Court) -> int:
    """Return a year's sales of a product at a court, minor units; nothing where none is stated."""
    return sum(one.annual.money().minor for one in product.sales if one.court is court)


def _at(court: Court, risk: InfringementLiabilityRisk, basis: Rated, figures: Figures) -> Suits:
    stated, fields = basis.terms["frequency"], basis.terms["fields"]
    base, priors = _base(court, basis.priors)
    rate = base * figures.rate("selection", court).value
    npe = float(basis.terms["courts"][court.value]["npe"])
    reference = figures.carried_amount("CNY", stated["reference_sales_cny"])
    sales = [(one, sales_of(one, court)) for one in risk.products]
    size, npe_size = 0.0, 0.0
    for product, sold in sales:
        factor = float(stated["standard"]) if product.standards else 1.0
        score = best_score(
            risk.opinions, OpinionKind.FREEDOM, (product.code, court),
            terms=basis.terms, on=basis.on,
        )  # fmt: skip
        credit = 1.0 - stated["opinion_credit"] * score / 100.0
        power = 1.0 / stated["elasticity"]
        size += (factor * credit * fields[product.technology.value]) ** power * sold
        npe_field = basis.terms["npe_fields"][product.technology.value]
        npe_size += (factor * npe_field) ** power * sold
    competitor = (1.0 - npe) * (size / reference) ** stated["elasticity"]
    return Suits(
        court,
        sum(sold for _, sold in sales),
        rate * npe * (npe_size / reference) ** stated["elasticity"],
        rate * competitor * _promises(court, risk, basis),
        priors,
    )


def _promises(court: Court, risk: InfringementLiabilityRisk, basis: Rated) -> float:
    """Return what covered promises to customers make of competitor suits."""
    if not risk.cover.indemnities:
        return 1.0
    stated = basis.terms["frequency"]
    here = [one for one in risk.indemnities if one.court is court]
    names = ("capped_indemnity" if one.capped else "indemnity" for one in here)
    return 1.0 + sum(float(stated[name]) for name in names)


def _base(court: Court, priors: PriorTable) -> tuple[float, tuple[Prior, ...]]:
    """Return the published rate of sued firms, and the figures that it rests on."""
    if court is Court.CN:
        firm = priors.find("sued_firm", "industrial_firm", "CN")
        return firm.value, (firm,)
    firm = priors.find("sued_firm", "firm_ge20_staff", "US")
    if court is Court.US:
        return firm.value, (firm,)
    there = priors.find("suit_rate", "invention", court.value)
    here = priors.find("assert", "invention", "US")
    return firm.value * there.value / here.value, (firm, there, here)


def sales_elsewhere(risk: InfringementLiabilityRisk) -> Iterator[tuple[str, Court]]:
    """Yield products and courts with sales that the cover leaves out."""
    for product in risk.products:
        for one in product.sales:
            if one.court not in risk.cover.courts:
                yield product.code, one.court
