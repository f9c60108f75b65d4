"""What a line of business must state. Each one is a folder under `underwriting/products/`."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from kernel.finding import Finding
from kernel.money import Money
from kernel.sharing import Facts, Scheme
from kernel.wire import Wire
from models.priors import PriorTable
from underwriting.fits import Fits
from underwriting.known.known import NOTHING, Known
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.keys import Key
from underwriting.pricing.instalments import Instalment
from underwriting.pricing.view import LossView
from underwriting.rules.contract import Contract
from underwriting.rules.lever import Lever
from underwriting.rules.remedy import Remedy

PriceTest = Callable[[Contract, Money, Mapping[str, Any], Scheme], tuple[Finding, ...]]
"""Contract, premium, tariff, scheme -> what there is to say once the premium is known."""

Falls = Callable[[Contract, Money], tuple[Instalment, ...]]
"""Contract, what the policyholder pays -> when which part of it falls due."""

Worked = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Works out a case of the casebook."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the books are asked about a proposal.

    Attributes:
        obligor_id: register number of the firm whose risk it is.
        amount: the loan; where none is, the most that can be paid.
        scheme: code of the scheme.
        ip_share: part of the loan that IP secures.
        tier: the borrower's tier, where stated.
        grade: the obligor's credit grade, where the product asks one.
        keys: what it accumulates under.
        appraisers: who valued its rights.
        bank_product: code of the bank's own product that the loan is given under.
        innovation: whether figures of innovation are stated.
    """

    obligor_id: str
    amount: Money
    scheme: str
    ip_share: Fraction = Fraction(1)
    tier: str | None = None
    grade: str | None = None
    keys: tuple[Key, ...] = ()
    appraisers: tuple[str, ...] = ()
    bank_product: str | None = None
    innovation: bool = False


class Risk(Wire):
    """Base of every product's proposal form."""

    product: str

    def asked(self) -> Asked:
        """Return what the books are asked about this proposal."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Rated:
    """What a product is rated on, beside the risk.

    Attributes:
        scheme: the loss-sharing scheme.
        facts: what the scheme asks: balances, ratios, year's payments.
        priors: published figures, or what own counts made of them.
        fits: who serves each purpose: champion and challenger.
        terms: the tariff, as `terms.toml` states it.
        exposures: what is in force under the keys of the proposal, and the insurer's own means.
        on: the business date of the quote.
        known: what the registers say of appraisers, bank product and innovation.
    """

    scheme: Scheme
    facts: Facts
    priors: PriorTable
    fits: Fits
    terms: Mapping[str, Any]
    exposures: Exposures
    on: date
    known: Known = NOTHING


class CoverTest(Protocol):
    """Tests a claim against its contract."""

    def __call__(
        self,
        contract: Contract,
        *,
        default_date: date,
        notified_on: date,
        file: Mapping[str, Any],
        on: date,
    ) -> tuple[Finding, ...]:
        """Return every finding; `file` holds what is established so far.

        `default_date` is the day of the insured event: of the default, of the filing that was
        accepted, of the demand.
        """


@dataclass(frozen=True, slots=True)
class Product:
    """A line of business.

    Attributes:
        code: name on the wire.
        zh: title in Chinese.
        en: title in English.
        risk: the form that a proposer fills in, with its checks.
        contract: risk and figures -> what binding would freeze.
        rate: risk and figures -> expected loss of our share, with its drivers.
        accept: risk and figures -> every finding on whether to take it.
        conduct: what an adjuster must establish of the parties' conduct.
        test_cover: contract and facts of a claim -> every finding on whether it is covered.
        terms: the tariff in force.
        wording: the clauses, with placeholders.
        clients: kinds of party that it is sold to.
        levers: what may be turned to find a proposal that passes.
        remedies: what may be put right, so that a finding falls away.
        price_test: what is tested once the premium is known; None where nothing is.
        instalments: when the premium falls due; None where it is one sum in advance.
        worked: kind of worked case -> the rule that works one out, texts in and out.
    """

    code: str
    zh: str
    en: str
    risk: type[Risk]
    contract: Callable[[Any, Rated], Contract]
    rate: Callable[[Any, Rated], LossView]
    accept: Callable[[Any, Rated], tuple[Finding, ...]]
    conduct: tuple[str, ...]
    test_cover: CoverTest
    terms: Mapping[str, Any]
    wording: str
    clients: frozenset[str]
    levers: tuple[Lever, ...]
    remedies: tuple[Remedy, ...] = ()
    price_test: PriceTest | None = None
    instalments: Falls | None = None
    worked: Mapping[str, Worked] = field(default_factory=dict)


def read_terms(text: str) -> Mapping[str, Any]:
    """Read a tariff with its keys in one order, so that a frozen copy reads the same."""
    return _sorted(tomllib.loads(text))


def _sorted(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _sorted(table[key]) if isinstance(table[key], Mapping) else table[key]
        for key in sorted(table)
    }
