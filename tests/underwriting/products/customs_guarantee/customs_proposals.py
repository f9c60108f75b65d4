"""Customs proposals with named overrides, and what they are rated on, with no database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

from proposals import QUOTED, SAMPLES, read_scheme, scheme_text, shipped

from kernel.money import Money
from kernel.sharing import Facts
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.portfolio.exposures import Exposures
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.premium import build_up
from underwriting.product import Rated, read_terms
from underwriting.products.customs_guarantee.rating import rate
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk

SAMPLE: dict[str, Any] = dict(SAMPLES["customs_guarantee"])
RIGHT: dict[str, Any] = SAMPLE["rights"][0]
CHIPS: dict[str, Any] = SAMPLE["goods"][0]["alternatives"][0]
"""A declaration of integrated circuits: duty free, VAT of 260,000.00."""


def customs_json(
    *, right: Mapping[str, Any] | None = None, goods: Any = None, **parts: Any
) -> dict[str, Any]:
    """A proposal on the wire; each part is laid over the sample's."""
    sample = dict(SAMPLE)
    for name, laid in parts.items():
        below = sample.get(name)
        sample[name] = {**below, **laid} if isinstance(below, dict) and laid else laid
    if right:
        sample["rights"] = [{**RIGHT, **right}]
    if goods:
        sample["goods"] = [
            {"name": f"line {place}", "alternatives": [{**CHIPS, **one} for one in line]}
            for place, line in enumerate(goods)
        ]
    return sample


def customs_risk(**parts: Any) -> CustomsGuaranteeRisk:
    """The same, checked."""
    return checked(customs_json(**parts))


def checked(proposal: Mapping[str, Any]) -> CustomsGuaranteeRisk:
    """A proposal on the wire, checked."""
    return CustomsGuaranteeRisk.model_validate(dict(proposal), strict=False)


def tariff() -> Mapping[str, Any]:
    """The tariff as it is shipped."""
    text = files("underwriting.products.customs_guarantee").joinpath("terms.toml")
    return read_terms(text.read_text(encoding="utf-8"))


def customs_basis(
    risk: CustomsGuaranteeRisk, *, scheme: Any = None, on: date = QUOTED, **changes: Any
) -> Rated:
    """What the proposal is rated on."""
    chosen = scheme or shipped(risk.cover.scheme)
    basis = Rated(
        scheme=chosen.scheme,
        facts=Facts(loan_minor=risk.amount.minor, ip_share=Fraction(1), tier=None, balances={}),
        priors=load_priors(),
        fits=fits_in_force("customs_guarantee", on) or fits_in_force("pledge_guarantee", on),
        terms=tariff(),
        exposures=Exposures.nothing(risk.currency),
        on=on,
    )
    return replace(basis, **changes)


def premium(scheme: Any = None, **parts: Any) -> int:
    """The technical premium in fen of a proposal with these overrides."""
    risk = customs_risk(**parts)
    return premium_of(risk, customs_basis(risk, scheme=scheme))


def premium_of(risk: CustomsGuaranteeRisk, basis: Rated) -> int:
    """The technical premium in fen, as the house builds it up."""
    view = rate(risk, basis)
    minimum = Money.of(basis.terms["minimum"]["CNY"], "CNY")
    loadings = Loadings.of(basis.terms)
    total, _ = build_up(
        view.perils, view.margin, loadings, minimum=minimum, experience=view.experience
    )
    return total.minor


def shared(insurer: str, **terms: str) -> Any:
    """A plain scheme: the insurer bears this share, a guarantor the rest."""
    part = Fraction(insurer)
    shares = f'insurer = "{part}", guarantor = "{1 - part}"'
    text = scheme_text(
        "customs_test",
        layers=f"[[layers]]\nshares = {{ {shares} }}",
        **{"loss_base": "principal_interest_costs", **terms},
    )
    return read_scheme(text, "customs_test")
