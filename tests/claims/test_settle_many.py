"""Claims settled together are settled as they would be one after another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from builders import SAMPLES, SETTLED, House, a_desk, a_risk, shipped, yuan
from sqlalchemy import Engine, event

from claims import store
from claims.calls import store as calls
from claims.settle import settle
from claims.settle_many import settle_many
from claims.tables import ClaimRow, SettlementRow
from kernel.db import books
from kernel.db.engine import transact
from kernel.errors import Conflict, Invalid, NotFound
from underwriting import store as contracts
from underwriting.products import product

SCHEME = "zhongshan-2021"
BUDGET = 33
"""Statements of one plain settlement: what opens the transaction, holds its rows, and what the
loan's own record says is included."""
EACH = 4
"""Of one more claim in the same transaction; its rows go with those of the others."""


def accepted(house: House, number: int, money: str = "4000000.00") -> list[ClaimRow]:
    """Accepted claims whose shares of one fund are 1,620,000.00 each, of debtors of their own."""
    house.pool(shipped(SCHEME), "fund", yuan(money))
    risks = [
        a_risk(cover={"scheme": SCHEME}, borrower={"register_id": f"9144200{n:011}"})
        for n in range(number)
    ]
    return [house.accepted(house.policy(risk)) for risk in risks]


def together(house: House, claims: list[ClaimRow]) -> tuple[SettlementRow, ...]:
    """Settle claims in one transaction."""
    ids = [claim.id for claim in claims]
    return transact(house.engine, lambda s: settle_many(s, ids, desk=a_desk(SETTLED)))


def said(engine: Engine, act: Callable[[], Any]) -> list[str]:
    """Return the statements of an act."""
    told: list[str] = []

    def listen(*words: Any) -> None:
        told.append(words[2])

    event.listen(engine, "before_cursor_execute", listen)
    act()
    event.remove(engine, "before_cursor_execute", listen)
    return told


def test_a_plain_settlement_keeps_within_its_statements(house: House) -> None:
    first, second = accepted(house, 2)
    desk = a_desk(SETTLED)
    transact(house.engine, lambda s: settle(s, first.id, desk=desk))
    told = said(
        house.engine, lambda: transact(house.engine, lambda s: settle(s, second.id, desk=desk))
    )
    assert len(told) <= BUDGET, "\n".join(told)
    house.audit()


def test_more_claims_take_few_statements_more(house: House) -> None:
    claims = accepted(house, 7)
    one = said(house.engine, lambda: together(house, claims[:1]))
    six = said(house.engine, lambda: together(house, claims[1:]))
    assert len(six) <= len(one) + 5 * EACH, "\n".join(six)
    house.audit()


def test_a_pool_that_runs_dry_is_shared_in_the_order_given(house: House) -> None:
    """4,000,000.00 for four claims on 1,620,000.00 each: the same as one after another."""
    claims = accepted(house, 4)
    rows = together(house, claims[::-1])
    house.audit()
    assert [row.claim_id for row in rows] == [claim.id for claim in claims[::-1]]
    paid = [house.shares(claim)["fund"] for claim in claims[::-1]]
    assert paid == [162_000_000, 162_000_000, 76_000_000, 0]
    pool = house.read(lambda s: contracts.pool(s, SCHEME, "fund", "CNY"))
    assert pool.drawn_minor == pool.contributed_minor


def test_each_has_what_it_has_alone(house: House) -> None:
    """Events, papers, calls and orders of one settled with others are those of one alone."""
    alone, *others = accepted(house, 3, "90000000.00")
    transact(house.engine, lambda s: settle(s, alone.id, desk=a_desk(SETTLED)))
    together(house, others)
    house.audit()

    def left_by(claim: ClaimRow) -> tuple[Any, ...]:
        def told(s: Any) -> tuple[Any, ...]:
            subject = books.Subject("claim", claim.id)
            raised = calls.of_claim(s, claim.id)
            return (
                [(one.sequence, one.kind) for one in books.events(s, subject)],
                [(one.kind, one.number.removeprefix(claim.number))
                 for one in sorted(books.documents(s, subject), key=lambda one: one.number)],
                [(one.sequence, one.party, one.amount_minor, one.state) for one in raised],
                [len(calls.answers(s, one.id)) for one in raised],
                [(one.party, one.paid_minor) for one in
                 store.shares(s, store.settlements(s, claim.id)[-1].id)],
                store.claim(s, claim.id).state,
            )  # fmt: skip

        return house.read(told)

    assert left_by(alone) == left_by(others[0]) == left_by(others[1])


def test_all_of_them_or_none(house: House) -> None:
    claims = accepted(house, 3)
    (settled,) = together(house, claims[1:2])
    with pytest.raises(Conflict) as refused:
        together(house, claims)
    assert refused.value.code == "claim-move-not-allowed"
    assert [fault.field for fault in refused.value.faults] == ["claim_ids.1.state"]
    house.audit()
    assert house.read(lambda s: store.settlement_of(s, claims[0].id)) is None
    assert house.settlement(claims[1]).id == settled.id


def test_one_that_is_named_twice_or_is_not_there_is_refused(house: House) -> None:
    (claim,) = accepted(house, 1)
    with pytest.raises(Invalid):
        together(house, [claim, claim])
    with pytest.raises(NotFound):
        transact(house.engine, lambda s: settle_many(s, ["cl_none"], desk=a_desk(SETTLED)))
    assert transact(house.engine, lambda s: settle_many(s, [], desk=a_desk(SETTLED))) == ()


def test_claims_of_one_policy_share_what_is_left_of_it(house: House) -> None:
    """Limit and aggregate are 850,000.00; the first takes 531,000.00, the second what is left."""
    sample = dict(SAMPLES["infringement_loss"])
    policy = house.policy(product("infringement_loss").risk.model_validate(sample, strict=False))
    first = house.accepted(policy, asked={"litigation": 60_000_000})
    day = date(2025, 12, 2)
    second = house.accepted(
        policy, asked={"litigation": 90_000_000}, default_date=day, known_on=day
    )  # fmt: skip
    one, two = together(house, [first, second])
    house.audit()
    assert one.eligible_minor == 53_100_000
    assert one.eligible_minor + two.eligible_minor == 85_000_000


def test_clerks_with_a_heap_each_meet_on_one_pool(house: House) -> None:
    """Nobody is told that the database is busy, and the pool is paid out to the fen."""
    claims = accepted(house, 12)
    with ThreadPoolExecutor(4) as clerks:
        heaps = [clerks.submit(together, house, claims[n::4]) for n in range(4)]
    assert sum(len(heap.result()) for heap in heaps) == len(claims)
    house.audit()
    assert sum(house.shares(claim)["fund"] for claim in claims) == 400_000_000
