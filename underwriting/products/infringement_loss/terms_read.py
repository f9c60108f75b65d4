"""The terms of a proposal as mathematics takes them: floats in minor units."""

from math import inf

from underwriting.disputes.plain_share import plain_share
from underwriting.product import Rated
from underwriting.products.infringement_loss.branches import PERILS
from underwriting.products.infringement_loss.matter_terms import MatterTerms
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.wanted import AggregateBasis
from underwriting.products.infringement_loss.yearly import YearTerms


def matter_terms(risk: InfringementLossRisk) -> MatterTerms:
    """Return the terms of any one matter."""
    taken = risk.cover.perils.taken
    return MatterTerms(
        covered=tuple(name in taken for name in PERILS),
        retention=float(risk.minor("retention") or 0),
        copay=float(risk.copay),
        sublimits=tuple(_amount(risk, f"perils.{name}.sublimit") for name in PERILS),
        limit=_amount(risk, "limit"),
        exempt=_exempt(risk),
    )


def year_terms(risk: InfringementLossRisk, basis: Rated) -> YearTerms:
    """Return the terms of many matters.

    Raises:
        Invalid: the scheme is not one plain layer, or the issuer bears nothing under it.
    """
    aggregate = _amount(risk, "aggregate")
    per_right = _amount(risk, "per_right")
    return YearTerms(
        per_right=per_right if per_right < aggregate else inf,
        aggregate=aggregate,
        yearly=risk.cover.aggregate_basis is AggregateBasis.POLICY_YEAR,
        share=float(plain_share(basis.scheme, risk.cover.issuer)),
    )


def _amount(risk: InfringementLossRisk, name: str) -> float:
    minor = risk.minor(name)
    return inf if minor is None else float(minor)


def _exempt(risk: InfringementLossRisk) -> float | None:
    minor = risk.minor("economic_benefit.exempt")
    return None if minor is None else float(minor)
