"""The audit of what is held finds what was forgotten and what was bent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from builders import House, a_desk
from insurer import FAMILY, MILLION, OBLIGOR, TODAY, policy_rows
from sqlalchemy import text
from sqlmodel import Session

from kernel.db.engine import read, transact
from underwriting.accumulate import Counted, accumulate, release
from underwriting.holdings.audit import verify_holdings
from underwriting.tables import PolicyRow


def counted(minor: int) -> Counted:
    return Counted(minor=minor, retained=minor // 2, premium=0, ends_on=TODAY)


@pytest.fixture
def policy_id(house: House) -> str:
    def act(session: Session) -> str:
        (policy,) = policy_rows(session, house.client_id, 1)
        accumulate(session, policy, (OBLIGOR, FAMILY), counted(2 * MILLION), desk=a_desk())
        return policy.id

    return transact(house.engine, act)


def after(house: House, act: Callable[[Session], object]) -> list[str]:
    transact(house.engine, act)
    return [fault.field for fault in read(house.engine, verify_holdings)]


def test_a_counted_a_changed_and_a_released_policy_are_in_order(
    house: House, policy_id: str
) -> None:
    def change(session: Session) -> None:
        row = session.get(PolicyRow, policy_id)
        accumulate(session, row, (OBLIGOR,), counted(MILLION), desk=a_desk())

    def let_go(session: Session) -> None:
        row = session.get(PolicyRow, policy_id)
        release(session, row, TODAY - timedelta(days=1), 0, desk=a_desk())

    assert after(house, lambda _: None) == []
    assert after(house, change) == []
    assert after(house, let_go) == []


def test_a_forgotten_policy_is_found(house: House, policy_id: str) -> None:
    made: list[str] = []
    found = after(house, lambda s: made.extend(p.id for p in policy_rows(s, house.client_id, 1)))
    assert found == [f"accumulation.{id_}" for id_ in made]
    assert policy_id not in made


def test_a_bent_row_is_found(house: House, policy_id: str) -> None:
    bend = text("UPDATE accumulation SET retained_minor = 7 WHERE dimension = 'obligor'")
    assert after(house, lambda s: s.execute(bend)) == [f"accumulation.{policy_id}"]
