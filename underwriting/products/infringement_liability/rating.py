"""The price of infringement liability: suits x what one of them costs under the terms.

For each court and plaintiff, demands come as a Poisson process of the covered suits; each falls
out in one of the ways of its court, at a cost and damages that a Gumbel copula ties. The terms of
one claim apply at every node of that law; the aggregate applies to the compound law of the
period, by FFT; the issuer's share comes last. Defence outside the limit has a tower of its own.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from kernel.money import minor_digits
from models.priors import standing
from models.severity.laws.normal import FloatArray
from underwriting.disputes import figures_of
from underwriting.disputes.plain_share import plain_share
from underwriting.disputes.rows import each_once
from underwriting.pricing.view import LossView
from underwriting.product import Rated
from underwriting.products.infringement_liability.account import account_of
from underwriting.products.infringement_liability.claims_made import ClaimsMade, Lag
from underwriting.products.infringement_liability.history import rated_history
from underwriting.products.infringement_liability.kinds import kinds_of
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.products.infringement_liability.room import Room

DAYS_PER_YEAR = 365.25


def rate(risk: InfringementLiabilityRisk, basis: Rated) -> LossView:
    """Return the expected loss of the issuer's share, by cause, by month and after each term.

    Raises:
        Invalid: the scheme is not one plain layer, or a figure that is needed is not published.
    """
    share = float(plain_share(basis.scheme, risk.cover.issuer))
    figures = figures_of(basis, risk.currency)
    room = Room(risk, basis, figures, exposure_of(risk, basis.terms))
    account = account_of(room, kinds_of(room), share)
    return LossView(
        perils=account.perils,
        margin=account.margin,
        months=account.rows,
        priors=room.priors,
        fit_ids=(figures.fit_id,),
        drivers={
            **{f"suits_per_year_{one.court.value}": one.npe + one.competitor for one in room.suits},
            "covered_years_of_suits": float(room.exposure.sum()),
            "expected_claims": account.claims,
            "mean_paid_claim": account.mean_claim / 10 ** minor_digits(risk.currency),
        },
        standing=standing(basis.priors, room.priors),
        experience=rated_history(risk, basis, room.suits).experience,
        steps=account.steps,
        rows=(*each_once(room.rows), *tariff_rows(room, basis.terms)),
    )


def exposure_of(risk: InfringementLiabilityRisk, terms: Mapping[str, Any]) -> FloatArray:
    """Return years of suits that are covered in each month of cover and extended reporting."""
    cover = risk.cover
    back = (cover.start - cover.retroactive_date).days / DAYS_PER_YEAR
    lag = Lag(float(terms["lag"]["mean"]), float(terms["lag"]["longest"]))
    made = ClaimsMade(back, cover.months, cover.extended_reporting_months)
    return np.array(made.exposure(lag))


def tariff_rows(room: Room, terms: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the figures of the tariff behind the price: key, value, source, grade, unverified."""
    tables = {"frequency": "elasticity", "lag": "mean", "at_risk": "years"}
    rows = [(f"tariff/{name}/{key}", terms[name], terms[name][key]) for name, key in tables.items()]
    for one in room.suits:
        court = terms["courts"][one.court.value]
        rows.append((f"tariff/courts/{one.court.value}/npe", court, court["npe"]))
    return tuple(
        {
            "key": key,
            "value": value,
            "source": table["source"],
            "grade": table["grade"],
            "unverified": table["grade"] in ("C", "K"),
        }
        for key, table, value in rows
    )
