"""Everything that a price depends on, and how it is frozen with a quote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self

from kernel.canonical import canonical_json, canonical_lasting, canonical_object
from kernel.sharing import Facts, Portfolio
from models.priors import PriorTable
from underwriting.figures import figures_of, figures_written
from underwriting.fits import Fits, fits_json, fits_of
from underwriting.known.known import NOTHING, Known
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.limits import Limits
from underwriting.product import Rated
from underwriting.schemes.library import SchemeText, read_scheme


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a price depends on.

    Attributes:
        product: code of the product.
        risk: the proposal as JSON.
        scheme: the scheme with its text.
        terms: the tariff.
        priors: the published figures.
        fits: who serves each purpose.
        facts: what the scheme asks of the day.
        exposures: what is in force under the keys of the proposal, and the insurer's means.
        limits: of the law and of the house, on what is held together.
        on: business date of the quote.
        known: what the registers say beside the proposal.
    """

    product: str
    risk: Mapping[str, Any]
    scheme: SchemeText
    terms: Mapping[str, Any]
    priors: PriorTable
    fits: Fits
    facts: Facts
    exposures: Exposures
    limits: Limits
    on: date
    known: Known = NOTHING

    @property
    def basis(self) -> Rated:
        """What the product is rated on."""
        return Rated(
            scheme=self.scheme.scheme,
            facts=self.facts,
            priors=self.priors,
            fits=self.fits,
            terms=self.terms,
            exposures=self.exposures,
            known=self.known,
            on=self.on,
        )

    def written(self) -> str:
        """The inputs as they are frozen with a quote, in canonical JSON."""
        own = {
            "product": self.product,
            "risk": dict(self.risk),
            "scheme_text": self.scheme.text,
            "fits": fits_json(self.fits),
            "facts": facts_json(self.facts),
            "exposures": self.exposures.json(),
            "known": self.known.json(),
            "on": self.on.isoformat(),
        }
        return canonical_object(
            {
                **{name: canonical_json(stated, f"inputs.{name}") for name, stated in own.items()},
                **figures_written(self.priors),
                "terms": canonical_lasting(self.terms),
                "limits": canonical_lasting(self.limits.text),
            }
        )

    def json(self) -> dict[str, Any]:
        """The same, read back."""
        frozen: dict[str, Any] = json.loads(self.written())
        return frozen

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read frozen inputs back."""
        return cls(
            product=frozen["product"],
            risk=frozen["risk"],
            scheme=read_scheme(frozen["scheme_text"], "frozen scheme"),
            terms=frozen["terms"],
            priors=figures_of(frozen),
            fits=fits_of(frozen["fits"]),
            facts=facts_of(frozen["facts"]),
            exposures=Exposures.of(frozen["exposures"]),
            known=Known.of(frozen["known"]),
            limits=Limits.of(frozen["limits"]),
            on=date.fromisoformat(frozen["on"]),
        )


def facts_json(facts: Facts) -> dict[str, Any]:
    """The facts of the day, as they are frozen."""
    portfolio = facts.portfolio
    return {
        "loan_minor": facts.loan_minor,
        "ip_share": None if facts.ip_share is None else str(facts.ip_share),
        "tier": facts.tier,
        "balances": dict(facts.balances),
        "paid_this_year": dict(facts.paid_this_year),
        "portfolio": portfolio and {"volume": portfolio.volume, "paid": portfolio.paid},
        "ratios": {measure: str(value) for measure, value in facts.ratios.items()},
    } | ({"defaulted": sorted(facts.defaulted)} if facts.defaulted else {})


def facts_of(frozen: Mapping[str, Any]) -> Facts:
    """Read frozen facts back."""
    portfolio = frozen["portfolio"]
    return Facts(
        loan_minor=frozen["loan_minor"],
        ip_share=None if frozen["ip_share"] is None else Fraction(frozen["ip_share"]),
        tier=frozen["tier"],
        balances=frozen["balances"],
        paid_this_year=frozen["paid_this_year"],
        portfolio=portfolio and Portfolio(portfolio["volume"], portfolio["paid"]),
        ratios={measure: Fraction(value) for measure, value in frozen["ratios"].items()},
        defaulted=frozenset(frozen.get("defaulted", ())),
    )
