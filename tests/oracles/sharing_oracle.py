"""Who bears which part of a loss, worked out a second time and in another way.

Written from the page on scheme files alone, before the engine was read, so that a slip of
either shows as a difference. It takes the scheme as `tomllib` gives it and the request as it
stands in JSON, and reckons every share, rate and rounding in `Fraction`. Nothing of the project
is imported.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

POOL_WORDS = {"fund", "pool", "province", "city", "government", "local"}
OTHER_WORDS = {
    "insurer", "bank", "lender", "sba", "eif", "guarantor", "appraiser", "reinsurer", "insured",
}  # fmt: skip
NO_DECIMALS = {"JPY", "KRW"}
BASES = {
    "principal": ("principal",),
    "principal_interest": ("principal", "interest"),
    "principal_interest_costs": ("principal", "interest", "costs"),
}


class NotGivenError(Exception):
    """A fact that the scheme needs does not stand in the request."""


@dataclass(frozen=True)
class Borne:
    """What came of a loss, in whole minor units; parties without anything may be left out."""

    eligible: int
    ineligible: int
    uncovered: int
    due: dict[str, int]
    paid: dict[str, int]


HALF = Fraction(1, 2)


@lru_cache(maxsize=1024)
def exact(text: str) -> Fraction:
    """Read a number as written: decimal or fraction."""
    return Fraction(text)


def half_up(number: Fraction) -> int:
    """Round a non-negative number to a whole one, halves upwards."""
    return floor(number + HALF)


def by_largest_remainder(total: int, shares: list[tuple[str, Fraction]]) -> dict[str, int]:
    """Deal out whole units: floors first, then one each by what was cut off, ties as written."""
    if not total:
        return {}
    cut = {name: divmod(total * share.numerator, share.denominator) for name, share in shares}
    parts = {name: whole for name, (whole, _) in cut.items()}
    left = total - sum(parts.values())
    if left:
        rests = {name: Fraction(cut[name][1], share.denominator) for name, share in shares}
        for _ in range(left):
            name = max(rests, key=rests.__getitem__)  # the first of equals
            parts[name] += 1
            del rests[name]
    return parts


class Terms:
    """A scheme with its numbers read once."""

    def __init__(self, written: dict[str, Any]) -> None:
        self.lines = BASES[written["loss_base"]]
        self.by_ip_share = written["eligible"] == "ip_share"
        self.residual = written["residual"]
        self.layers = [
            (_number(layer.get("upto")), _shares(layer.get("shares")))
            for layer in written["layers"]
        ]
        self.brackets = [
            (bracket.get("upto_amount"), bracket.get("tier"), _shares(bracket["shares"]))
            for bracket in written.get("brackets", [])
        ]
        self.caps = [
            (cap["party"], cap["per"], cap.get("amount"), _number(cap.get("rate")), cap.get("then"))
            for cap in written.get("caps", [])
        ]
        self.fuses = [
            (fuse["measure"], exact(str(fuse["above"])), _concerned(fuse, written))
            for fuse in written.get("fuses", [])
            if fuse["effect"] == "suspend_claims"
        ]

    def bear(self, request: dict[str, Any]) -> Borne:
        """Apply the six steps to one request of the command line."""
        asked = Request(request)
        loss = request["loss"]
        base = sum(asked.minor(loss[line]) for line in self.lines)
        eligible = half_up(base * asked.ip_share()) if self.by_ip_share else base
        shares = self._bracket(asked)
        due, left = self._fill(eligible, shares, asked)
        suspended = self._suspended(asked)
        held = {name: part for name, part in due.items() if name not in suspended}
        left += sum(part for name, part in due.items() if name in suspended)
        left += self._cut(held, suspended, asked)
        uncovered = 0
        if self.residual == "uncovered" or self.residual in suspended:
            uncovered = left
        else:
            held[self.residual] = held.get(self.residual, 0) + left
        uncovered += self._pass_on(held, suspended, set(request.get("defaulted", ())))
        everything = sum(asked.minor(amount) for amount in loss.values())
        return Borne(
            eligible=eligible,
            ineligible=everything - eligible,
            uncovered=uncovered,
            due=due,
            paid=held,
        )

    def _bracket(self, asked: "Request") -> list[tuple[str, Fraction]] | None:
        for upto, tier, shares in self.brackets:
            if upto is not None and asked.loan_amount() > asked.minor(upto):
                continue  # too large, whatever the tier, which is then not asked
            if tier is None or asked.tier() == tier:
                return shares
        return None

    def _fill(
        self, eligible: int, chosen: list[tuple[str, Fraction]] | None, asked: "Request"
    ) -> tuple[dict[str, int], int]:
        """Return what each party's share of the layers is, and what lies beyond the last."""
        due: dict[str, int] = {}
        filled = 0
        for upto, own in self.layers:
            end = eligible if upto is None else half_up(upto * asked.loan_amount())
            part = max(0, min(eligible, end) - filled)
            filled += part
            shares = chosen if chosen is not None else own
            if shares is None:
                raise NotGivenError("no bracket fits")
            for name, units in by_largest_remainder(part, shares).items():
                due[name] = due.get(name, 0) + units
        return due, eligible - filled

    def _suspended(self, asked: "Request") -> set[str]:
        return {
            name
            for measure, above, concerned in self.fuses
            if asked.ratio(measure) > above
            for name in concerned
        }

    def _pass_on(self, held: dict[str, int], suspended: set[str], defaulted: set[str]) -> int:
        """Give what parties in default hold to the residual; return what it cannot take."""
        unpaid = sum(held.pop(party, 0) for party in defaulted)
        if self.residual == "uncovered" or self.residual in suspended | defaulted:
            return unpaid
        held[self.residual] = held.get(self.residual, 0) + unpaid
        return 0

    def _cut(self, held: dict[str, int], suspended: set[str], asked: "Request") -> int:
        """Cut `held` in place by each cap in turn; return what no `then` takes."""
        left = 0
        for party, per, amount, rate, then in self.caps:
            room = max(0, asked.room(party, per, amount, rate))
            over = held.get(party, 0) - room
            if over <= 0:
                continue
            held[party] = room
            if then is None or then in suspended:
                left += over
            else:
                held[then] = held.get(then, 0) + over
        return left


