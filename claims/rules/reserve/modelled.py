"""The modelled reserve: what claims of a kind come to, by credibility of the house's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from claims.rules.reserve.lines import Reserves
from kernel.money import round_half_up


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed claims of one kind and currency, of the issuer's share, minor units.

    Attributes:
        claims: how many.
        asked: by them.
        paid: on them.
        back: recovered for the issuer.
    """

    claims: int = 0
    asked: int = 0
    paid: int = 0
    back: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a claim, each a fraction.

    Attributes:
        paid: of what is asked.
        back: of what is paid.
        adjusting: own cost, of what is asked.
        weight: credibility of own claims in both, [0, 1).
    """

    paid: Fraction
    back: Fraction
    adjusting: Fraction
    weight: Fraction


@cache
def priors() -> Mapping[str, Any]:
    """Return the figures that stand before the house's own, as `modelled.toml` states them."""
    text = files("claims.rules.reserve").joinpath("modelled.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def expected(kind: str, own: Closed) -> Expected:
    """Return what a claim of a kind is expected to come to.

    Z x own ratio + (1 - Z) x prior with Z = n / (n + k); an own ratio without a base counts for
    nothing.

    >>> expected("default", Closed(20, 1000, 500, 50)).paid
    Fraction(3, 4)
    """
    table = priors()
    weight = Fraction(own.claims, own.claims + table["claims"])
    return Expected(
        paid=_blended(Fraction(table["paid"][kind]), weight, own.paid, own.asked),
        back=_blended(Fraction(table["back"][kind]), weight, own.back, own.paid),
        adjusting=Fraction(table["adjusting"][kind]),
        weight=weight,
    )


def modelled(asked: tuple[int, int], paid: int, of: Expected) -> Reserves:
    """Return the modelled reserve of a claim.

    Args:
        asked: indemnity and defence that are asked, the issuer's share, minor units.
        paid: on it so far, the issuer's share.
        of: what is expected of claims of its kind.
    """
    indemnity, defence = (of.paid * minor for minor in asked)
    left = max(Fraction(0), indemnity + defence - paid)
    whole = indemnity + defence
    part = indemnity / whole if whole else Fraction(1)
    return Reserves(
        indemnity=round_half_up(left * part),
        defence=round_half_up(left * (1 - part)),
        adjustment=round_half_up(of.adjusting * sum(asked)),
        recovery=round_half_up(of.back * (left + paid)),
    )


def _blended(prior: Fraction, weight: Fraction, over: int, base: int) -> Fraction:
    if base <= 0:
        return prior
    return weight * Fraction(over, base) + (1 - weight) * prior


def unverified() -> tuple[str, ...]:
    """Return which figures nobody has confirmed, and why."""
    found = priors()["sources"]
    return tuple(
        f"{name}: {one['unverified']}" for name, one in found.items() if "unverified" in one
    )
