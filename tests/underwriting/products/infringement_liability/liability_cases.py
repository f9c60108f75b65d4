"""Proposals for infringement liability cover, and what they are rated on, with no database."""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

from proposals import DRAWDOWN, QUOTED, SAMPLES

from kernel.sharing import Facts
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.portfolio.exposures import Exposures
from underwriting.pricing.loadings import Loadings
from underwriting.product import Rated, read_terms
from underwriting.products.infringement_liability.rating import rate
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.schemes.library import load_schemes

START = DRAWDOWN
TERMS = read_terms(
    files("underwriting.products.infringement_liability").joinpath("terms.toml").read_text("utf-8")
)


def yuan(amount: float | str) -> dict[str, str]:
    """Yuan on the wire."""
    return {"amount": amount if isinstance(amount, str) else f"{amount:.2f}", "currency": "CNY"}


SAMPLE = SAMPLES["infringement_liability"]


def proposal(
    *, sales: Mapping[str, float] | None = None, of: Mapping[str, Any] = SAMPLE, **parts: Any
) -> dict[str, Any]:
    """A proposal on the wire; parts of `cover` are laid over the sample's, others replace it."""
    cover = {**of["cover"]}
    changed = {**of}
    for name, value in parts.items():
        if name in ("products", "policyholder", "insured", "indemnities", "known_matters",
                    "opinions", "history", "subsidy"):  # fmt: skip
            changed[name] = value
        else:
            cover[name] = value
    if sales is not None:
        stated = [{"court": court, "annual": yuan(sold)} for court, sold in sales.items()]
        changed["products"] = [{**of["products"][0], "sales": stated}]
        cover["courts"] = parts.get("courts", list(sales))
    return {**changed, "cover": cover}


def checked(wire: Mapping[str, Any]) -> InfringementLiabilityRisk:
    """The same, read by the form."""
    return InfringementLiabilityRisk.model_validate(dict(wire), strict=False)


def a_basis(risk: InfringementLiabilityRisk, **changes: Any) -> Rated:
    """What a proposal is rated on: figures as shipped, nothing in force."""
    asked = risk.asked()
    basis = Rated(
        scheme=load_schemes()[risk.cover.scheme].scheme,
        facts=Facts(loan_minor=asked.amount.minor, ip_share=asked.ip_share, tier=None, balances={}),
        priors=load_priors(),
        fits=fits_in_force("infringement_liability", QUOTED),
        terms=TERMS,
        exposures=Exposures.nothing(asked.amount.currency),
        on=QUOTED,
    )
    return replace(basis, **changes)


def technical(wire: Mapping[str, Any]) -> float:
    """The premium before minimum and tax, minor units."""
    risk = checked(wire)
    loss = rate(risk, a_basis(risk))
    loadings = Loadings.of(TERMS)
    kept = 1.0 - loadings.expense - loadings.commission - loadings.profit
    return (loss.pure + loss.margin.amount) / kept
