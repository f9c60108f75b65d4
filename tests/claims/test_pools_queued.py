"""Acts that draw on pools queue before they read one; where nothing is counted, nobody queues."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from builders import RECOVERED, SETTLED, House, a_desk, a_risk, scheme_text, shipped, yuan
from sqlalchemy import event
from sqlmodel import Session

from claims.calls import store as called
from claims.calls.locked import call_locked
from claims.pay_recovery import Payment, pay_recovery
from claims.pooled import lock_pools
from claims.recompute import recompute
from claims.recover import Receipts, recover
from claims.settle import settle
from claims.tables import ClaimRow
from kernel.db.turn import TURNS, Awaited
from kernel.sharing import Cap, CapPer
from underwriting import means
from underwriting.means import take_turns

SCHEME = "zhongshan-2021"
DESK = a_desk(RECOVERED)
CAME = Receipts("R1", "a sale", RECOVERED, yuan("100.00"), yuan("0"))
PAYMENT = Payment("fund", "out", yuan("1.00"), RECOVERED, "P1")
ACTS: dict[str, Callable[[Session, ClaimRow], Any]] = {
    "recover": lambda s, claim: recover(s, claim.id, CAME, desk=DESK),
    "pay a recovery": lambda s, claim: pay_recovery(s, claim.id, PAYMENT, desk=DESK),
    "recompute": lambda s, claim: recompute(s, claim.id, "why", desk=DESK),
    "a call that is shared anew": lambda s, claim: call_locked(
        s, called.of_claim(s, claim.id)[0].id, pools=True
    ),
}


def waiting(house: House, act: Callable[[Session], Any]) -> tuple[frozenset[str], list[str]]:
    """Run an act that has no turn yet; return what it queues for, and its statements."""
    told: list[str] = []

    def listen(*words: Any) -> None:
        told.append(words[2])

    queues = frozenset[str]()
    event.listen(house.engine, "before_cursor_execute", listen)
    with Session(house.engine) as session:
        session.info[TURNS] = queues
        try:
            act(session)
        except Awaited as wanted:
            queues = wanted.names
        session.rollback()
    event.remove(house.engine, "before_cursor_execute", listen)
    return queues, told


@pytest.mark.parametrize("name", ACTS)
def test_an_act_queues_before_it_reads_a_pool_or_writes(house: House, name: str) -> None:
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))
    queues, told = waiting(house, lambda s: ACTS[name](s, claim))
    assert queues == {f"scheme:{SCHEME}"}
    early = [one for one in told if re.search(r"FROM pool\b|^INSERT|^UPDATE|FOR UPDATE", one)]
    assert early == []


def test_a_scheme_that_counts_nothing_has_no_queue(house: House) -> None:
    """Its settlements and recoveries are nobody else's: they need no pool."""
    claim = house.accepted(house.policy())
    settling = waiting(house, lambda s: settle(s, claim.id, desk=a_desk(SETTLED)))
    house.do(settle, claim.id, on=SETTLED)
    recovering = waiting(house, lambda s: recover(s, claim.id, CAME, desk=DESK))
    assert settling[0] == recovering[0] == frozenset()


@pytest.mark.parametrize(("per", "queues"), [(CapPer.LOAN, False), (CapPer.YEAR, True)])
def test_only_a_cap_whose_use_is_kept_queues(house: House, per: CapPer, *, queues: bool) -> None:
    """A cap of one loan is counted from the loan alone."""
    cap = Cap("fund", per, amount="5.00")
    capped = replace(shipped(SCHEME).scheme, caps=(cap,))
    found, _ = waiting(house, lambda s: take_turns(s, capped))
    assert bool(found) is queues


def test_editions_of_a_scheme_with_other_caps_hold_all_their_pools_in_one_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each policy keeps its own text; pools are held by scheme, party and currency."""
    held: list[str] = []
    monkeypatch.setattr(means.store, "pool", lambda _, code, party, __, **___: held.append(party))

    def row(code: str, party: str, currency: str) -> Any:
        cap = f'[[caps]]\nparty = "{party}"\nper = "pool_balance"'
        claim, policy = SimpleNamespace(currency=currency), SimpleNamespace(scheme_code=code)
        policy.scheme_text = scheme_text(code, more=cap)
        return claim, policy

    rows = [
        row("local", "insurer", "CNY"),
        row("local", "bank", "CNY"),
        row("other", "bank", "CNY"),
    ]
    for order in (rows, rows[::-1]):
        held.clear()
        house.read(lambda s, order=order: lock_pools(s, order))
        assert held == ["bank", "insurer", "bank"]
