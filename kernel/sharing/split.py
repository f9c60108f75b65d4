"""Share one loss under one scheme: exact, in a fixed order, with every step on record.

Order of application: (1) the eligible loss, rounded half up; (2) the bracket; (3) the layers,
each allotted by largest remainder, ties in the order written; (4) fuses that suspend claims;
(5) caps in the order written, what is cut going to `then`, else to the residual party, which
caps do not cut again, else to nobody; (6) parties in default bear nothing: what each would bear
goes to the residual. Default comes last, so that it moves that amount and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kernel.errors import Invalid, invalid
from kernel.money import Money, allocate, round_half_up
from kernel.sharing.facts import Facts, Loss, Portfolio
from kernel.sharing.scheme import (
    UNCOVERED,
    Bracket,
    Cap,
    CapPer,
    Eligible,
    Fuse,
    FuseEffect,
    Role,
    Scheme,
    minor_of,
    missing,
)
from kernel.sharing.steps import Step, StepKind


class Part(NamedTuple):
    """One party's part.

    Attributes:
        party: its name in the scheme.
        role: what it is.
        due: its share by the layers, before fuses, caps and defaults, in minor units.
        paid: what it bears in the end, in minor units.
        steps: the fuses, caps and defaults that made the difference.
    """

    party: str
    role: Role
    due: int
    paid: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A loss shared: the parts paid and the uncovered part sum to the eligible loss.

    Attributes:
        currency: ISO 4217 code.
        eligible: what is shared, in minor units.
        ineligible: the rest of the loss, not shared.
        uncovered: the eligible part that nobody bears.
        parts: one part per party, in the order of the scheme.
        tranches: party -> minor units, in the order in which they were borne; the amounts
            taken over from a cut party come last. `give_back` reads them.
        steps: everything that was done, in order.
    """

    currency: str
    eligible: int
    ineligible: int
    uncovered: int
    parts: tuple[Part, ...]
    tranches: tuple[Mapping[str, int], ...]
    steps: tuple[Step, ...]

    @property
    def borne(self) -> tuple[Mapping[str, int], ...]:
        """The tranches, and last the uncovered part, which the creditor bears in the end.

        A recovery is given back against these: the creditor keeps its claim for what nobody
        paid it (Insurance Law, art. 60).
        """
        return (*self.tranches, {UNCOVERED: self.uncovered}) if self.uncovered else self.tranches

    def paid_by(self, party: str) -> int:
        """Return what `party` bears, zero where it is not named."""
        return next((part.paid for part in self.parts if part.party == party), 0)


def split(scheme: Scheme, loss: Loss, facts: Facts) -> Split:
    """Share `loss` under `scheme`.

    Raises:
        Invalid: the first fact that the scheme needs and that is missing or out of range.
    """
    _check(loss, facts)
    _check_defaulted(scheme, facts)
    if scheme.currency not in (None, loss.currency):
        raise invalid(
            "currency", f"scheme {scheme.code} is in {scheme.currency}", "give the loss in it"
        )
    eligible = _eligible(scheme, loss, facts)
    working = _Working(scheme, loss.currency, facts)
    working.note(StepKind.ELIGIBLE, eligible, term=_eligible_term(scheme, facts))
    beyond = working.fill(eligible)
    due = working.totals()
    working.blow_fuses()
    working.leave(beyond, "the last layer")
    for cap in scheme.caps:
        working.cut(cap)
    working.pass_over_defaulted()
    return working.result(eligible, loss.total - eligible, due)


def _check(loss: Loss, facts: Facts) -> None:
    """Refuse amounts below zero; a pool may be overdrawn, which counts as empty."""
    if min(loss.principal, loss.interest, loss.costs) < 0:
        raise invalid("loss", "has a negative line", "give amounts of zero or more")
    portfolio = facts.portfolio or Portfolio(0, 0)
    amounts = {
        "loan.amount": facts.loan_minor or 0,
        "portfolio.volume": portfolio.volume,
        "portfolio.paid": portfolio.paid,
        **{f"paid_this_year.{party}": paid for party, paid in facts.paid_this_year.items()},
    }
    for field_, minor in amounts.items():
        if minor < 0:
            raise invalid(field_, "is below zero", "give an amount of zero or more")


def _check_defaulted(scheme: Scheme, facts: Facts) -> None:
    for party in sorted(facts.defaulted.difference(scheme.roles)):
        known = ", ".join(scheme.roles)
        raise invalid(
            "defaulted", f"{party!r} is no party of {scheme.code}", f"name one of {known}"
        )


