"""The referral pack: all that a person needs to decide on a quote, made from its receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from kernel.finding import Effect
from kernel.money import Money
from underwriting.rules.need import Case, Need

STOPS: Final = frozenset({Effect.REFER.value, Effect.WAIT.value, Effect.DECLINE.value})
"""Effects of findings that a person has to look at."""

_NEAR: Final = Fraction(1, 10)
"""Headroom below this part of its limit is shown as near."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another policy or open quote of the same obligor.

    Attributes:
        kind: `policy` or `quote`.
        id: its opaque id.
        number: for people.
        product: its code.
        state: as it stands.
        sum_insured: all parties together.
        ends_on: last day of cover, or of the offer.
    """

    kind: str
    id: str
    number: str
    product: str
    state: str
    sum_insured: Money
    ends_on: date

    def json(self) -> dict[str, str]:
        """The other as it is shown."""
        return {
            "kind": self.kind,
            "id": self.id,
            "number": self.number,
            "product": self.product,
            "state": self.state,
            "amount": self.sum_insured.text,
            "currency": self.sum_insured.currency,
            "ends_on": self.ends_on.isoformat(),
        }


def case_of(receipt: Mapping[str, Any], *, total: Money, deviation: Fraction) -> Case:
    """Return what is to be decided on, read from a stored receipt."""
    contract, risk = receipt["contract"], receipt["inputs"]["risk"]
    loan = contract["loan"]
    return Case(
        product=receipt["inputs"]["product"],
        total=total,
        grade=grade_in(risk),
        term_months=loan["term_months"] if loan else months_of(contract["period"]),
        deviation=deviation,
        codes=stops(receipt),
    )


def grade_in(risk: Mapping[str, Any]) -> str | None:
    """Return the credit grade of whoever a proposal grades, one part deep; None: nobody.

    >>> grade_in({"product": "x", "borrower": {"name": "y", "grade": "BB"}})
    'BB'
    """
    parts = (part for part in risk.values() if isinstance(part, Mapping))
    return next((part["grade"] for part in parts if part.get("grade")), None)


def months_of(period: Mapping[str, str]) -> int:
    """Return the months of a period of cover, begun ones counted whole.

    >>> months_of({"start": "2025-03-10", "end": "2026-03-09"})
    12
    >>> months_of({"start": "2025-03-10", "end": "2026-03-10"})
    13
    """
    start, end = (date.fromisoformat(period[name]) for name in ("start", "end"))
    return 12 * (end.year - start.year) + end.month - start.month + (end.day >= start.day)


def stops(receipt: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of the findings that a person has to look at, each once."""
    return tuple(
        dict.fromkeys(row["code"] for row in receipt["findings"] if row["effect"] in STOPS)
    )


def referral(
    receipt: Mapping[str, Any], *, technical: Money, offered: Money, others: Sequence[Other],
    need: Need,
) -> dict[str, Any]:  # fmt: skip
    """Return the pack: what refers, the price and its drivers, headroom, others, who decides."""
    rows = receipt.get("headroom", [])
    return {
        "decision": receipt["decision"],
        "refers": [row for row in receipt["findings"] if row["effect"] in STOPS],
        "informs": [row for row in receipt["findings"] if row["effect"] not in STOPS],
        "price": {
            "technical": technical.text,
            "offered": offered.text,
            "currency": offered.currency,
            "rate_per_year": receipt["premium"]["rate_per_year"],
            "lines": receipt["premium"]["lines"],
            "drivers": receipt["loss"]["drivers"],
        },
        "headroom": rows,
        "near": [row["code"] for row in rows if is_near(row)],
        "others": [other.json() for other in others],
        "authority": need.json(),
        "look_at": look_at(receipt, need),
    }


def is_near(row: Mapping[str, Any]) -> bool:
    """Say whether a limit is passed, not set, or nine tenths used."""
    if row["limit"] is None:
        return True
    left, limit = Fraction(row["left"]), Fraction(row["limit"])
    return left < _NEAR * limit


def look_at(receipt: Mapping[str, Any], need: Need) -> list[str]:
    """Return what a person must look at, in order: what refers with its cure, then who decides."""
    refers = (row for row in receipt["findings"] if row["effect"] in STOPS)
    lines = [f"{row['words']} ({row['clause']}); {row['cure']}" for row in refers]
    above = (reason.en for reason in need.reasons if reason.level == need.level)
    return [*lines, *above]
