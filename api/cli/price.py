"""`zhibao price`: a receipt without a database; the facts of the day stand in the file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from api.cli.speak import read_file
from api.schemas.quotes import QuoteRequest
from api.schemas.split import PartyName, Ratio, SplitPortfolio
from kernel.clock import SystemClock
from kernel.money import parse_minor
from kernel.wire import Amount, Day
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.preview import scheme_named
from underwriting.product import Asked
from underwriting.products import product
from underwriting.receipt import Inputs, facts_of, price


class PriceRequest(QuoteRequest):
    """A proposal, as a bank sends it, with what its scheme asks of the day."""

    on: Day | None = Field(None, description="Business date; today without it")
    balances: dict[PartyName, Amount] = Field(default_factory=dict)
    paid_this_year: dict[PartyName, Amount] = Field(default_factory=dict)
    portfolio: SplitPortfolio | None = None
    ratios: dict[PartyName, Ratio] = Field(default_factory=dict)


def run_price(file: str, schemes: Path | None, counts: Path | None = None) -> dict[str, Any]:
    """Return the receipt of the proposal in a file.

    Raises:
        Invalid: a field is wrong or a fact is missing; each is named with its cure.
    """
    request = read_file(PriceRequest, file)
    line, asked = product(request.risk.product), request.risk.asked()
    today: date = request.on or SystemClock().today()
    inputs = Inputs(
        product=line.code,
        risk=request.risk.model_dump(mode="json"),
        scheme=scheme_named(asked.scheme, schemes, may_replace=True),
        terms=line.terms,
        priors=house_figures(counts),
        fits=fits_in_force(line.code, today),
        facts=facts_of(_facts(request, asked)),
        obligor_minor=0,
        on=today,
    )
    receipt: dict[str, Any] = json.loads(price(line, inputs).receipt)
    return receipt


def _facts(request: PriceRequest, asked: Asked) -> dict[str, Any]:
    """Put the facts of the file into the form in which they are frozen."""
    currency = asked.loan.currency
    portfolio = request.portfolio

    def minor(text: str, field: str) -> int:
        return parse_minor(text, currency, field)

    return {
        "loan_minor": asked.loan.minor,
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
