"""`zhibao price`: a receipt without a database; the facts of the day stand in the file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from api.cli.speak import read_file
from api.schemas.portfolio import MeansRequest
from api.schemas.quotes import QuoteRequest
from api.schemas.split import PartyName, Ratio, SplitPortfolio
from kernel.clock import SystemClock
from kernel.errors import invalid
from kernel.money import parse_minor
from kernel.wire import Amount, Day
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.inputs import Inputs, facts_of
from underwriting.known_today import known_today
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.limits import load_limits
from underwriting.preview import scheme_named
from underwriting.product import Asked
from underwriting.products import product
from underwriting.receipt import price


class PriceRequest(QuoteRequest):
    """A proposal, as a bank sends it, with what its scheme asks of the day."""

    on: Day | None = Field(None, description="Business date; today without it")
    balances: dict[PartyName, Amount] = Field(default_factory=dict)
    paid_this_year: dict[PartyName, Amount] = Field(default_factory=dict)
    portfolio: SplitPortfolio | None = None
    ratios: dict[PartyName, Ratio] = Field(default_factory=dict)
    means: MeansRequest | None = Field(
        None, description="The insurer's own figures; without them no statutory limit is tested"
    )


def run_price(file: str, schemes: Path | None, counts: Path | None = None) -> dict[str, Any]:
    """Return the receipt of the proposal in a file.

    Raises:
        Invalid: a field is wrong or a fact is missing; each is named with its cure.
    """
    inputs = inputs_of(read_file(PriceRequest, file), schemes, counts)
    receipt: dict[str, Any] = json.loads(price(product(inputs.product), inputs).receipt)
    return receipt


def inputs_of(request: PriceRequest, schemes: Path | None, counts: Path | None) -> Inputs:
    """Return everything that the price of a proposal in a file depends on.

    Raises:
        Invalid: the scheme is not known, or an amount cannot be read.
    """
    line, asked = product(request.risk.product), request.risk.asked()
    today: date = request.on or SystemClock().today()
    scheme = scheme_named(asked.scheme, schemes, may_replace=True)
    return Inputs(
        product=line.code,
        risk=request.risk.model_dump(mode="json"),
        scheme=scheme,
        terms=line.terms,
        priors=house_figures(counts),
        fits=fits_in_force(line.code, today),
        facts=facts_of(_facts(request, asked, scheme.scheme.parties)),
        exposures=_exposures(request, asked),
        known=known_today(None, asked, today),
        limits=load_limits(),
        on=today,
    )


def _exposures(request: PriceRequest, asked: Asked) -> Exposures:
    """Return the exposures of a house that holds nothing yet, with the means of the file."""
    nothing = Exposures.nothing(asked.amount.currency)
    if request.means is None:
        return nothing
    if request.means.currency != asked.amount.currency:
        cure = f"state them in {asked.amount.currency}"
        raise invalid("means.currency", f"is not {asked.amount.currency}", cure)
    return replace(nothing, means=request.means.means())


def _facts(request: PriceRequest, asked: Asked, parties: Sequence[str]) -> dict[str, Any]:
    """Put the facts of the file into the form in which they are frozen.

    Raises:
        Invalid: a balance or payment of somebody who is no party of the scheme.
    """
    for field in ("balances", "paid_this_year"):
        for party in getattr(request, field):
            if party not in parties:
                known = ", ".join(parties)
                words = f"{party!r} is no party of the scheme"
                raise invalid(f"{field}.{party}", words, f"use one of {known}")
    currency = asked.amount.currency
    portfolio = request.portfolio

    def minor(text: str, field: str) -> int:
        return parse_minor(text, currency, field)

    return {
        "loan_minor": asked.amount.minor,
        "ip_share": str(asked.ip_share),
        "tier": asked.tier,
        "balances": {p: minor(t, f"balances.{p}") for p, t in request.balances.items()},
        "paid_this_year": {
            p: minor(t, f"paid_this_year.{p}") for p, t in request.paid_this_year.items()
        },
        "portfolio": portfolio
        and {
            "volume": minor(portfolio.volume, "portfolio.volume"),
            "paid": minor(portfolio.paid, "portfolio.paid"),
        },
        "ratios": dict(request.ratios),
    }
