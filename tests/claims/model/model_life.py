"""The machine: the life of a claim by the acts of the house, and the same in the model."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial, update_wrapper

import claim_model as model
from builders import (
    DEFAULT,
    GOOD_CONDUCT,
    a_notice,
    calendar,
)
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)
from model_books import balances
from model_dialogue import LAST, Dialogue
from model_schemes import LOAN, OPENING, TERMS, rates

from claims.assess import Assessment, assess
from claims.close import close, reopen
from claims.facts import case_of
from claims.notify import notify
from claims.pay_on_account import pay_on_account
from claims.recompute import recompute
from claims.recover import Receipts, recover
from claims.revise import revise
from claims.rules.purpose import Purpose
from claims.settle import settle
from claims.settling.early import Agreed
from kernel.money import Money
from underwriting import store as contracts

DRAWN_DOWN = date(2025, 3, 10)


class Life(Dialogue):
    """Acts and model, step by step."""

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
        self.context = type(self).fresh(code)
        self.house, self.policies = self.context.__enter__()
        policy = self.house.read(lambda s: contracts.policy(s, self.policies[0]))
        kept = policy.contract
        days = (kept["waiting_days"], kept["notice_days"], kept["call_working_days"])
        self.terms = replace(TERMS[code], days=days)
        filled = dict.fromkeys(self.terms.pooled, OPENING)
        self.model = model.House(self.terms, calendar().is_working, rates(), filled)
        self.base = self.house.balances()
        for account, minor in balances(self.model).items():
            self.base[account] = self.base.get(account, 0) - minor

    @precondition(lambda self: self.on < LAST)
    @rule(days=st.sampled_from([0, 0, 1, 3, 7, 16, 40]))
    def wait(self, days: int) -> None:
        """Some days, or to the day after the next last day of a call."""
        if not days:
            last = [call.cure or call.due for one in self.model.claims.values()
                    for call in one.calls if call.open > 0]  # fmt: skip
            days = min(((day - self.on).days + 1 for day in last if day >= self.on), default=1)
        self.done["wait"] += 1
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
            claim.reserve = self.model.reserved(claim, self.on, allowed)
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
            self.refuse("waiting-period", settle, id_)
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
        early = partial(pay_on_account, agreed=Agreed(self.on, "agreed"))
        update_wrapper(early, pay_on_account)
        args = (id_, {"principal": minor}, Purpose.EARLY)
        if self.on >= claim.payable:
            self.refuse("waiting-over", early, *args)
            return
        if sum(lines.values()) <= sum(before.values()):
            self.refuse("nothing-payable", early, *args)
            return
        self.do(early, *args)
        claim.on_account = known
        self.model.settle(claim, lines, self.on, advance=True)

    @precondition(lambda self: self.some(0, "settled"))
    @rule(pick=st.integers(0, 1))
    def recompute(self, pick: int) -> None:
        id_ = self.some(pick, "settled")
        if id_ is None:
            return
        claim = self.model.claims[id_]
        if not self.model.changes(claim, claim.approved(claim.asked, claim.allowed)):
            self.refuse("nothing-changed", recompute, id_, "facts changed")
            return
        self.do(recompute, id_, "facts changed")
        self._again(claim)

    @precondition(lambda self: self.some(0, "settled"))
    @rule(pick=st.integers(0, 1))
    def revise(self, pick: int) -> None:
        id_ = self.some(pick, "settled")
        if id_ is None:
            return
        self.do(revise, id_, "figures changed")
        claim = self.model.claims[id_]
        claim.state = "notified"
        claim.undecide()
        claim.reserve = self.model.reserved(claim, self.on)

    @precondition(lambda self: self.some(0, "settled", "denied"))
    @rule(pick=st.integers(0, 1))
    def close(self, pick: int) -> None:
        id_ = self.some(pick, "settled", "denied")
        if id_ is None:
            return
        claim = self.model.claims[id_]
        unpaid = any(claim.awaited(call.party) for call in claim.calls)
        due = sum(minor for party, minor in claim.given.items() if party != "insurer")
        if unpaid or claim.overpaid or due or claim.surplus:
            code = "overpaid" if claim.overpaid else "recoveries-open"
            self.refuse("calls-unpaid" if unpaid else code, close, id_, "done")
            return
        self.do(close, id_, "done")
        claim.state = "closed"

    @precondition(lambda self: self.some(0, "closed", "denied"))
    @rule(pick=st.integers(0, 1))
    def reopen(self, pick: int) -> None:
        id_ = self.some(pick, "closed", "denied")
        if id_ is None:
            return
        self.do(reopen, id_, "money comes")
        claim = self.model.claims[id_]
        claim.state = "notified" if claim.denied else "settled"
        if claim.denied:
            claim.denied = False
            claim.undecide()
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
            self.refuse("pool-short", recover, id_, receipts)
            claim.came.pop()
            self.model.give_back(claim)
            return
        self.do(recover, id_, receipts)
