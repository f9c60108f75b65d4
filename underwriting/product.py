"""What a line of business must state. Each one is a folder under `underwriting/products/`."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from kernel.finding import Finding
from kernel.money import Money
from kernel.sharing import Facts, Scheme
from kernel.wire import Wire
from models.priors import PriorTable
from underwriting.fits import Fits
from underwriting.pricing.view import LossView
from underwriting.rules.contract import Contract


@dataclass(frozen=True, slots=True)
class Asked:
    """What the books are asked about a proposal.

    Attributes:
        obligor_id: the borrower's number in its register.
        loan: amount of the loan.
        ip_share: part of the loan that IP secures.
        tier: the borrower's tier, where stated.
        scheme: code of the scheme.
    """

    obligor_id: str
    loan: Money
    ip_share: Fraction
    tier: str | None
    scheme: str


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
        obligor_minor: sums insured in force for the same borrower, in minor units.
        on: the business date of the quote.
    """

    scheme: Scheme
    facts: Facts
    priors: PriorTable
    fits: Fits
    terms: Mapping[str, Any]
    obligor_minor: int
    on: date


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
        """Return every finding; `file` holds what is established so far."""


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


def read_terms(text: str) -> Mapping[str, Any]:
    """Read a tariff with its keys in one order, so that a frozen copy reads the same."""
    return _sorted(tomllib.loads(text))


def _sorted(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _sorted(table[key]) if isinstance(table[key], Mapping) else table[key]
        for key in sorted(table)
    }
