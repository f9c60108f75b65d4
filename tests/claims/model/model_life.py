"""The machine: each act of the house and the same in the model, and what must agree after it."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Any

import claim_model as model
from builders import (
    DEFAULT,
    GOOD_CONDUCT,
    House,
    a_desk,
    a_notice,
    calendar,
)
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)
from model_agrees import Agreeing
from model_schemes import LOAN, OPENING, TERMS, rates

from claims.assess import Assessment, assess
from claims.calls.audit import verify_calls
from claims.close import close, reopen
from claims.default_call import default_call
from claims.dispute_call import Dispute, dispute_call
from claims.facts import case_of
from claims.notify import notify
from claims.pay_call import CallPayment, pay_call
from claims.pay_on_account import pay_on_account
from claims.recompute import recompute
from claims.recover import Receipts, recover
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.revise import revise
from claims.rules.purpose import Purpose
from claims.settle import settle
from claims.take_back import Repayment, take_back
from claims.warn_party import warn_party
from kernel.db.engine import transact
from kernel.money import Money
from underwriting import store as contracts
from underwriting.register import contribute

LAST = date(2026, 11, 16)
DRAWN_DOWN = date(2025, 3, 10)


class Life(Agreeing):
    """Acts and model, step by step."""

    fresh: Callable[[], Any]
    sold: dict[str, tuple[str, ...]]
    lived = 0

    def __init__(self) -> None:
        super().__init__()
        self.context = type(self).fresh()
        self.house: House = self.context.__enter__()
        self.on, self.number = date(2026, 3, 12), count(1)
        self.base: dict[str, int] = {}
        self.rows: dict[str, list[str]] = {}

    def teardown(self) -> None:
        self.context.__exit__(None, None, None)

    @initialize(code=st.sampled_from(sorted(TERMS)), far=st.integers(0, 3),
                minor=st.integers(LOAN // 3, LOAN), late=st.integers(81, 110))  # fmt: skip
    def choose(self, code: str, far: int, minor: int, late: int) -> None:
        """Take one scheme with its two policies; a first claim may be accepted or settled."""
        self._choose(code)
        if far:
            self.notify(minor, 1_000_000, 0, whole=True)
        if far > 1:
            self.assess(0, 100, papers=False, fraud=False)
            self.on += timedelta(days=late)
            self.settle(0)
        if far > 2:
            self.notify(minor // 2, 0, 0, whole=True)
            self.assess(0, 90, papers=False, fraud=False)

    def _choose(self, code: str) -> None:
        policy = self.house.read(lambda s: contracts.policy(s, self.sold[code][0]))
        kept = policy.contract
        days = (kept["waiting_days"], kept["notice_days"], kept["call_working_days"])
        self.terms = model.with_days(TERMS[code], days)
        filled = dict.fromkeys(self.terms.pooled, OPENING)
        self.model = model.House(self.terms, calendar().is_working, rates(), filled)
        self.base = self.house.balances()
        for account, minor in self.model.balances().items():
            self.base[account] = self.base.get(account, 0) - minor
        self.policies = list(self.sold[code])

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        type(self).lived += 1
        desk = a_desk(self.on, named.pop("actor", "clerk"))
        done = transact(self.house.engine, lambda s: act(s, *args, desk=desk, **named))
        self.house.audit()
        assert self.house.read(verify_calls) == ()
        return done

    def some(self, pick: int, *states: str, **has: Any) -> str | None:
        found = [id_ for id_, one in self.model.claims.items() if one.state in states]
        return found[pick % len(found)] if found else None

    @rule(days=st.sampled_from([1, 3, 7, 16, 40, 81]))
    def wait(self, days: int) -> None:
        type(self).lived += 1
        self.on = min(LAST, self.on + timedelta(days=days))

    @precondition(lambda self: self.policies)
    @rule(minor=st.integers(1, LOAN * 11 // 10), interest=st.integers(0, 2_000_000),
          penalty=st.integers(0, 9), whole=st.booleans())  # fmt: skip
    def notify(self, minor: int, interest: int, penalty: int, whole: bool) -> None:  # noqa: FBT001 - drawn
        id_ = self.policies.pop()
        policy = self.house.read(lambda s: contracts.policy(s, id_))
        asked = {"principal": minor, "interest": interest, "penalty": penalty}
        papers = tuple(policy.contract["papers"])[0 if whole else 1 :]
        notice = a_notice(policy, asked=asked, known_on=self.on, papers=papers)
        row = self.do(notify, notice)
        rate = Fraction(policy.contract["loan"]["annual_rate"])
        claim = model.Claim(
            self.terms, LOAN, policy.sum_insured_minor, rate, DRAWN_DOWN, DEFAULT, self.on,
            self.on, asked,
        )  # fmt: skip
        claim.missing = not whole
        self.model.claims[row.id] = claim
        claim.reserve = self.model.reserved(claim, self.on)

    @precondition(lambda self: self.some(0, "notified", "papers_requested"))
    @rule(pick=st.integers(0, 1), part=st.integers(0, 100), papers=st.booleans(),
          fraud=st.sampled_from([False, False, False, True]))  # fmt: skip
    def assess(self, pick: int, part: int, papers: bool, fraud: bool) -> None:  # noqa: FBT001 - drawn
        """Ask for papers, refuse, or accept a part of the principal."""
        id_ = self.some(pick, "notified", "papers_requested")
        if id_ is None:
            return
        claim = self.model.claims[id_]
        allowed = {"principal": claim.asked["principal"] * part // 100}
        row = self.house.read(lambda s: case_of(s, id_))
        codes = tuple(row.contract.papers) if papers else ()
        said = Assessment(
            papers=codes, conduct={**GOOD_CONDUCT, "fraud_by_insured": fraud},
            adjusted={"principal": (allowed["principal"], "shown")},
        )  # fmt: skip
        self.do(assess, id_, said)
        claim.fraud = fraud
        if claim.missing and not papers:
            claim.state = "papers_requested"
            claim.marks.setdefault("asked", self.on)
            return
        if claim.missing:
            claim.missing = False
            if "asked" in claim.marks:
                claim.marks["came"] = self.on
            else:
                claim.completed = self.on
        claim.marks["assessed"] = self.on
        if fraud:
            self._deny(claim)
        else:
            claim.state, claim.allowed = "accepted", allowed
            claim.marks["agreed"] = self.on

    def _deny(self, claim: model.Claim) -> None:
        claim.state, claim.denied = "denied", True
        if claim.settled:
            nothing = dict.fromkeys(model.LINES, 0)
            self.model.settle(claim, nothing, self.on)
        claim.reserve = 0

    @precondition(lambda self: self.some(0, "accepted"))
    @rule(pick=st.integers(0, 1))
    def settle(self, pick: int) -> None:
        id_ = self.some(pick, "accepted")
        if id_ is None:
            return
        claim = self.model.claims[id_]
        if self.on < claim.payable:
            self.house.refuse("waiting-period", settle, id_, on=self.on)
            return
        self.do(settle, id_)
        self.model.settle(claim, claim.approved(claim.asked, claim.allowed), self.on)
        claim.state, claim.marks["settled"] = "settled", self.on

    @precondition(lambda self: self.some(0, "notified", "papers_requested", "accepted"))
    @rule(pick=st.integers(0, 1), minor=st.integers(1, LOAN // 2))
    def pay_on_account(self, pick: int, minor: int) -> None:
        id_ = self.some(pick, "notified", "papers_requested", "accepted")
        claim = self.model.claims[id_] if id_ else None
        if claim is None or not claim.advance_open or claim.fraud:
            return
        known = {**claim.on_account}
        known["principal"] = known.get("principal", 0) + minor
        if known["principal"] > claim.asked["principal"]:
            return
        lines = claim.approved(known, {})
        before = claim.approved(claim.on_account, {})
        if sum(lines.values()) <= sum(before.values()):
            code = "nothing-payable"
            args = (id_, {"principal": minor}, Purpose.EARLY)
            self.house.refuse(code, pay_on_account, *args, on=self.on)
            return
        self.do(pay_on_account, id_, {"principal": minor}, Purpose.EARLY)
        claim.on_account = known
        self.model.settle(claim, lines, self.on, advance=True)

    @precondition(lambda self: self.some(0, "settled"))
    @rule(pick=st.integers(0, 1))
    def recompute(self, pick: int) -> None:
        id_ = self.some(pick, "settled")
        if id_ is None:
            return
        self.do(recompute, id_, "facts changed")
        self._again(self.model.claims[id_])

    def _again(self, claim: model.Claim) -> None:
        self.model.settle(claim, claim.approved(claim.asked, claim.allowed), self.on)

    @precondition(lambda self: self.some(0, "settled"))
    @rule(pick=st.integers(0, 1))
    def revise(self, pick: int) -> None:
        id_ = self.some(pick, "settled")
        if id_ is None:
            return
        self.do(revise, id_, "figures changed")
        claim = self.model.claims[id_]
        claim.state = "notified"
        for mark in ("assessed", "agreed", "settled"):
            claim.marks.pop(mark, None)
        claim.reserve = self.model.reserved(claim, self.on)

    @precondition(lambda self: self.some(0, "settled", "denied"))
    @rule(pick=st.integers(0, 1))
    def close(self, pick: int) -> None:
        id_ = self.some(pick, "settled", "denied")
        if id_ is None:
            return
        claim = self.model.claims[id_]
        unpaid = any(claim.awaited(call.party) for call in claim.calls)
        if unpaid or claim.overpaid:
            code = "calls-unpaid" if unpaid else "overpaid"
            self.house.refuse(code, close, id_, "done", on=self.on)
            return
        self.do(close, id_, "done")
        claim.state = "closed"

    @precondition(lambda self: self.some(0, "closed"))
    @rule(pick=st.integers(0, 1))
    def reopen(self, pick: int) -> None:
        id_ = self.some(pick, "closed")
        if id_ is None:
            return
        self.do(reopen, id_, "money comes")
        claim = self.model.claims[id_]
        claim.state = "notified" if claim.denied else "settled"
        if claim.denied:
            claim.denied = False
            claim.marks.pop("assessed", None)
            claim.reserve = self.model.reserved(claim, self.on)

    @precondition(lambda self: any(one.settled for one in self.model.claims.values()))
    @rule(pick=st.integers(0, 1), gross=st.integers(0, LOAN // 2), costs=st.integers(1, 900_000),
          ago=st.sampled_from([0, 0, 5, 60]))  # fmt: skip
    def recover(self, pick: int, gross: int, costs: int, ago: int) -> None:
        ids = [id_ for id_, one in self.model.claims.items()
               if one.settled and one.state != "closed"]  # fmt: skip
        if not ids:
            return
        id_ = ids[pick % len(ids)]
        claim, number = self.model.claims[id_], next(self.number)
        day = max(DEFAULT, self.on - timedelta(days=ago))
        money = (Money(gross, "CNY"), Money(costs, "CNY"))
        claim.came.append(model.Came(day, number, gross, costs))
        self.model.give_back(claim)
        receipts = Receipts(f"R{number}", "a sale", day, *money)
        if any(self.model.drawn(p) > self.model.contributed[p] for p in self.terms.pooled):
            self.house.refuse("pool-short", recover, id_, receipts, on=self.on)
            claim.came.pop()
            self.model.give_back(claim)
            return
        self.do(recover, id_, receipts)

    def _call(self, pick: int, *states: str) -> tuple[str, model.Claim, model.Call, str] | None:
        found = [
            (id_, claim, call, self.rows[id_][place])
            for id_, claim in self.model.claims.items()
            for place, call in enumerate(claim.calls)
            if call.state in states
        ]
        return found[pick % len(found)] if found else None

    @precondition(
        lambda self: self._call(0, "raised", "disputed", "upheld", "noticed", "defaulted")
    )
    @rule(pick=st.integers(0, 9), part=st.sampled_from([1, 50, 100, 100, 100]))
    def pay(self, pick: int, part: int) -> None:
        """Pay a call or a refund, in part or in full; arrears too."""
        states = ("raised", "disputed", "upheld", "noticed", "defaulted")
        found = self._call(pick, *states)
        if found is None:
            return
        _, claim, call, row = found
        minor = max(1, abs(call.open) * part // 100)
        payment = CallPayment(Money(minor, "CNY"), self.on, f"P{next(self.number)}")
        arrears = call.state == "defaulted" and minor == abs(call.open)
        if arrears and claim.state != "settled":
            self.house.refuse("claim-not-settled", pay_call, row, payment, on=self.on)
            return
        self.do(pay_call, row, payment)
        call.paid += minor if call.wanted > 0 else -minor
        call.state = call.state if call.open else "paid"
        if arrears:
            claim.defaulted.discard(call.party)
            self._again(claim)

    @precondition(lambda self: self._call(0, "raised"))
    @rule(pick=st.integers(0, 9))
    def dispute(self, pick: int) -> None:
        found = self._call(pick, "raised")
        if found and found[2].wanted > 0:
            dispute = Dispute(Money(found[2].open, "CNY"), "too much", "caps")
            self.do(dispute_call, found[3], dispute)
            found[2].state = "disputed"

    @precondition(lambda self: self._call(0, "disputed"))
    @rule(pick=st.integers(0, 9))
    def uphold(self, pick: int) -> None:
        found = self._call(pick, "disputed")
        if found:
            self.do(resolve_call, found[3], Resolution(Outcome.UPHELD, "it stands"), actor="second")
            call = found[2]
            call.state = "upheld"
            call.due = max(call.due, self.model.worked(self.on, self.terms.days[2]))

    @precondition(lambda self: self._call(0, "raised", "upheld", "noticed"))
    @rule(pick=st.integers(0, 9))
    def default(self, pick: int) -> None:
        """Give notice, or after it and its days, put the party into default."""
        found = self._call(pick, "raised", "upheld", "noticed")
        if found is None or found[2].wanted < 0:
            return
        _, claim, call, row = found
        if call.state != "noticed":
            if self.on <= call.due:
                self.house.refuse("call-not-overdue", warn_party, row, on=self.on)
                return
            self.do(warn_party, row)
            call.state, call.cure = "noticed", self.model.worked(self.on, 10)
        elif call.cure and self.on <= call.cure:
            self.house.refuse("cure-period", default_call, row, on=self.on)
        elif claim.state != "settled":
            self.house.refuse("claim-not-settled", default_call, row, on=self.on)
        else:
            self.do(default_call, row)
            call.state = "defaulted"
            claim.defaulted.add(call.party)
            self._again(claim)

    @precondition(lambda self: any(one.overpaid for one in self.model.claims.values()))
    @rule(pick=st.integers(0, 1), part=st.sampled_from([30, 100]))
    def repay(self, pick: int, part: int) -> None:
        ids = [id_ for id_, one in self.model.claims.items() if one.overpaid]
        if ids:
            id_ = ids[pick % len(ids)]
            claim = self.model.claims[id_]
            minor = max(1, claim.overpaid * part // 100)
            repaid = Repayment(f"B{next(self.number)}", Money(minor, "CNY"), self.on)
            self.do(take_back, id_, repaid)
            claim.back += minor

    @precondition(lambda self: self.terms.pooled)
    @rule(minor=st.integers(1, OPENING // 2))
    def contribute(self, minor: int) -> None:
        for party in self.terms.pooled:
            pool = self.house.read(lambda s, p=party: contracts.pool(s, self.terms.code, p, "CNY"))
            self.do(contribute, pool.id, Money(minor, "CNY"), key=f"C{next(self.number)}")
            self.model.contributed[party] += minor
