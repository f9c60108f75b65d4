"""The step to claims of every kind: what was asked becomes items, a settlement is the first."""

import json
from datetime import date
from typing import Any

import pytest
from alembic import command
from builders import GOOD_CONDUCT, SETTLED, House, a_risk
from sqlalchemy import Connection, Date, Engine, Integer, MetaData, Table, text

from claims.assess import Assessment
from kernel.db.engine import make_engine
from kernel.db.revisions import alembic_config

BEFORE = "4a10c0de0007"
DAY = date(2026, 3, 11)


def _write(connection: Connection, name: str, **values: Any) -> None:
    """Write a row of a table as it is, what is not given being nought, empty or a day."""
    table = Table(name, MetaData(), autoload_with=connection)
    row = dict(values)
    for column in table.columns:
        if column.name not in row and not column.nullable:
            kinds = {Integer: 0, Date: DAY}
            row[column.name] = next((v for k, v in kinds.items() if isinstance(column.type, k)), "")
    connection.execute(table.insert().values(**row))


def _books_of_old(engine: Engine) -> None:
    with engine.begin() as connection:
        _write(connection, "party", id="pt_1")
        _write(connection, "quote", id="qt_1", client_id="pt_1", premium_minor=1, loan_minor=1)
        contract = json.dumps({"loan": {"contract": "L-1"}})
        policy = {"quote_id": "qt_1", "client_id": "pt_1", "borrower_register_id": "B"}
        _write(connection, "policy", id="po_1", contract=contract, sum_insured_minor=900, **policy)
        asked = {"asked": '{"interest":0,"principal":900}', "file": "{}", "number": "CL-1"}
        _write(connection, "claim", id="cl_1", policy_id="po_1", client_id="pt_1", **asked)
        _write(
            connection, "settlement", id="st_1", claim_id="cl_1", eligible_minor=900,
            paid_to_bank_minor=500,
        )  # fmt: skip


def test_claims_in_the_books_get_items_and_their_loan(empty_url: str) -> None:
    command.upgrade(alembic_config(empty_url), BEFORE)
    engine = make_engine(empty_url)
    _books_of_old(engine)
    command.upgrade(alembic_config(empty_url), "4a10c0de0008")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT loan FROM claim")) == "B:L-1"
        (item,) = connection.execute(text("SELECT line, amount_minor, reference FROM claim_item"))
        assert tuple(item) == ("principal", 900, "notice:principal")
        (row,) = connection.execute(
            text("SELECT sequence, purpose, counted_minor, paid_out_minor FROM settlement")
        )
        assert tuple(row) == (1, "final", 900, 500)
    engine.dispose()
    command.downgrade(alembic_config(empty_url), BEFORE)


def test_a_claim_settled_twice_stops_the_step_back(house: House, engine: Engine) -> None:
    claim = house.settled(house.policy(a_risk()))
    lower = Assessment(conduct=GOOD_CONDUCT, adjusted={"principal": (1_000, "repaid")})
    house.again(claim, lower, on=SETTLED)
    assert len(house.settlements(claim)) == 2
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    with pytest.raises(AssertionError):
        command.downgrade(alembic_config(url), BEFORE)
