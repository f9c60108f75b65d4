"""A loss to be shared, on the wire and at the command line: amounts in, amounts out.

    answer_split(request: SplitRequest, schemes: Mapping[str, SchemeText]) -> dict[str, Any]

Every amount is a string. What a scheme needs and the request does not state is refused.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer
from kernel.errors import Fault, Invalid
from kernel.money import format_minor, parse_minor
from kernel.sharing import (
    Facts,
    Loss,
    Portfolio,
    Recovery,
    Scheme,
    Split,
    Standing,
    give_back,
    split,
    split_json,
)
from kernel.wire import Amount, Code, Currency, Wire, Words
from underwriting.schemes import SchemeText

_EXACT = re.compile(r"[0-9]{1,9}(/[1-9][0-9]{0,8}|\.[0-9]{1,17})?", re.ASCII)
_ZERO: Final = "0"
_MAX_NAMES: Final = 50


def _written(value: object) -> object:
    """Write a JSON number out; `api.strict_json` lets only exact ones pass."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format(Decimal(repr(value)), "f")
    return value


def _exact(text: str) -> str:
    if not _EXACT.fullmatch(text):
        raise PydanticCustomError("ratio", 'is not a number such as "54/100", "0.5" or 0.5')
    return text


def _to_one(text: str) -> str:
    if Fraction(text) > 1:
        raise PydanticCustomError("ratio", "is above 1")
    return text


_NUMBER = Field(json_schema_extra={"type": ["string", "number"], "examples": ["54/100", 0.5]})
Ratio = Annotated[str, BeforeValidator(_written), AfterValidator(_exact), _NUMBER]
"""An exact number from 0 on: text or a JSON number."""
RatioToOne = Annotated[Ratio, AfterValidator(_to_one)]
PartyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class LossLines(Wire):
    """A loss by its lines; a line left out is nothing, and one at least is stated."""

    principal: Amount | None = None
    interest: Amount | None = None
    costs: Amount | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.principal is self.interest is self.costs is None:
            raise PydanticCustomError("nil", "states no line; give principal, interest or costs")
        return self


class SplitLoan(Wire):
    """What schemes ask of the loan."""

    amount: Amount | None = None
    ip_share: RatioToOne | None = Field(None, description="Part of the loan that IP secures")
    tier: Words | None = None


class SplitPortfolio(Wire):
    """What caps per portfolio are counted against."""

    volume: Amount
    paid: Amount


class SplitRecovery(Wire):
    """Money that came back."""

    amount: Amount
    costs: Amount = _ZERO


class SplitRequest(Wire):
    """A loss, and the facts that its scheme asks."""

    scheme: Code
    loss: LossLines
    currency: Currency
    loan: SplitLoan | None = None
    balances: dict[PartyName, Amount] = Field(default_factory=dict, max_length=_MAX_NAMES)
    paid_this_year: dict[PartyName, Amount] = Field(default_factory=dict, max_length=_MAX_NAMES)
    portfolio: SplitPortfolio | None = None
    ratios: dict[PartyName, Ratio] = Field(default_factory=dict, max_length=_MAX_NAMES)
    defaulted: tuple[PartyName, ...] = Field(
        (),
        max_length=_MAX_NAMES,
        description="Parties that do not pay what they owe: each bears nothing, and what it would "
        "have borne goes where the scheme's residual rule sends it",
    )
    recovery: SplitRecovery | None = None


class SplitShare(Answer):
    """One party's part."""

    party: str
    role: str
    due: str
    paid: str
    reasons: tuple[str, ...]


class SplitAnswer(Answer):
    """A loss shared: `paid` and `uncovered` sum to `eligible`."""

    scheme: str
    eligible: str
    shares: tuple[SplitShare, ...]
    uncovered: str
    ineligible: str
    lines: tuple[str, ...] = Field(description="What was done, step by step")
    unverified: dict[str, str] = Field(description="Terms of the scheme that are not certain")
    given_back: dict[str, str] | None = Field(
        None, description="Party -> amount; `uncovered` is the creditor's. With a recovery only"
    )
    surplus: str | None = Field(None, description="The debtor's. With a recovery only")


