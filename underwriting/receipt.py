"""The price as a receipt: a pure function of frozen inputs, the same bytes every time.

A quote stores its `Inputs`: the proposal, the text of the scheme, the tariff, the published
figures used and the facts of the day. `price` makes the receipt from them; whoever runs it
again, years later, gets the same bytes and the same cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Self

from kernel.canonical import canonical_json
from kernel.finding import Finding
from kernel.money import Money
from kernel.sharing import Facts, Portfolio
from models.priors import PriorTable
from underwriting.figures import cut_to, figures_json, figures_of
from underwriting.fits import Fits, fits_json, fits_of
from underwriting.pricing.loadings import Loadings, risk_margin
from underwriting.pricing.premium import Premium, build_up, payers_of
from underwriting.pricing.view import LossView
from underwriting.product import Product, Rated
from underwriting.rules.appetite import Outcome, decide
from underwriting.rules.contract import Contract
from underwriting.schemes.library import SchemeText, read_scheme

VERSION = 2
"""Of the receipt's form; raised when its fields change, never reused."""

_DIGITS = 12
"""Significant digits of a float in a receipt: the last bits of libm are not promised."""


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
        obligor_minor: sums insured in force for the borrower, minor units.
        on: business date of the quote.
    """

    product: str
    risk: Mapping[str, Any]
    scheme: SchemeText
    terms: Mapping[str, Any]
    priors: PriorTable
    fits: Fits
    facts: Facts
    obligor_minor: int
    on: date

    def json(self) -> dict[str, Any]:
        """The inputs as they are frozen with a quote."""
        return {
            "product": self.product,
            "risk": dict(self.risk),
            "scheme_text": self.scheme.text,
            "terms": dict(self.terms),
            **figures_json(self.priors),
            "fits": fits_json(self.fits),
            "facts": facts_json(self.facts),
            "obligor_minor": self.obligor_minor,
            "on": self.on.isoformat(),
        }

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
            obligor_minor=frozen["obligor_minor"],
            on=date.fromisoformat(frozen["on"]),
        )


@dataclass(frozen=True, slots=True)
class Priced:
    """A priced proposal.

    Attributes:
        inputs: with the published figures cut down to those used.
        contract: what would be bound: sum insured, period, waiting days, shares.
        premium: lines and payers.
        loss: the expected loss and its drivers.
        findings: every finding on acceptance.
        outcome: what they come to.
        receipt: all of it, as canonical JSON.
    """

    inputs: Inputs
    contract: Contract
    premium: Premium
    loss: LossView
    findings: tuple[Finding, ...]
    outcome: Outcome
    receipt: str


def price(product: Product, inputs: Inputs) -> Priced:
    """Price frozen inputs.

    Raises:
        Invalid: the risk does not fit the product's form, or a needed fact is missing.
    """
    risk = product.risk.model_validate(dict(inputs.risk), strict=False)
    basis = Rated(
        scheme=inputs.scheme.scheme,
        facts=inputs.facts,
        priors=inputs.priors,
        fits=inputs.fits,
        terms=inputs.terms,
        obligor_minor=inputs.obligor_minor,
        on=inputs.on,
    )
    contract = product.contract(risk, basis)
    loss = product.rate(risk, basis)
    premium = _premium(contract, loss, inputs.terms)
    findings = (*product.accept(risk, basis), *loss.findings)
    frozen = replace(inputs, priors=cut_to(inputs.priors, loss.priors))
    outcome = decide(findings)
    receipt = _receipt(frozen, contract, premium, loss, findings=findings)
    return Priced(frozen, contract, premium, loss, findings, outcome, canonical_json(receipt))


def _premium(contract: Contract, loss: LossView, terms: Mapping[str, Any]) -> Premium:
    loadings = Loadings(**terms["loadings"])
    currency = contract.sum_insured.currency
    minimum = Money.of(terms["minimum"][currency], currency, "terms.minimum")
    margin = risk_margin(loss.months, loss.curve, loadings)
    total, lines = build_up(loss.pure, margin, loadings, minimum=minimum)
    return Premium(total, lines, payers_of(total, contract.policyholder, contract.subsidy))


def _receipt(
    inputs: Inputs,
    contract: Contract,
    premium: Premium,
    loss: LossView,
    *,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    scheme = inputs.scheme.scheme
    return {
        "receipt_version": VERSION,
        "decision": decide(findings).value,
        "findings": [finding.json() for finding in findings],
        "contract": contract.json(),
        "premium": _premium_json(premium, contract),
        "loss": _loss_json(loss, contract.sum_insured.currency),
        "scheme": {
            "code": scheme.code,
            "title": scheme.title,
            "source": scheme.source,
            "sha256": inputs.scheme.sha256,
            "unverified": dict(scheme.unverified),
        },
        "tariff": inputs.terms["version"],
        "fit_ids": [inputs.priors.fit_id, *loss.fit_ids],
        "fits": fits_json(inputs.fits),
        "figures": [
            {
                "key": prior.key,
                "value": prior.value,
                "grade": prior.grade,
                "source": prior.source,
                "unverified": prior.unverified,
            }
            for prior in loss.priors
        ],
        "inputs": inputs.json(),
    }


def _premium_json(premium: Premium, contract: Contract) -> dict[str, Any]:
    yearly = premium.total.minor / contract.sum_insured.minor / contract.period.years
    return {
        "total": {"amount": premium.total.text, "currency": premium.total.currency},
        "rate_per_year": rounded(yearly),
        "lines": [
            {
                "code": line.code,
                "label": line.en,
                "label_zh": line.zh,
                "basis": line.basis,
                "amount": line.amount.text,
            }
            for line in premium.lines
        ],
        "payers": [
            {"payer": payer.payer, "basis": payer.basis, "amount": payer.amount.text}
            for payer in premium.payers
        ],
    }


def _loss_json(loss: LossView, currency: str) -> dict[str, Any]:
    return {
        "drivers": {name: rounded(figure) for name, figure in loss.drivers.items()},
        "challenger": loss.comparison and _rounded(loss.comparison.json()),
        "score": loss.score and _rounded(loss.score),
        "score_beside_grade": loss.contest and _rounded(loss.contest.json()),
        "credibility": {
            "own_weight": rounded(loss.standing.credibility),
            "own_exposure": rounded(loss.standing.cohort),
            "share_published": rounded(loss.standing.share_prior),
        },
        "months": [
            {
                "month": row.month,
                "default_probability": rounded(row.default_probability),
                "exposure": Money(row.exposure, currency).text,
                "paid": Money(row.paid, currency).text,
                "given_back": Money(row.given_back, currency).text,
                "expected_loss": rounded(row.expected_loss / 10 ** _places(currency)),
            }
            for row in loss.months
        ],
    }


def _rounded(stated: Any) -> Any:
    """Return the value with every float in it rounded, however deep."""
    if isinstance(stated, float):
        return rounded(stated)
    if isinstance(stated, Mapping):
        return {key: _rounded(value) for key, value in stated.items()}
    return [_rounded(value) for value in stated] if isinstance(stated, list | tuple) else stated


def rounded(figure: float) -> float:
    """Return a float with the digits that a receipt keeps."""
    return float(f"{figure:.{_DIGITS}g}")


def _places(currency: str) -> int:
    return len(Money(1, currency).text.partition(".")[2])


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
    }


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
    )
