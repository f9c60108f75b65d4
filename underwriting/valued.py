"""Value a proposal: terms, price, findings, decision; a pure function of frozen inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.checked import checked
from underwriting.figures import cut_to
from underwriting.inputs import Inputs
from underwriting.portfolio.findings import portfolio_findings
from underwriting.portfolio.headroom import Proposed, Row
from underwriting.portfolio.retained import retained
from underwriting.pricing.band import Band, beside_market, rate_on_line
from underwriting.pricing.loadings import Loadings
from underwriting.pricing.premium import Premium, build_up, payers_of
from underwriting.pricing.view import LossView, Margin, Peril
from underwriting.product import Product, Risk
from underwriting.rules.appetite import Outcome, decide
from underwriting.rules.contract import Contract

_FAR_DAYS: Final = 365
"""So far ahead a price is for a person to judge."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A proposal with all that follows from it.

    Attributes:
        inputs: with the published figures cut down to those used.
        contract: what would be bound: sum insured, period, waiting days, shares.
        premium: lines and payers: the technical price.
        challenger: the premium by the challengers' fits; None where nobody challenges.
        loss: the expected loss and its drivers.
        proposed: the proposal as the limits see it.
        headroom: what each limit leaves after it.
        findings: every finding on acceptance.
        outcome: what they come to.
    """

    inputs: Inputs
    contract: Contract
    premium: Premium
    challenger: Money | None
    loss: LossView
    proposed: Proposed
    headroom: tuple[Row, ...]
    findings: tuple[Finding, ...]
    outcome: Outcome


def value(product: Product, inputs: Inputs, risk: Risk | None = None) -> Valued:
    """Value frozen inputs; `risk` is their proposal, where it is at hand as its form reads it.

    Raises:
        Invalid: the risk does not fit the product's form, or a needed fact is missing.
    """
    risk = risk or checked(product, inputs.risk)
    basis = inputs.basis
    contract = product.contract(risk, basis)
    loss = product.rate(risk, basis)
    premium = _premium(contract, loss, inputs.terms)
    proposed = _proposed(risk, inputs, contract, premium)
    rows, held = portfolio_findings(proposed, inputs.exposures, inputs.limits)
    findings = (
        *product.accept(risk, basis), *held, *loss.findings,
        *_market(contract, premium, inputs.terms, proposed.retained),
        *_after(product, inputs, contract, premium),
        *_sane(contract, premium, inputs.on),
    )  # fmt: skip
    return Valued(
        inputs=replace(inputs, priors=cut_to(inputs.priors, loss.priors)),
        contract=contract,
        premium=premium,
        challenger=_challenger(contract, loss, inputs.terms),
        loss=loss,
        proposed=proposed,
        headroom=rows,
        findings=findings,
        outcome=decide(findings),
    )


def _proposed(risk: Risk, inputs: Inputs, contract: Contract, premium: Premium) -> Proposed:
    """Return the proposal as the limits see it."""
    keeps = retained(
        inputs.scheme.scheme,
        inputs.facts,
        contract.issuer,
        sum_insured=contract.sum_insured,
        amount=contract.amount,
    )
    return Proposed(
        product=inputs.product,
        keys=tuple(dict.fromkeys((*risk.asked().keys, *sorted(inputs.exposures.held)))),
        added=contract.sum_insured,
        retained=keeps,
        premium=premium.total - premium.line("tax"),
        on=inputs.on,
    )


def _premium(contract: Contract, loss: LossView, terms: Mapping[str, Any]) -> Premium:
    total, lines = build_up(
        loss.perils,
        loss.margin,
        Loadings.of(terms),
        minimum=_minimum(contract, terms),
        experience=loss.experience,
    )
    return Premium(total, lines, payers_of(total, contract.policyholder, contract.subsidy))


def _challenger(contract: Contract, loss: LossView, terms: Mapping[str, Any]) -> Money | None:
    """Return the premium by the challengers' fits; None where nobody challenges."""
    if loss.rival is None:
        return None
    peril = Peril("all", "全部", "all", "", loss.rival.pure)
    margin = Margin(loss.margin.method, "", loss.rival.margin)
    minimum = _minimum(contract, terms)
    return build_up(
        (peril,), margin, Loadings.of(terms), minimum=minimum, experience=loss.experience
    )[0]


def _after(
    product: Product, inputs: Inputs, contract: Contract, premium: Premium
) -> tuple[Finding, ...]:
    """Return what the product tests once the premium is known."""
    if product.price_test is None:
        return ()
    return product.price_test(contract, premium.total, inputs.terms, inputs.scheme.scheme)


def _market(
    contract: Contract, premium: Premium, terms: Mapping[str, Any], own: Money
) -> tuple[Finding, ...]:
    """Set the price beside published ones; it informs, and nothing is clipped."""
    band, insured = terms["band"], contract.sum_insured
    if band.get("of") == "own_share":
        insured = own if own.minor else insured
    elif "of" in band:  # published on another figure than the sum insured
        insured = Money(contract.agreed[band["of"]], contract.currency)
    rate = rate_on_line(premium.total, insured, contract.period.years)
    return beside_market(rate, Band.of(band))


def _sane(contract: Contract, premium: Premium, on: date) -> Iterator[Finding]:
    """Test what no product may sell: cover that costs more than it pays, or begins far ahead."""
    if premium.total.minor >= contract.sum_insured.minor:
        yield Finding(
            "premium-above-cover", Effect.REFER,
            f"the premium {premium.total} is not below the sum insured {contract.sum_insured}",
            f"保险费 {premium.total} 不低于保险金额 {contract.sum_insured}",
            "tariff: minimum", "insure more, or go without",
        )  # fmt: skip
    if contract.period.start > on + timedelta(days=_FAR_DAYS):
        yield Finding(
            "starts-far-ahead", Effect.REFER,
            f"cover begins on {contract.period.start}, more than {_FAR_DAYS} days ahead",
            f"起保日 {contract.period.start} 距今超过 {_FAR_DAYS} 天",
            "a price holds for what is known on its day", "quote again nearer to that day",
        )  # fmt: skip


def _minimum(contract: Contract, terms: Mapping[str, Any]) -> Money:
    currency = contract.currency
    return Money.of(terms["minimum"][currency], currency, "terms.minimum")
