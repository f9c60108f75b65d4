"""What must be the same in the house and in the model after each step."""

from typing import Any

import claim_model as model
from builders import House
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import select

from claims import store
from claims.calls import store as called
from claims.facts import case_of
from claims.uploads.course import clocks
from underwriting import store as contracts
from underwriting.tables import PoolYearRow


class Agreeing(RuleBasedStateMachine):
    """A machine with both; nothing is compared before a scheme was chosen."""

    house: House
    model: model.House
    terms: model.Terms
    base: dict[str, int]
    rows: dict[str, list[str]]

    @invariant()
    def accounts_agree(self) -> None:
        real = {name: minor - self.base.get(name, 0)
                for name, minor in self.house.balances().items()}  # fmt: skip
        ours = self.model.balances() if self.base else {}
        if self.base:
            assert {name: minor for name, minor in real.items() if minor} == ours

    @invariant()
    def claims_agree(self) -> None:
        if self.base:
            self.house.read(self._claims)

    def _claims(self, session: Any) -> None:
        for id_, claim in self.model.claims.items():
            case = case_of(session, id_)
            row, standing = case.claim, case.standing
            assert (row.state, row.reserve_minor) == (claim.state, claim.reserve)
            assert case.policy.paid_minor == sum(claim.borne.values())
            found = {one.code: (one.due, one.done_on) for one in clocks(session, case)}
            assert found == claim.clocks()
            calls = called.of_claim(session, id_)
            self.rows[id_] = [call.id for call in calls]
            assert [_seen(call) for call in calls] == [
                (one.party, one.wanted, one.paid, one.due, one.cure, one.state)
                for one in claim.calls
            ]
            if standing is not None:
                self._standing(session, claim, standing)

    def _standing(self, session: Any, claim: model.Claim, row: Any) -> None:
        kept = store.shares(session, row.id)
        paid = {one.party: one.paid_minor for one in kept if one.paid_minor}
        back = {one.party: one.given_back_minor for one in kept if one.given_back_minor}
        assert paid == {party: minor for party, minor in claim.borne.items() if minor}
        assert back == {party: minor for party, minor in claim.given.items() if minor}
        assert (row.sequence, row.paid_to_bank_minor) == (claim.settled, claim.owed)
        assert (row.paid_out_minor, row.taken_back_minor) == (claim.out, claim.back)
        assert row.counts_on.year == claim.counts

    @invariant()
    def pools_and_years_agree(self) -> None:
        if self.base:
            self.house.read(self._pools)

    def _pools(self, session: Any) -> None:
        for party in self.terms.pooled:
            pool = contracts.pool(session, self.terms.code, party, "CNY")
            drawn = self.model.drawn(party)
            assert (pool.contributed_minor, pool.drawn_minor) == (
                self.model.contributed[party], drawn,
            )  # fmt: skip
            assert 0 <= drawn <= pool.contributed_minor
        for year in session.exec(select(PoolYearRow)):
            assert year.paid_minor == self.model.year(year.party, year.year)


def _seen(call: Any) -> tuple[Any, ...]:
    sign = 1 if call.direction == "call" else -1
    wanted, paid = sign * call.amount_minor, sign * call.paid_minor
    return (call.party, wanted, paid, call.due_on, call.cure_until, call.state)