def answer_split(request: SplitRequest, schemes: Mapping[str, SchemeText]) -> dict[str, Any]:
    """Share the loss of a request under its scheme.

    Raises:
        Invalid: the scheme or a party is not known, or a fact that is needed is missing.
    """
    if request.scheme not in schemes:
        fault = Fault("scheme", f"{request.scheme!r} is not a scheme", f"use {_any(schemes)}")
        raise Invalid("no-such-scheme", fault)
    scheme = schemes[request.scheme].scheme
    _check_parties(request, scheme)
    shared = split(scheme, _loss(request), _facts(request))
    stated = split_json(shared)
    kept = ("eligible", "shares", "uncovered", "ineligible", "lines")
    return {
        "scheme": scheme.code,
        **{name: stated[name] for name in kept},
        "unverified": dict(scheme.unverified),
        **_given_back(request, scheme, shared),
    }


def _any(names: Mapping[str, object]) -> str:
    return f"one of {', '.join(names)}"


def _check_parties(request: SplitRequest, scheme: Scheme) -> None:
    faults = [
        Fault(f"{field}.{party}", f"is no party of {scheme.code}", f"use {_any(scheme.roles)}")
        for field in ("balances", "paid_this_year")
        for party in getattr(request, field)
        if party not in scheme.roles
    ]
    faults += [
        Fault(f"defaulted.{place}", f"{party!r} is no party of {scheme.code}",
              f"use {_any(scheme.roles)}")
        for place, party in enumerate(request.defaulted)
        if party not in scheme.roles
    ]  # fmt: skip
    if faults:
        raise Invalid("no-such-party", *faults)


def _loss(request: SplitRequest) -> Loss:
    lines = {
        name: parse_minor(getattr(request.loss, name) or _ZERO, request.currency, f"loss.{name}")
        for name in LossLines.model_fields
    }
    return Loss(**lines, currency=request.currency)


def _facts(request: SplitRequest) -> Facts:
    loan = request.loan or SplitLoan()
    return Facts(
        loan_minor=None if loan.amount is None else _minor(request, loan.amount, "loan.amount"),
        ip_share=None if loan.ip_share is None else Fraction(loan.ip_share),
        tier=loan.tier,
        balances=_table(request, "balances"),
        paid_this_year=_table(request, "paid_this_year"),
        portfolio=_portfolio(request),
        ratios={measure: Fraction(ratio) for measure, ratio in request.ratios.items()},
        defaulted=frozenset(request.defaulted),
    )


def _portfolio(request: SplitRequest) -> Portfolio | None:
    stated = request.portfolio
    if stated is None:
        return None
    volume = _minor(request, stated.volume, "portfolio.volume")
    return Portfolio(volume, _minor(request, stated.paid, "portfolio.paid"))


def _table(request: SplitRequest, field: str) -> dict[str, int]:
    stated: Mapping[str, str] = getattr(request, field)
    return {party: _minor(request, text, f"{field}.{party}") for party, text in stated.items()}


def _minor(request: SplitRequest, text: str, field: str) -> int:
    return parse_minor(text, request.currency, field)


def _given_back(request: SplitRequest, scheme: Scheme, shared: Split) -> dict[str, Any]:
    """Give a recovery back to those who bore, where one is stated."""
    if request.recovery is None:
        return {}
    recovery = Recovery(
        _minor(request, request.recovery.amount, "recovery.amount"),
        _minor(request, request.recovery.costs, "recovery.costs"),
    )
    back = give_back(scheme.recovery, Standing(shared.borne), recovery)
    return {
        "given_back": {
            party: format_minor(minor, request.currency) for party, minor in back.parts.items()
        },
        "surplus": format_minor(back.surplus, request.currency),
    }
