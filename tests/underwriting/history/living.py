"""A house whose policies live, and what is asked of it, with sensible defaults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import builders
from builders import House, a_house, a_risk
from sqlalchemy import Engine

from kernel.db.engine import transact
from underwriting import store
from underwriting.approve import approve
from underwriting.cancel import Cancellation, cancel
from underwriting.endorse import Change, change
from underwriting.history.proposal import Terms
from underwriting.history.store import History, history, state
from underwriting.reinstate import Reinstatement, reinstate
from underwriting.renew import Renewal, renew
from underwriting.reverse import Reversal, reverse
from underwriting.rules.history_loan import Principal
from underwriting.rules.history_state import State
from underwriting.rules.history_step import Statement
from underwriting.tables import PolicyRow

STARTS = date(2025, 3, 10)
HALFWAY = date(2025, 9, 10)
DUE = date(2026, 3, 10)
SUBSIDY = {"payer": "示范市财政局", "share": "1/2", "cap": {"amount": "5000.00", "currency": "CNY"}}
SAID = Statement("示范银行", date(2025, 9, 1), "LETTER-1")

_ACTS = (change, renew, cancel, reinstate, reverse)
builders._PAPER_OF.update(dict.fromkeys(_ACTS, "endorsement"))


class Living(House):
    """A house that asks what became of a policy."""

    def past(self, policy: PolicyRow) -> History:
        return self.read(lambda s: history(s, policy.id))

    def row(self, policy: PolicyRow) -> PolicyRow:
        return self.read(lambda s: store.policy(s, policy.id))

    def state(self, policy: PolicyRow, valid: date, **named: Any) -> State:
        return self.read(lambda s: state(s, policy.id, valid=valid, **named))

    def change(
        self, policy: PolicyRow, *, on: date, effective_on: date | None = None, **parts: Any
    ) -> Any:
        """Change it: asked for, cleared by a second person, and done."""
        asked = Change(Terms(risk=a_risk(**parts)), effective_on or on, "as the bank asks")
        return self.cleared(policy, change, asked, on=on)

    def renew(self, policy: PolicyRow, *, on: date, **parts: Any) -> Any:
        risk = a_risk(**parts)
        owed = Principal.STILL_OWED if risk.loan.refinancing else Principal.REPAID
        asked = Renewal(Terms(risk=risk), "the loan goes on", owed, SAID)
        return self.cleared(policy, renew, asked, on=on)

    def cleared(self, policy: PolicyRow, act: Callable[..., Any], asked: Any, *, on: date) -> Any:
        """Ask; where it is referred, let a second person clear it, and ask again."""
        first = self.ask(policy, act, asked, on=on)
        if first.committed:
            return first
        self.do(approve, first.quote_id, "looked into", on=on, actor="second")
        again = replace(asked, terms=Terms(quote_id=first.quote_id))
        return self.do(act, policy.id, again, on=on)

    def ask(self, policy: PolicyRow, act: Callable[..., Any], asked: Any, *, on: date) -> Any:
        """Ask for terms that may be referred: then no paper is owed."""
        seen = transact(
            self.engine,
            lambda s: act(s, policy.id, asked, desk=builders.a_desk(on), keep=False),
        )
        if seen.outcome.value == "accepted":
            return self.do(act, policy.id, asked, on=on)
        kept = transact(self.engine, lambda s: act(s, policy.id, asked, desk=builders.a_desk(on)))
        self.audit()
        return kept

    def cancel(self, policy: PolicyRow, *, on: date, day: date | None = None, **named: Any) -> Any:
        asked = {"ground": "loan_repaid", "reason": "repaid early", "consent": SAID, **named}
        return self.do(cancel, policy.id, Cancellation(day or on, **asked), on=on)

    def reinstate(self, policy: PolicyRow, *, on: date) -> Any:
        said = Statement("示范银行", on, "DECLARED-1")
        return self.do(reinstate, policy.id, Reinstatement("a mistake", said), on=on)

    def reverse(self, policy: PolicyRow, transaction_id: str, *, on: date) -> Any:
        return self.do(reverse, policy.id, Reversal(transaction_id, "entered in error"), on=on)


def a_living_house(engine: Engine) -> Living:
    house = a_house(engine)
    return Living(**vars(house))
