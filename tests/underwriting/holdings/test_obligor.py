"""A limit of authority is measured on all that the obligor has: it cannot be split."""

from datetime import timedelta
from typing import Any

import pytest
from builders import House, a_desk
from insurer import FAMILY, GROUP, MILLION, OBLIGOR, TODAY, policy_rows, quote_row
from sqlmodel import Session

from kernel.db.engine import read, transact
from kernel.money import Money
from underwriting.accumulate import Counted, accumulate
from underwriting.holdings.obligor import obligor_total, others_of
from underwriting.portfolio.keys import Dimension, Key

THIS = Money(MILLION, "CNY")
KEYS = (OBLIGOR, GROUP, FAMILY)


def in_force(session: Session, house: House, minor: int, *keys: Key, **changes: Any) -> None:
    (policy,) = policy_rows(session, house.client_id, 1, **changes)
    counted = Counted(minor=minor, retained=0, premium=0, ends_on=policy.ends_on)
    accumulate(session, policy, keys, counted, desk=a_desk())


def total(house: House, *keys: Key, but: str | None = None) -> int:
    return read(house.engine, lambda s: obligor_total(s, keys, THIS, TODAY, but=but)).minor


def offered(house: House, **changes: Any) -> str:
    row = quote_row(client_id=house.client_id, **({"state": "accepted"} | changes))
    id_ = row.id
    transact(house.engine, lambda s: s.add(row))
    return id_


def test_alone_it_is_what_is_asked(house: House) -> None:
    assert total(house, *KEYS) == MILLION


@pytest.mark.parametrize("state", ["accepted", "referred", "approved"])
def test_open_quotes_count(house: House, state: str) -> None:
    mine = offered(house, state=state)
    offered(house, state=state, sum_insured_minor=2 * MILLION)
    assert total(house, *KEYS) == 6 * MILLION
    assert total(house, *KEYS, but=mine) == 3 * MILLION, "this quote is not added to itself"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "bound"},
        {"state": "declined"},
        {"state": "withdrawn"},
        {"valid_until": TODAY - timedelta(days=1)},
        {"borrower_register_id": "91440000OTHER00001"},
        {"currency": "USD"},
    ],
)
def test_what_cannot_be_bound_for_this_obligor_does_not_count(
    house: House, changes: dict[str, Any]
) -> None:
    offered(house, **changes)
    assert total(house, *KEYS) == MILLION
    shown = read(house.engine, lambda s: others_of(s, OBLIGOR.name, TODAY))
    assert len(shown) == (1 if "currency" in changes else 0)


def test_affiliates_count_together(house: House) -> None:
    """Four firms of one group, a policy each: the group's sum is the limit's."""

    def act(session: Session) -> None:
        for number in range(4):
            firm = Key(Dimension.OBLIGOR, f"91440000FIRM{number:06}")
            in_force(session, house, 3 * MILLION, firm, GROUP)

    transact(house.engine, act)
    first = Key(Dimension.OBLIGOR, "91440000FIRM000000")
    assert total(house, first) == 4 * MILLION
    assert total(house, first, GROUP) == 13 * MILLION


def test_one_sum_in_parts_needs_what_the_whole_would(house: House) -> None:
    """The total before the last part is decided on is the same however the sum is cut."""
    transact(house.engine, lambda s: in_force(s, house, 5 * MILLION, OBLIGOR, FAMILY))
    offered(house, sum_insured_minor=4 * MILLION)
    assert total(house, OBLIGOR, FAMILY) == 10 * MILLION


def test_the_others_are_shown_with_what_they_are(house: House) -> None:
    transact(house.engine, lambda s: in_force(s, house, 5 * MILLION, OBLIGOR))
    this, other = offered(house), offered(house, sum_insured_minor=2 * MILLION)
    shown = read(house.engine, lambda s: others_of(s, OBLIGOR.name, TODAY, but=this))
    assert [(one.kind, one.sum_insured.minor) for one in shown] == [
        ("policy", 5 * MILLION),
        ("quote", 2 * MILLION),
    ]
    assert shown[1].id == other
    assert shown[0].json()["amount"] == "5000000.00"
    assert read(house.engine, lambda s: others_of(s, "91440000OTHER00001", TODAY)) == ()
