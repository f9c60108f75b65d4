"""When tax falls due and what lateness costs, by dated data of the tariff. Calendar days.

A term that ends on a holiday moves to the next working day; this is not modelled, so a day of
surcharge may be counted too many and never too few.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from kernel.errors import invalid
from kernel.money import parse_minor
from kernel.period import add_days
from underwriting.products.customs_guarantee.tax import late_surcharge
from underwriting.products.customs_guarantee.use import Use

_WORKING_WEEK, _WEEK = 5, 7
_DAYS_OF_A_MONTH = 30


class PaymentTerm(NamedTuple):
    """The term of payment.

    Attributes:
        days: calendar days from the start event.
        starts: `declaration_completed` or `payment_notice`.
        source: key of the rule.
    """

    days: int
    starts: str
    source: str


def payment_term(terms: Mapping[str, Any], regime: str, on: date) -> PaymentTerm:
    """Return the term in force on a day.

    Raises:
        Invalid: no rule is stated for that day.
    """
    table = terms["regimes"][regime]["term"]
    since = max((day for day in table if date.fromisoformat(day) <= on), default=None)
    if since is None:
        raise invalid("risk.use", f"has no term of payment on {on}", "choose a later day")
    row = table[since]
    return PaymentTerm(row["days"], row["starts"], row["source"])


def due(terms: Mapping[str, Any], regime: str, started: date) -> date:
    """Return the last day on which tax may be paid without surcharge.

    `started` is the day of the start event: since December 2024 of completing the declaration.
    """
    return add_days(started, payment_term(terms, regime, started).days)


def per_day(terms: Mapping[str, Any], regime: str) -> Fraction:
    """Return the late surcharge of a day, per 1 of unpaid tax, exact."""
    return Fraction(terms["regimes"][regime]["surcharge_per_day"])


def surcharge_on(
    tax: int, due_on: date, paid_on: date, terms: Mapping[str, Any], regime: str = "CN"
) -> int:
    """Return the late surcharge in minor units on tax due on one day and paid on another."""
    rules = terms["regimes"][regime]
    waived = parse_minor(rules["surcharge_waived"], rules["currency"])
    days = (paid_on - due_on).days
    return late_surcharge(tax, days, per_day(terms, regime), waived_below=waived)


def figure(terms: Mapping[str, Any], table: str, name: str) -> float:
    """Return a figure of the tariff."""
    return float(terms["figures"][table][name]["value"])


def open_days(use: Use, terms: Mapping[str, Any], table: str = "open_days") -> int:
    """Return the days from declaration to payment: of the purpose that takes longest."""
    return max(int(figure(terms, table, one.value)) for one in use.purposes)


def last_due(use: Use, terms: Mapping[str, Any]) -> date:
    """Return the last day on which covered tax can fall due."""
    return add_days(use.usable_until, open_days(use, terms, "longest_days"))


def open_at_once(use: Use, terms: Mapping[str, Any]) -> int:
    """Return the most declarations whose tax may be open together.

    Those of a month may all fall on one day: as many months as the longest wait touches.
    """
    return use.turnover * ceil(open_days(use, terms, "longest_days") / _DAYS_OF_A_MONTH)


def late_days(demand_working_days: int, terms: Mapping[str, Any]) -> int:
    """Return the days of surcharge when a guarantor pays: to the demand, then to the payment.

    >>> late_days(10, {"figures": {"surcharge_days": {"to_the_demand": {"value": 30}}}})
    44
    """
    waits = int(figure(terms, "surcharge_days", "to_the_demand"))
    return waits + ceil(demand_working_days * _WEEK / _WORKING_WEEK)
