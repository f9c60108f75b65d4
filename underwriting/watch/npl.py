"""A bank's non-performing pledge loans against the tolerance of three points."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.finding import Effect, Finding
from underwriting.watch.account import Account


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Loans of one bank in one currency against its own ratio; amounts in minor units.

    Attributes:
        owed: principal owed of pledge loans.
        bad: of it, of loans that the bank grades as non-performing.
        loans: with principal owed.
        own: the bank's ratio over all its loans; None where it is not stated.
        points: the tolerance, per 1.
    """

    owed: int
    bad: int
    loans: int
    own: Fraction | None
    points: Fraction

    @property
    def ratio(self) -> Fraction | None:
        """Non-performing part of pledge loans; None where nothing is owed."""
        return Fraction(self.bad, self.owed) if self.owed else None

    @property
    def limit(self) -> Fraction | None:
        """The bank's own ratio and the points; None where its own is not stated."""
        return None if self.own is None else self.own + self.points

    @property
    def within(self) -> bool | None:
        """Is the ratio within the tolerance, the limit included? None where it is not known."""
        if self.ratio is None or self.limit is None:
            return None
        return self.ratio <= self.limit

    @property
    def room(self) -> int | None:
        """Principal that may still turn bad, or must be cured below nothing; None: not known."""
        if self.limit is None:
            return None
        return self.limit * self.owed // 1 - self.bad


@cache
def npl_law() -> Mapping[str, Any]:
    """Return the rule of tolerance: points, measure, clause, source, grade."""
    return tomllib.loads((files(__package__) / "npl.toml").read_text(encoding="utf-8"))


def tolerance(accounts: Iterable[Account], own: Fraction | None) -> Tolerance:
    """Return where a bank stands by the accounts of its pledge loans of one currency."""
    owing = [one for one in accounts if one.owed > 0]
    bad = [one for one in owing if one.loan_class and not one.loan_class.performing]
    return Tolerance(
        owed=sum(one.owed for one in owing),
        bad=sum(one.owed for one in bad),
        loans=len(owing),
        own=own,
        points=Fraction(npl_law()["points"]),
    )


def npl_finding(stands: Tolerance) -> Finding:
    """Return what there is to say of it."""
    law = npl_law()
    if stands.ratio is None:
        return Finding(
            "npl-no-loans", Effect.INFORM, "no pledge loan of the bank is on record with a balance",
            "无在册质押贷款余额", law["clause"], "have the bank send the events of its loans",
        )  # fmt: skip
    if stands.limit is None:
        return Finding(
            "npl-own-not-stated", Effect.REFER, "the bank's own ratio is not stated",
            "未报送该行总体不良率", law["clause"],
            f"state the measure {law['measure']} of the bank with its source",
        )  # fmt: skip
    at = f"{float(stands.ratio):.2%}"
    limit = f"{float(stands.limit):.2%}"
    if stands.within:
        return Finding(
            "npl-tolerated", Effect.INFORM,
            f"{at} of pledge loans are bad, up to {limit} is not scored",
            f"知识产权质押贷款不良率 {at}，未超过 {limit}，不扣分", law["clause"], "none needed",
        )  # fmt: skip
    return Finding(
        "npl-above-tolerance", Effect.REFER, f"{at} of pledge loans are bad, above {limit}",
        f"知识产权质押贷款不良率 {at}，超过容忍度 {limit}", law["clause"],
        "cure, claim or write off what is bad before the next score",
    )  # fmt: skip
