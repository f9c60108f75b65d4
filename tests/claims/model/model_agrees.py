"""What must be the same in the house and in the model after each step."""

from collections import Counter
from typing import Any

import claim_model as model
from builders import House
from hypothesis.stateful import RuleBasedStateMachine, invariant
from model_books import balances
from sqlmodel import select

from api.cli.books import CHECKS
from claims import store
from claims.calls import store as called
from claims.facts import case_of
from claims.uploads.course import clocks
from kernel.db import books
from underwriting import store as contracts
from underwriting.tables import PoolYearRow


class Agreeing(RuleBasedStateMachine):
    """A machine with both; after each step all of it is compared, on one snapshot.

    Where a step wrote something the whole house is audited too: books that nobody wrote to since
    are as clean as they were.
    """

    house: House
    model: model.House
    terms: model.Terms
    base: dict[str, int]
    rows: dict[str, list[str]]
    done: Counter[str]
    wrote: bool = True

    @invariant()
    def all_agrees(self) -> None:
        self.done["steps"] += 1
        self.house.read(self._agrees)

    def _agrees(self, session: Any) -> None:
        if self.wrote:
            self.done["audits"] += 1
            for name, verify in CHECKS.items():
                same(name, verify(session), ())
        self.wrote = False
        kept = {name: minor for (name, _), minor in books.balances(session).items()}
        same("all accounts", sum(kept.values()), 0)
        moved = {name: minor - self.base.get(name, 0) for name, minor in kept.items()}
        same("account", _some(moved), balances(self.model))
        self._claims(session)
        self._pools(session)

    def _claims(self, session: Any) -> None:
        for id_, claim in self.model.claims.items():
            case = case_of(session, id_)
            row, standing = case.claim, case.standing
            same("claim", (row.state, row.reserve_minor), (claim.state, claim.reserve))
            same("policy", case.policy.paid_minor, sum(claim.borne.values()))
            found = {one.code: (one.due, one.done_on) for one in clocks(session, case)}
            same("clock", found, claim.clocks())
            calls = called.of_claim(session, id_)
            self.rows[id_] = [call.id for call in calls]
            ours = [(one.party, one.wanted, one.paid, one.due, one.cure, one.state)
                    for one in claim.calls]  # fmt: skip
            same("calls", [_seen(call) for call in calls], ours)
            if standing is not None:
                self._standing(session, claim, standing)

    def _standing(self, session: Any, claim: model.Claim, row: Any) -> None:
        kept = store.shares(session, row.id)
        paid = {one.party: one.paid_minor for one in kept}
        back = {one.party: one.given_back_minor for one in kept}
        same("share", _some(paid), _some(claim.borne))
        same("given back", _some(back), _some(claim.given))
        real = (row.sequence, row.paid_to_bank_minor, row.paid_out_minor, row.taken_back_minor)
        same("settlement", real, (claim.settled, claim.owed, claim.out, claim.back))
        same("year", row.counts_on.year, claim.counts)

    def _pools(self, session: Any) -> None:
        for party in self.terms.pooled:
            pool = contracts.pool(session, self.terms.code, party, "CNY")
            put, drawn = self.model.contributed[party], self.model.drawn(party)
            same("pool", (pool.contributed_minor, pool.drawn_minor), (put, drawn))
            assert 0 <= drawn <= put
        for year in session.exec(select(PoolYearRow)):
            same("pool's year", year.paid_minor, self.model.year(year.party, year.year))


def same(what: str, real: Any, ours: Any) -> None:
    """Fail with the parts that differ, the house's first."""
    if isinstance(real, dict) and isinstance(ours, dict):
        names = {name for name in {*real, *ours} if real.get(name) != ours.get(name)}
        real, ours = ({name: one.get(name) for name in sorted(names)} for one in (real, ours))
    assert real == ours, f"{what}: the house has {real}, the model {ours}"


def _some(sums: Any) -> Any:
    return {name: minor for name, minor in sums.items() if minor}


def _seen(call: Any) -> tuple[Any, ...]:
    sign = 1 if call.direction == "call" else -1
    wanted, paid = sign * call.amount_minor, sign * call.paid_minor
    return (call.party, wanted, paid, call.due_on, call.cure_until, call.state)
