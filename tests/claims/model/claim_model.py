"""A second bookkeeping of guarantee claims: shares, calls, recoveries, pools and accounts.

No rule of the house is used: it follows from the terms, with exact fractions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from model_claim import (
    LINES,
    Call,
    Came,
    Claim,
    Money,
    Terms,
    apart,
    nearest,
    parties_of,
    summed,
)

__all__ = ["LINES", "Call", "Came", "Claim", "House", "Money", "Terms", "parties_of"]


def add(tranche: Money, party: str, minor: int) -> None:
    """Give a party more of a tranche."""
    if minor:
        tranche[party] = tranche.get(party, 0) + minor


def take(tranches: list[Money], party: str, above: int = 0) -> int:
    """Take off a party what it bears above a sum, its last tranche first."""
    whole = left = max(0, sum(one.get(party, 0) for one in tranches) - above)
    for tranche in reversed(tranches):
        part = min(left, tranche.get(party, 0))
        add(tranche, party, -part)
        left -= part
    return whole


@dataclass
class House:
    """Claims under one scheme that share its pools and years.

    `working` says whether a day is worked; `rates` are (first day, rate a year) for damages.
    """

    terms: Terms
    working: Callable[[date], bool]
    rates: list[tuple[date, Fraction]]
    contributed: Money = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    def drawn(self, party: str, but: Claim | None = None) -> int:
        others = [one for one in self.claims.values() if one is not but]
        return sum(one.borne.get(party, 0) - one.given.get(party, 0) for one in others)

    def year(self, party: str, year: int | None, but: Claim | None = None) -> int:
        mine = [one for one in self.claims.values() if one is not but and one.counts == year]
        return sum(one.borne.get(party, 0) for one in mine)

    def shared(self, claim: Claim, loss: int, year: int) -> list[Money]:
        """Who bears a loss, tranche by tranche; the last one may be nobody's."""
        tranches, below, out = [], 0, claim.defaulted
        for upto, shares in self.terms.layers:
            top = loss if upto is None else min(loss, nearest(upto * claim.loan))
            tranches.append(apart(top - below, shares))
            below = top
        tranches.append({})  # what caps pass on
        rest: Money = {}
        for party, per, minor, then in self.terms.caps:
            pool = self.contributed.get(party, 0) - self.drawn(party, but=claim)
            spent = minor - self.year(party, year, but=claim)
            limit = max(0, {"pool": pool, "year": spent, "loan": minor}[per])
            cut = take(tranches, party, above=limit)
            add(tranches[-1] if then else rest, then or self.terms.residual or "uncovered", cut)
        for party in [name for name in parties_of(self.terms) if name in out]:
            left = take(tranches, party) + rest.pop(party, 0)
            add(rest, "uncovered" if self.terms.residual in out else self.terms.residual, left)
        nobody = rest.pop("uncovered", 0) + rest.pop("", 0)
        found = [one for one in (*tranches, rest, {"uncovered": nobody}) if any(one.values())]
        assert sum(summed(found).values()) == loss
        return found

    def loss(self, lines: Money) -> int:
        return lines["principal"] + (lines["interest"] if self.terms.interest else 0)

    def reserved(self, claim: Claim, on: date, allowed: Money | None = None) -> int:
        """What the insurer would still bear of all that is asked, or of what is allowed of it."""
        loss = self.loss(claim.approved(claim.asked, allowed or {}))
        own = summed(self.shared(claim, loss, claim.counts or on.year)).get("insurer", 0)
        return max(0, own - claim.borne.get("insurer", 0))

    def changes(self, claim: Claim, lines: Money) -> bool:
        """Would sharing what was approved again come to other tranches than those that stand?"""
        assert claim.counts is not None, "it was settled"
        return self.shared(claim, self.loss(lines), claim.counts) != claim.layers

    def settle(self, claim: Claim, lines: Money, on: date, *, advance: bool = False) -> None:
        """Share all of it anew; the difference is paid, called for and reserved."""
        claim.counts = claim.counts or on.year
        before, out = claim.borne.get("insurer", 0), claim.out
        claim.layers = self.shared(claim, self.loss(lines), claim.counts)
        claim.borne = summed(claim.layers)
        due = {n: m for n, m in claim.borne.items() if n not in ("insurer", "bank", "uncovered")}
        own = claim.borne.get("insurer", 0)
        claim.owed = own + (sum(due.values()) if self.terms.lead else 0)
        claim.out = max(claim.out, claim.owed + claim.back)
        claim.reserve = max(0, claim.reserve - (own - before)) if advance else 0
        claim.settled += 1
        if claim.out:
            claim.paid_days.append(on)
        claim.advance_open = claim.advance_open and advance
        if advance and claim.out and claim.advanced is None:
            claim.advanced = on
        for party in dict.fromkeys([*due, *(call.party for call in claim.calls)]):
            if party not in claim.defaulted:
                self._call(claim, party, due.get(party, 0) - claim.net(party), on)
        if not advance and "settled" not in claim.marks and claim.state == "accepted":
            self._delay(claim, claim.out - out, on)
        self.give_back(claim)

    def _call(self, claim: Claim, party: str, wanted: int, on: date) -> None:
        call = claim.awaited(party)
        if call is not None and call.open == wanted:
            return
        if call is not None:
            call.state = "superseded"
        if wanted:
            claim.calls.append(Call(party, wanted, self.worked(on, self.terms.days[2])))

    def _delay(self, claim: Claim, now: int, on: date) -> None:
        """Interest on what is paid too late, from the day after the last day."""
        due = claim.clocks()["pay"][0]
        assert due is not None
        while not self.working(due):
            due += timedelta(days=1)
        days = (due + timedelta(days=n) for n in range(1, (on - due).days + 1))
        rates = sum((max(r for r in self.rates if r[0] <= day)[1] for day in days), Fraction(0))
        claim.damages += nearest(max(0, now) * rates / 365)

    def worked(self, day: date, days: int) -> date:
        """The last of some working days after a day."""
        while days:
            day += timedelta(days=1)
            days -= self.working(day)
        return day

    def give_back(self, claim: Claim) -> None:
        """All that came back, by value date, to those who bore; what nobody bore is surplus.

        Costs come off first, also of a day; units left over go as the terms are written.
        """
        claim.given, claim.surplus, claim.carried = dict.fromkeys(claim.borne, 0), 0, 0
        left = [dict(one) for one in claim.layers] if self.terms.reverse else [summed(claim.layers)]
        for came in sorted(claim.came, key=lambda one: (one.on, one.gross >= one.costs, one.place)):
            costs = came.costs + claim.carried
            net, claim.carried = max(0, came.gross - costs), max(0, costs - came.gross)
            for tranche in reversed(left):
                now = min(net, sum(tranche.values()))
                if now:
                    parts = apart(now, {name: Fraction(m) for name, m in tranche.items()})
                    for party, minor in parts.items():
                        tranche[party] -= minor
                        claim.given[party] += minor
                    net -= now
            claim.surplus += net
