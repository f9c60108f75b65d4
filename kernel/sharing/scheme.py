"""A loss-sharing scheme as a frozen value. Reading one from a file is not done here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, Self

from kernel.errors import Invalid, invalid
from kernel.money import Money, parse_minor, weights_of

UNCOVERED: Final = "uncovered"
"""What nobody bears; as `residual` it means that what a cap leaves stays with nobody."""


class Role(StrEnum):
    """What a party is, whatever it is called in a scheme."""

    INSURER = "insurer"
    BANK = "bank"
    POOL = "pool"
    GUARANTOR = "guarantor"
    APPRAISER = "appraiser"
    REINSURER = "reinsurer"
    INSURED = "insured"


class LossBase(StrEnum):
    """Which lines of a loss are shared."""

    PRINCIPAL = "principal"
    PRINCIPAL_INTEREST = "principal_interest"
    PRINCIPAL_INTEREST_COSTS = "principal_interest_costs"


class Eligible(StrEnum):
    """Which part of the loan counts."""

    WHOLE = "whole"
    IP_SHARE = "ip_share"


class PaysOn(StrEnum):
    """The event on which sharing parties pay."""

    OVERDUE = "overdue"
    NPL = "npl"
    FINAL_LOSS = "final_loss"


class RecoveryRule(StrEnum):
    """The order in which a recovery is given back."""

    PRO_RATA = "pro_rata"
    REVERSE = "reverse"


class CapPer(StrEnum):
    """What a cap is counted against."""

    LOAN = "loan"
    YEAR = "year"
    PORTFOLIO = "portfolio"
    POOL_BALANCE = "pool_balance"


class FuseEffect(StrEnum):
    """What a blown fuse stops."""

    SUSPEND_NEW = "suspend_new"
    SUSPEND_CLAIMS = "suspend_claims"


@dataclass(frozen=True, slots=True)
class Shares:
    """Parties in the order written and whole-number weights, in exact proportion.

    Attributes:
        parties: names, each once.
        weights: not negative, at least one positive; a share is weight over `whole`.
    """

    parties: tuple[str, ...]
    weights: tuple[int, ...]

    @classmethod
    def of(cls, fractions: Mapping[str, Fraction]) -> Self:
        """Bring exact fractions to one denominator.

        >>> Shares.of({"fund": Fraction(1, 2), "bank": Fraction(1, 3), "insurer": Fraction(1, 6)})
        Shares(parties=('fund', 'bank', 'insurer'), weights=(3, 2, 1))
        """
        assert sum(fractions.values()) == 1, "shares sum to one"
        return cls(tuple(fractions), tuple(weights_of(fractions.values())))

    @property
    def whole(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)

    def share_of(self, party: str) -> Fraction:
        """Return the share of `party`, zero where it has none."""
        for name, weight in zip(self.parties, self.weights, strict=True):
            if name == party:
                return Fraction(weight, self.whole)
        return Fraction(0)


@dataclass(frozen=True, slots=True)
class Layer:
    """A slice of the loss and who bears it.

    Attributes:
        upto: upper end as a fraction of the loan amount; None is all that remains.
        shares: who bears it; None where only a bracket can say.
    """

    upto: Fraction | None
    shares: Shares | None


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on what one party bears.

    Attributes:
        party: whose total is cut.
        per: what the limit is counted against.
        amount: the limit as written on the wire, for `loan` and `year`.
        rate: fraction of the portfolio's volume, for `portfolio`.
        then: the party that takes what is cut; None leaves it to the residual.
    """

    party: str
    per: CapPer
    amount: str | None = None
    rate: Fraction | None = None
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Bracket:
    """Shares that replace those of the layers for loans of one size or tier.

    Attributes:
        shares: the shares of the bracket.
        upto_amount: largest loan of the bracket, as on the wire; None is any size.
        tier: the borrower's tier; None is any tier.
    """

    shares: Shares
    upto_amount: str | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Fuse:
    """A ratio above which parties stop taking new risk or stop paying.

    Attributes:
        measure: name of the ratio, given as a fact when the scheme is applied.
        above: the fuse blows when the measure is greater than this.
        effect: what stops.
        parties: whom it concerns.
    """

    measure: str
    above: Fraction
    effect: FuseEffect
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PoolSize:
    """What is published about a public fund.

    Attributes:
        party: its name in the scheme.
        contributions: money paid in, as on the wire.
        leverage: how many times the contributions the secured loans may reach; None unknown.
    """

    party: str
    contributions: str
    leverage: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A complete statement of who bears a loss. See `underwriting.schemes` for the file.

    Attributes:
        code: name, never edited once sold under.
        title: what it is called.
        source: where the figures come from.
        valid_from: first day it may be sold under.
        valid_to: last day, or None.
        currency: the currency of its amounts; None reads them in the loan's currency.
        roles: role of every party named, in the order first written.
        residual: the party that bears what caps, pools and fuses leave, or `UNCOVERED`.
        unverified: term -> why it is not certain; repeated in every answer.
    """

    code: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    currency: str | None
    loss_base: LossBase
    eligible: Eligible
    pays_on: PaysOn
    residual: str
    recovery: RecoveryRule
    layers: tuple[Layer, ...]
    caps: tuple[Cap, ...]
    brackets: tuple[Bracket, ...]
    fuses: tuple[Fuse, ...]
    pools: tuple[PoolSize, ...]
    roles: Mapping[str, Role]
    unverified: Mapping[str, str]

    @property
    def parties(self) -> tuple[str, ...]:
        """Every party named, in the order first written."""
        return tuple(self.roles)

    def party_in(self, role: Role) -> str | None:
        """Return the first party with `role`, or None."""
        return next((name for name, has in self.roles.items() if has is role), None)

    def bracket_for(self, loan: Money | None, tier: str | None) -> Bracket | None:
        """Return the first bracket that fits, or None where the layers' own shares hold.

        Raises:
            Invalid: the brackets ask for the loan amount or the tier and it is missing.
        """
        for bracket in self.brackets:
            if bracket.upto_amount is not None:
                if loan is None:
                    raise missing("loan.amount", "the bracket is chosen by it")
                if loan.minor > minor_of(bracket.upto_amount, loan.currency):
                    continue
            if bracket.tier is not None:
                if tier is None:
                    tiers = ", ".join(sorted({b.tier for b in self.brackets if b.tier}))
                    raise missing("loan.tier", f"the borrower's tier, one of {tiers}")
                if tier != bracket.tier:
                    continue
            return bracket
        return None


@lru_cache(maxsize=1024)
def minor_of(amount: str, currency: str) -> int:
    """Read an amount of a scheme in the loan's currency, minor units."""
    return parse_minor(amount, currency)


def missing(field: str, what: str) -> Invalid:
    """Refuse a fact that is not given: missing is not zero and not unlimited."""
    return invalid(field, "is missing and the scheme needs it", f"state {what}")