def _eligible(scheme: Scheme, loss: Loss, facts: Facts) -> int:
    base = loss.base(scheme.loss_base)
    if scheme.eligible is Eligible.WHOLE:
        return base
    if facts.ip_share is None:
        raise missing("loan.ip_share", "the part of the loan that IP secures, from 0 to 1")
    if not 0 <= facts.ip_share <= 1:
        raise invalid("loan.ip_share", f"{facts.ip_share} is not from 0 to 1", "give a share")
    return round_half_up(base * facts.ip_share)


def _eligible_term(scheme: Scheme, facts: Facts) -> str:
    share = f" x IP share {facts.ip_share}" if scheme.eligible is Eligible.IP_SHARE else ""
    return f"{scheme.loss_base.value}{share}"


class _Working:
    """The tranches while they are being filled, blown and cut."""

    def __init__(self, scheme: Scheme, currency: str, facts: Facts) -> None:
        self.scheme = scheme
        self.currency = currency
        self.facts = facts
        self.tranches: list[dict[str, int]] = []
        self.taken: dict[str, int] = {}  # by `then`; a later cap may cut it
        self.residual: dict[str, int] = {}  # by the residual party; never cut again
        self.uncovered = 0
        self.suspended: set[str] = set()
        self.steps: list[Step] = []
        self.steps_of: dict[str, list[Step]] = {}

    def note(self, kind: StepKind, minor: int, *, party: str = "", term: str = "") -> None:
        step = Step(kind, minor, self.currency, party, term)
        self.steps.append(step)
        if party:
            self.steps_of.setdefault(party, []).append(step)

    def fill(self, eligible: int) -> int:
        """Fill the layers in order, each split in exact shares; return what lies beyond."""
        loan = self.facts.loan_minor
        money = None if loan is None else Money(loan, self.currency)
        bracket = self.scheme.bracket_for(money, self.facts.tier)
        if bracket is not None:
            self.note(StepKind.BRACKET, eligible, term=_bracket_term(bracket))
        below = 0
        for number, layer in enumerate(self.scheme.layers, start=1):
            top = eligible
            if layer.upto is not None:
                top = min(eligible, round_half_up(layer.upto * self._loan(number)))
            shares = bracket.shares if bracket else layer.shares
            if shares is None:
                raise _no_bracket(self.scheme, self.facts)
            slice_ = max(0, top - below)
            parts = allocate(slice_, shares.weights)
            self.tranches.append(dict(zip(shares.parties, parts, strict=True)))
            self.note(StepKind.LAYER, slice_, term=str(number))
            below = max(below, top)
        return eligible - below

    def totals(self) -> dict[str, int]:
        """Return what each party bears by the layers."""
        sums: dict[str, int] = {}
        for tranche in self.tranches:
            for party, minor in tranche.items():
                sums[party] = sums.get(party, 0) + minor
        return sums

    def blow_fuses(self) -> None:
        """Set to nothing each party whose claims are suspended; it takes nothing over either."""
        blown: dict[str, str] = {}
        for fuse, value in _suspensions(self.scheme, self.facts):
            for party in fuse.parties:
                blown.setdefault(party, f"{fuse.measure} {value} > {fuse.above}")
        self.suspended.update(blown)
        for party, term in blown.items():
            borne = self._take(party, self._borne(party))
            self.note(StepKind.FUSE, borne, party=party, term=term)
            self.leave(borne, f"fuse on {party}")

    def cut(self, cap: Cap) -> None:
        """Cut one party's total to its cap and pass on what is cut."""
        limit, term = _limit(cap, self.facts, self.currency)
        excess = self._borne(cap.party) - limit
        if excess <= 0:
            return
        self._take(cap.party, excess)
        self.note(StepKind.CAP, excess, party=cap.party, term=term)
        if cap.then is None or cap.then in self.suspended:
            self.leave(excess, f"cap on {cap.party}")
        else:
            self.taken[cap.then] = self.taken.get(cap.then, 0) + excess
            self.note(StepKind.TAKES, excess, party=cap.then, term=f"cap on {cap.party}")

    def pass_over_defaulted(self) -> None:
        """Set to nothing each party in default; nobody else's part changes but the residual's."""
        defaulted = [party for party in self.scheme.roles if party in self.facts.defaulted]
        self.suspended.update(defaulted)  # as the residual it takes nothing over either
        for party in defaulted:
            borne = self._take(party, self._borne(party)) + self.residual.pop(party, 0)
            if borne:
                self.note(StepKind.DEFAULT, borne, party=party)  # who takes it: the next step
            self.leave(borne, f"default of {party}")

    def result(self, eligible: int, ineligible: int, due: Mapping[str, int]) -> Split:
        """Close the working: prove that the parts are the whole."""
        tranches = tuple(t for t in (*self.tranches, self.taken, self.residual) if any(t.values()))
        paid = dict.fromkeys(self.scheme.parties, 0)
        for tranche in tranches:
            for party, minor in tranche.items():
                paid[party] += minor
        parts = tuple(
            Part(party, role, due.get(party, 0), paid[party], tuple(self.steps_of.get(party, ())))
            for party, role in self.scheme.roles.items()
        )
        assert sum(paid.values()) + self.uncovered == eligible, "parts are the whole"
        assert min(paid.values()) >= 0 <= self.uncovered, "no part is negative"
        return Split(
            currency=self.currency,
            eligible=eligible,
            ineligible=ineligible,
            uncovered=self.uncovered,
            parts=parts,
            tranches=tranches,
            steps=tuple(self.steps),
        )

    def _loan(self, layer: int) -> int:
        if self.facts.loan_minor is None:
            raise missing("loan.amount", f"layer {layer} ends at a fraction of it")
        return self.facts.loan_minor

    def _borne(self, party: str) -> int:
        """What caps and fuses may cut: all but what came as the residual party."""
        return sum(t.get(party, 0) for t in self.tranches) + self.taken.get(party, 0)

    def _take(self, party: str, minor: int) -> int:
        """Take `minor` off a party, its last tranche first."""
        left = minor
        for tranche in (self.taken, *reversed(self.tranches)):
            part = min(left, tranche.get(party, 0))
            if part:
                tranche[party] -= part
                left -= part
        assert left == 0, "a party is never cut below nothing"
        return minor

    def leave(self, minor: int, why: str) -> None:
        """Give to the residual party, or to nobody, what somebody left."""
        party = self.scheme.residual
        if minor == 0:
            return
        if party == UNCOVERED or party in self.suspended:
            self.uncovered += minor
            self.note(StepKind.UNCOVERED, minor, term=why)
            return
        self.residual[party] = self.residual.get(party, 0) + minor
        self.note(StepKind.TAKES, minor, party=party, term=why)