class Request:
    """A request of the command line, read where it is asked."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.places = 0 if request["currency"] in NO_DECIMALS else 2

    def minor(self, text: str) -> int:
        """Whole minor units of an amount written as a string."""
        whole, _, part = text.partition(".")
        return int(whole + part[: self.places].ljust(self.places, "0"))

    def fact(self, *path: str) -> Any:
        """What stands under `path`; it must stand there."""
        found: Any = self.request
        for key in path:
            found = found.get(key)
            if found is None:
                raise NotGivenError(".".join(path))
        return found

    def loan_amount(self) -> int:
        """The loan, in minor units."""
        return self.minor(self.fact("loan", "amount"))

    def tier(self) -> str:
        """The borrower's tier."""
        tier: str = self.fact("loan", "tier")
        return tier

    def ip_share(self) -> Fraction:
        """The part of the loan that IP secures."""
        return exact(str(self.fact("loan", "ip_share")))

    def ratio(self, measure: str) -> Fraction:
        """A JSON number, as written."""
        return exact(str(self.fact("ratios", measure)))

    def room(self, party: str, per: str, amount: str | None, rate: Fraction | None) -> int:
        """What a cap still allows."""
        if per == "pool_balance":
            return self.minor(self.fact("balances", party))
        if per == "portfolio":
            assert rate is not None, "a portfolio cap states a rate"
            volume = self.minor(self.fact("portfolio", "volume"))
            return half_up(rate * volume) - self.minor(self.fact("portfolio", "paid"))
        assert amount is not None, "a cap per loan or year states an amount"
        used = self.minor(self.fact("paid_this_year", party)) if per == "year" else 0
        return self.minor(amount) - used


def _number(text: str | int | None) -> Fraction | None:
    return None if text is None else Fraction(str(text))


def _shares(written: dict[str, str] | None) -> list[tuple[str, Fraction]] | None:
    if written is None:
        return None
    return [(name, Fraction(str(share))) for name, share in written.items()]


def _concerned(fuse: dict[str, Any], written: dict[str, Any]) -> set[str]:
    """Whom a fuse stops: the party named, else every public pool."""
    if "party" in fuse:
        return {fuse["party"]}
    rows = [*written["layers"], *written.get("brackets", [])]
    names = {name for row in rows for name in row.get("shares", {})}
    names |= {cap["then"] for cap in written.get("caps", []) if "then" in cap}
    return {name for name in names | {written["residual"]} if _is_pool(name, written)}


def _is_pool(name: str, written: dict[str, Any]) -> bool:
    stated = written.get("roles", {}).get(name)
    if stated:
        return bool(stated == "pool")
    telling = [word for word in name.split("_") if word in POOL_WORDS | OTHER_WORDS]
    return bool(telling) and telling[-1] in POOL_WORDS
