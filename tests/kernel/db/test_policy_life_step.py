"""The step to policy life: policies in the books get their issue, sealed as acts seal it."""

from collections.abc import Iterator

import pytest
from alembic import command
from builders import House, a_desk, a_risk, cny
from sqlalchemy import Engine, text

from kernel.db.engine import make_engine, read, transact
from kernel.db.revisions import alembic_config
from underwriting.cancel import Cancellation, cancel
from underwriting.history.audit import verify_history
from underwriting.history.store import history
from underwriting.rules.history_step import Statement

BEFORE = "4a10c0de0001"


@pytest.fixture
def later(engine: Engine) -> Iterator[Engine]:
    """The same database, opened again after a step."""
    again = make_engine(_url(engine))
    yield again
    again.dispose()


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _down_and_up(engine: Engine) -> None:
    engine.dispose()
    command.downgrade(alembic_config(_url(engine)), BEFORE)
    command.upgrade(alembic_config(_url(engine)), "head")


def test_a_policy_in_the_books_gets_its_issue(house: House, engine: Engine, later: Engine) -> None:
    subsidy = {"payer": "示范市财政局", "share": "1/2", "cap": cny("5000.00")}
    policy = house.policy(a_risk(subsidy=subsidy))
    _down_and_up(engine)
    assert read(later, verify_history) == ()
    (row,) = read(later, lambda s: history(s, policy.id)).rows
    assert (row.kind, row.premium_minor, row.subsidy_minor) == (
        "issue",
        policy.premium_minor,
        500_000,
    )
    assert row.delta_tax_minor == -house.balances()["tax_payable"]
    said = Statement("示范银行", policy.starts_on, "LETTER-1")
    asked = Cancellation(policy.starts_on, "loan_repaid", "repaid", said)
    assert transact(later, lambda s: cancel(s, policy.id, asked, desk=a_desk())).committed
    assert read(later, verify_history) == ()


def test_what_was_done_since_is_not_thrown_away(
    house: House, engine: Engine, later: Engine
) -> None:
    policy = house.policy()
    _down_and_up(engine)
    said = Statement("示范银行", policy.starts_on, "LETTER-1")
    asked = Cancellation(policy.starts_on, "loan_repaid", "repaid", said)
    transact(later, lambda s: cancel(s, policy.id, asked, desk=a_desk()))
    with pytest.raises(AssertionError, match="not thrown away"):
        command.downgrade(alembic_config(_url(engine)), BEFORE)
    with later.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM policy_transaction")) == 2
