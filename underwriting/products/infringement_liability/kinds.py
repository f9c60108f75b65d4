"""Every kind of claim under one proposal: suits by court and plaintiff, known matters, fairs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.severity import Lognormal
from models.severity.laws.normal import FloatArray
from underwriting.products.infringement_liability import agreed_terms as agreed
from underwriting.products.infringement_liability.claims_made import MONTHS_PER_YEAR
from underwriting.products.infringement_liability.matters import Treatment
from underwriting.products.infringement_liability.room import Room
from underwriting.products.infringement_liability.streams import (
    Outcomes,
    fair_outcomes,
    suit_outcomes,
)


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of claim at one court.

    Attributes:
        peril: `competitor_suits`, `npe_suits`, `known_matters`, `exhibitions`.
        court: where.
        months: expected demands and suits in each month, `[n_months]`.
        outcomes: what one of them comes to.
    """

    peril: str
    court: str
    months: FloatArray
    outcomes: Outcomes


def kinds_of(room: Room) -> tuple[Kind, ...]:
    """Return every kind of claim that the cover may meet."""
    return (*_suits(room), *_known(room), *_fairs(room))


def _suits(room: Room) -> Iterator[Kind]:
    """Demands and suits; there are (1 + letters) demands for each suit."""
    competitor, npe = agreed.suit_terms(room.risk.cover), agreed.npe_terms(room.risk.cover)
    for one in room.suits:
        law, court = room.laws[one.court.value], one.court.value
        demands = room.exposure * (1.0 + room.basis.terms["courts"][court]["letters"])
        usual = suit_outcomes(law, competitor, room.nodes)
        cut = usual if npe == competitor else suit_outcomes(law, npe, room.nodes)
        yield Kind("competitor_suits", court, one.competitor * demands, usual)
        yield Kind("npe_suits", court, one.npe * demands, cut)


def _known(room: Room) -> Iterator[Kind]:
    """Matters that are known and not left out, at a higher retention; their acts are covered."""
    rate = room.basis.terms["frequency"]["known_matter"] / MONTHS_PER_YEAR
    terms = agreed.known_terms(room.risk.cover, room.basis.terms)
    for court, law in room.laws.items():
        taken = [
            one
            for one in room.risk.known_matters
            if one.treatment is Treatment.HIGHER_RETENTION and one.court.value == court
        ]
        if taken:
            letters = float(room.basis.terms["courts"][court]["letters"])
            number = np.full(len(room.exposure), rate * len(taken) * (1.0 + letters))
            yield Kind("known_matters", court, number, suit_outcomes(law, terms, room.nodes))


def _fairs(room: Room) -> Iterator[Kind]:
    """Measures at fairs, which are spread evenly over the months of cover."""
    cover = room.risk.cover
    for fairs in cover.exhibition.fairs if cover.exhibition else ():
        stated = room.basis.terms["courts"][fairs.court.value]["fair"]
        median = room.figures.carried_amount(stated["currency"], float(stated["median"]))
        cost = Lognormal.of_median(median, stated["spread"]).quantile(room.nodes.cost)
        number = np.zeros(len(room.exposure))
        number[: cover.months] = fairs.count * stated["chance"] / cover.months
        outcomes = fair_outcomes(cost, agreed.fair_terms(cover), room.nodes)
        yield Kind("exhibitions", fairs.court.value, number, outcomes)
