"""The machine's first half: how an act is done, and the dialogue on calls with its parties."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import claim_model as model
import pytest
from builders import a_desk
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from model_agrees import Agreeing
from model_schemes import OPENING

from claims.default_call import default_call
from claims.dispute_call import Dispute, dispute_call
from claims.pay_call import CallPayment, pay_call
from claims.resolve_call import Outcome, Resolution, resolve_call
from claims.take_back import Repayment, take_back
from claims.warn_party import warn_party
from kernel.db.engine import transact
from kernel.errors import Refusal
from kernel.money import Money
from underwriting import store as contracts
from underwriting.register import contribute

LAST = date(2026, 11, 16)
FEW = 4


class Dialogue(Agreeing):
    """Acts on calls, pools and repayments, each in the house and in the model."""

    fresh: Callable[[str], Any]

    def __init__(self) -> None:
        super().__init__()
        self.context: Any = None
        self.on, self.number = date(2026, 3, 12), count(1)
        self.rows: dict[str, list[str]] = {}
        self.contributions = 0

    def teardown(self) -> None:
        if self.context:
            self.context.__exit__(None, None, None)

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        self.done[act.__name__] += 1
        desk = a_desk(self.on, named.pop("actor", "clerk"))
        done = transact(self.house.engine, lambda s: act(s, *args, desk=desk, **named))
        self.wrote = True
        return done

    def refuse(self, code: str, act: Callable[..., Any], *args: Any) -> None:
        """The act is refused for one reason; that it changed nothing shows in what must agree."""
        with pytest.raises(Refusal) as refused:
            self.do(act, *args)
        assert refused.value.code == code, f"{refused.value}"
        self.done[f"{act.__name__}: {code}"] += 1
        self.done[act.__name__] -= 1

    def some(self, pick: int, *states: str, **has: Any) -> str | None:
        found = [id_ for id_, one in self.model.claims.items() if one.state in states]
        return found[pick % len(found)] if found else None

    def _again(self, claim: model.Claim) -> None:
        self.model.settle(claim, claim.approved(claim.asked, claim.allowed), self.on)

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
            self.refuse("claim-not-settled", pay_call, row, payment)
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
    @rule(pick=st.integers(0, 9), patient=st.booleans())
    def default(self, pick: int, patient: bool) -> None:  # noqa: FBT001 - drawn
        """Give notice, or after it and its days, put the party into default; or wait for that."""
        found = self._call(pick, "noticed") or self._call(pick, "raised", "upheld", "noticed")
        if found is None or found[2].wanted < 0:
            return
        _, claim, call, row = found
        last = call.cure or call.due
        if patient:
            self.on = max(self.on, min(LAST, last + timedelta(days=1)))
        if not call.cure:
            self._warn(call, row)
        elif self.on <= call.cure:
            self.refuse("cure-period", default_call, row)
        elif claim.state != "settled":
            self.refuse("claim-not-settled", default_call, row)
        else:
            self.do(default_call, row)
            call.state = "defaulted"
            claim.defaulted.add(call.party)
            self._again(claim)

    def _warn(self, call: model.Call, row: str) -> None:
        if self.on <= call.due:
            self.refuse("call-not-overdue", warn_party, row)
            return
        self.do(warn_party, row)
        call.state, call.cure = "noticed", self.model.worked(self.on, 10)

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

    @precondition(lambda self: self.terms.pooled and self.contributions < FEW)
    @rule(minor=st.integers(1, OPENING // 2))
    def contribute(self, minor: int) -> None:
        self.contributions += 1
        for party in self.terms.pooled:
            pool = self.house.read(lambda s, p=party: contracts.pool(s, self.terms.code, p, "CNY"))
            self.do(contribute, pool.id, Money(minor, "CNY"), key=f"C{next(self.number)}")
            self.model.contributed[party] += minor