def _suspensions(scheme: Scheme, facts: Facts) -> list[tuple[Fuse, Fraction]]:
    """Return the fuses that suspend claims and have blown, each with its measure."""
    blown = []
    for fuse in scheme.fuses:
        if fuse.effect is not FuseEffect.SUSPEND_CLAIMS:
            continue
        value = facts.ratios.get(fuse.measure)
        if value is None:
            raise missing(f"ratios.{fuse.measure}", "the measure that the fuse watches")
        if value > fuse.above:
            blown.append((fuse, value))
    return blown


def _limit(cap: Cap, facts: Facts, currency: str) -> tuple[int, str]:
    """Return the cap in minor units, not below zero, and its term in words."""
    if cap.per is CapPer.POOL_BALANCE:
        balance = facts.balances.get(cap.party)
        if balance is None:
            raise missing(f"balances.{cap.party}", "the balance that limits this party")
        return max(0, balance), "pool balance"
    if cap.per is CapPer.PORTFOLIO:
        if facts.portfolio is None:
            raise missing("portfolio", "the volume and what was paid on it")
        assert cap.rate is not None, "a portfolio cap has a rate"
        limit = round_half_up(cap.rate * facts.portfolio.volume) - facts.portfolio.paid
        return max(0, limit), f"{cap.rate} of the portfolio"
    assert cap.amount is not None, "a loan or year cap has an amount"
    limit = minor_of(cap.amount, currency)
    if cap.per is CapPer.LOAN:
        return limit, f"{cap.amount} per loan"
    paid = facts.paid_this_year.get(cap.party)
    if paid is None:
        raise missing(f"paid_this_year.{cap.party}", "what this party paid in the year so far")
    return max(0, limit - paid), f"{cap.amount} per year"


def _no_bracket(scheme: Scheme, facts: Facts) -> Invalid:
    sizes = [b.upto_amount for b in scheme.brackets if b.upto_amount]
    tiers = [b.tier for b in scheme.brackets if b.tier]
    field_ = "loan.tier" if tiers and facts.tier not in tiers else "loan.amount"
    known = ", ".join(dict.fromkeys(tiers if field_ == "loan.tier" else sizes))
    return invalid(field_, f"fits no bracket of {scheme.code}", f"brackets end at: {known}")


def _bracket_term(bracket: Bracket) -> str:
    size = f"loans up to {bracket.upto_amount}" if bracket.upto_amount else ""
    tier = f"tier {bracket.tier}" if bracket.tier else ""
    return ", ".join(part for part in (size, tier) if part) or "all other loans"
