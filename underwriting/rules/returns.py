"""What is returned when a policy ends before its time: the terms, and what they come to.

    pro rata    the unearned part goes back, by the day (Insurance Law art. 54)
    short rate  a share of the whole premium is kept by twelfths of the period begun
    refund      all goes back: rescission for grossly negligent non-disclosure (art. 16)
    nothing     nothing goes back: rescission for intended non-disclosure (art. 16)

Before cover begins a handling fee is kept. Never is less kept than was earned or than the
least premium of the tariff; what claims have used up of the sum insured is earned in full.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kernel.errors import Fault, Invalid
from kernel.money import parse_minor
from kernel.period import Period
from underwriting.rules.history import Kept

TWELFTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a policy is cancelled.

    Attributes:
        code: on the wire.
        by: `policyholder`, `insurer` or `both`.
        method: what is returned.
        consent: must the insured consent where it is not the policyholder?
        zh: in Chinese.
        en: in English.
        clause: what it rests on.
    """

    code: str
    by: str
    method: str
    consent: bool
    zh: str
    en: str
    clause: str


@cache
def return_terms() -> Mapping[str, Any]:
    """Return the terms in force for policies that are issued or renewed today, as plain JSON."""
    text = files("underwriting.rules").joinpath("returns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def ground_named(terms: Mapping[str, Any], code: str) -> Ground:
    """Return a ground of cancellation by its code.

    Raises:
        Invalid: there is none.
    """
    stated = {one["code"]: one for one in terms["grounds"]}
    if code not in stated:
        fault = Fault("ground", f"{code!r} is no ground", f"use one of {', '.join(stated)}")
        raise Invalid("no-such-ground", fault)
    return Ground(**{name: stated[code][name] for name in Ground.__slots__})


def short_rate(terms: Mapping[str, Any], period: Period, day: date) -> Fraction:
    """Return the share of the whole premium that is kept when cover ends as `day` begins.

    Twelfth number ceil(12 x days gone / days of the period); 0 before it starts.
    """
    gone = max(0, (day - period.start).days)
    begun = -(-TWELFTHS * gone // period.days)
    return Fraction(terms["short_rate"]["shares"][min(begun, TWELFTHS) - 1] if begun else 0)


def kept(
    terms: Mapping[str, Any],
    method: str,
    period: Period,
    day: date,
    *,
    least: int,
    currency: str,
    exhausted: Fraction,
) -> Kept:
    """Return what a cancellation keeps beside what was earned.

    Args:
        terms: those frozen with the period.
        method: see above.
        period: of the term that ends.
        day: first day without cover.
        least: premium of the tariff with tax, minor units.
        currency: of the policy.
        exhausted: part of the sum insured that claims have used up.
    """
    if method == "refund":
        return Kept(exhausted=exhausted)
    if method == "nothing":
        return Kept(share=Fraction(1))
    if day <= period.start:
        fee = parse_minor(terms["handling_fee"][currency], currency, "handling_fee")
        return Kept(floor=fee, exhausted=exhausted)
    share = short_rate(terms, period, day) if method == "short_rate" else Fraction(0)
    return Kept(share=share, floor=least, exhausted=exhausted)
