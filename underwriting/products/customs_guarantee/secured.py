"""The laws of an importer and its pledge, by champions or their rivals."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from underwriting.fits import Serving
from underwriting.pledge.laws import Laws, Secured, laws_of, rivals_of
from underwriting.product import Rated
from underwriting.products.customs_guarantee.clock import last_due
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk


def champion(serving: Serving) -> str:
    """Return the fit that prices."""
    return serving.champion


def laws_for(
    risk: CustomsGuaranteeRisk, basis: Rated, who: Callable[[Serving], str] = champion
) -> Laws:
    """Return the laws by the fits that `who` picks, each right cut by its stated haircut.

    Of the stated haircut and the one published for its kind the larger counts.

    Raises:
        Invalid: a right has no published rate, or a fit is not on the shelf.
    """
    return _cut(laws_of(_debt(risk, basis.terms), basis, who), risk)


def rivals_for(laws: Laws, risk: CustomsGuaranteeRisk, basis: Rated) -> Laws:
    """Return the same by the challengers."""
    return _cut(rivals_of(laws, _debt(risk, basis.terms), basis), risk)


def _debt(risk: CustomsGuaranteeRisk, terms: Mapping[str, Any]) -> Secured:
    start, end = risk.use.usable_from, last_due(risk.use, terms)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return Secured(risk.importer, risk.rights, months)


def _cut(laws: Laws, risk: CustomsGuaranteeRisk) -> Laws:
    valued = [right for right in risk.rights if right.appraised.money().minor]
    stated = [float(Fraction(right.haircut or 0)) for right in valued]
    rights = tuple(
        replace(right, haircut=max(right.haircut, asked))
        for right, asked in zip(laws.rights, stated, strict=True)
    )
    return replace(laws, rights=rights)
