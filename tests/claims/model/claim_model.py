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
    with_days,
)

__all__ = ["LINES", "Call", "Came", "Claim", "House", "Terms", "with_days"]


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

    def shared(self, claim: Claim, loss: int, year: int) -> list[Money]:  # noqa: C901 - one course, read downwards
        """Who bears a loss, tranche by tranche; the last one may be nobody's."""
        terms, below, tranches = self.terms, 0, []
        for upto, shares in terms.layers:
            top = loss if upto is None else min(loss, nearest(upto * claim.loan))
            tranches.append(apart(top - below, shares))
            below = top
        taken: Money = {}
        rest: Money = {}
        nobody = 0

        def take(party: str, minor: int) -> int:
            left = minor
            for tranche in (taken, *reversed(tranches)):
                part = min(left, tranche.get(party, 0))
                if part:
                    tranche[party] -= part
                left -= part
            return minor

        def leave(minor: int) -> None:
            nonlocal nobody
            if terms.residual and terms.residual not in gone:
                if minor:
                    rest[terms.residual] = rest.get(terms.residual, 0) + minor
            else:
                nobody += minor

        gone: set[str] = set()
        for party, per, minor, then in terms.caps:
            pool = self.contributed.get(party, 0) - self.drawn(party, but=claim)
            spent = minor - self.year(party, year, but=claim)
            limit = max(0, {"pool": pool, "year": spent, "loan": minor}[per])
            bears = sum(one.get(party, 0) for one in (taken, *tranches))
            if bears > limit:
                take(party, bears - limit)
                if then:
                    taken[then] = taken.get(then, 0) + bears - limit
                else:
                    leave(bears - limit)
        gone |= claim.defaulted
        for party in [name for name in parties_of(terms) if name in gone]:
            bears = sum(one.get(party, 0) for one in (taken, *tranches))
            leave(take(party, bears) + rest.pop(party, 0))
        found = [one for one in (*tranches, taken, rest) if any(one.values())]
        assert sum(map(sum, (one.values() for one in found))) + nobody == loss
        return [*found, {"uncovered": nobody}] if nobody else found

    def loss(self, lines: Money) -> int:
        return lines["principal"] + (lines["interest"] if self.terms.interest else 0)

    def reserved(self, claim: Claim, on: date) -> int:
        """What the insurer would still bear of all that is asked."""
        loss = self.loss(claim.approved(claim.asked, {}))
        own = summed(self.shared(claim, loss, claim.counts or on.year)).get("insurer", 0)
        return max(0, own - claim.borne.get("insurer", 0))

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
        """All that came back, by value date, to those who bore; what nobody bore is surplus."""
        claim.given, claim.surplus, claim.carried = dict.fromkeys(claim.borne, 0), 0, 0
        order = [*parties_of(self.terms), "uncovered"]
        left = [{name: one[name] for name in order if name in one} for one in claim.layers]
        if not self.terms.reverse:
            left = [summed(left)]
        for came in sorted(claim.came, key=lambda one: (one.on, one.place)):
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

    def balances(self) -> Money:
        """Account -> minor units, debit above zero."""
        books: Money = {}

        def book(name: str, minor: int) -> None:
            books[name] = books.get(name, 0) + minor

        for claim in self.claims.values():
            self._book_claim(claim, book)
        for party in self.terms.pooled:
            name, drawn = f"{self.terms.code}:{party}", self.drawn(party)
            book(f"pool_losses:{name}", drawn)
            book(f"pool_money:{name}", self.contributed[party] - drawn)
            book(f"pool_contributed:{name}", -self.contributed[party])
        return {name: minor for name, minor in books.items() if minor}

    def _book_claim(self, claim: Claim, book: Callable[[str, int], None]) -> None:
        book("reserve_expense", claim.reserve)
        book("case_reserve", -claim.reserve)
        book("claims_paid:insurer", claim.borne.get("insurer", 0))
        book("overpaid:bank", claim.overpaid)
        book("damages_for_delay", claim.damages)
        book("cash", claim.back - claim.out - claim.damages)
        book("cash", sum(one.gross - one.costs for one in claim.came))
        book("recovery_costs_carried", claim.carried)
        book("surplus_payable:policyholder", -claim.surplus)
        for party, minor in claim.given.items():
            name = "bank" if party == "uncovered" else party
            kind = "recovery_income" if party == "insurer" else "recovery_payable"
            book(f"{kind}:{name}", -minor)
        for party in {call.party for call in claim.calls}:
            self._book_calls(claim, party, book)

    def _book_calls(self, claim: Claim, party: str, book: Callable[[str, int], None]) -> None:
        """What a party in default has paid is held; what it owes stands apart from its share."""
        net, bears = claim.net(party), claim.borne.get(party, 0)
        held = net if party in claim.defaulted else 0
        owes = sum(one.open for one in claim.calls if one.party == party and party in
                   claim.defaulted and one.state == "defaulted")  # fmt: skip
        book(f"share_in_default:{party}", owes)
        book(f"awaited_from_default:{party}", -owes)
        if self.terms.lead:
            book("cash", net)
            book(f"share_receivable:{party}", bears - net + held)
            book(f"held_in_default:{party}", -held)
        else:
            book(f"memo_call:{party}", bears - net + held)
            book(f"memo_owed_to_bank:{party}", net - held - bears)
            book(f"memo_held_by_bank:{party}", held)
            book(f"memo_held_in_default:{party}", -held)
