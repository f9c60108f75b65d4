"""The step to matters of a day: matters in the books get their key."""

import json
from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Date, Integer, MetaData, Table, text

from kernel.db.engine import make_engine
from kernel.db.revisions import alembic_config

BEFORE, AFTER = "4a10c0de0018", "4a10c0de0019"
DAY = date(2026, 3, 11)
LOSS, LIABILITY = "infringement_loss", "infringement_liability"


def _write(connection: Connection, name: str, **values: Any) -> None:
    """Write a row of a table as it is, what is not given being nought, empty or a day."""
    table = Table(name, MetaData(), autoload_with=connection)
    row = dict(values)
    for column in table.columns:
        if column.name not in row and not column.nullable:
            kinds = {Integer: 0, Date: DAY}
            row[column.name] = next((v for k, v in kinds.items() if isinstance(column.type, k)), "")
    connection.execute(table.insert().values(**row))


def _policy(connection: Connection, id_: str, product: str) -> None:
    quote = {"client_id": "pt_1", "premium_minor": 1, "loan_minor": 1, "number": f"Q-{id_}"}
    _write(connection, "quote", id=f"qt_{id_}", **quote)
    of = {"quote_id": f"qt_{id_}", "client_id": "pt_1", "sum_insured_minor": 900}
    _write(connection, "policy", id=id_, number=id_, contract="{}", product=product, **of)


def _claim(
    connection: Connection, number: int, policy: str, file: dict[str, Any], key: str
) -> None:
    known = {"id": f"cl_{number}", "number": f"CL-{number}", "policy_id": policy}
    _write(connection, "claim", client_id="pt_1", file=json.dumps(file), event_key=key, **known)


def _keys(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT id, event_key FROM claim ORDER BY id"))
    return {row[0]: row[1] for row in rows}


def test_matters_in_the_books_get_their_key_and_two_of_a_day_stand_side_by_side(
    empty_url: str,
) -> None:
    command.upgrade(alembic_config(empty_url), BEFORE)
    engine = make_engine(empty_url)
    loss, sued = {"right_number": "ZL1", "infringer": "x"}, {"counterparty": "y", "court": "DE"}
    with engine.begin() as connection:
        _write(connection, "party", id="pt_1")
        for id_, code in (("po_1", LOSS), ("po_2", LIABILITY), ("po_3", "customs_guarantee")):
            _policy(connection, id_, code)
        _claim(connection, 1, "po_1", loss, "")
        _claim(connection, 2, "po_2", sued, "")
        _claim(connection, 3, "po_3", {}, "GL-1/C1")
    command.upgrade(alembic_config(empty_url), AFTER)
    with engine.begin() as connection:
        assert _keys(connection) == {"cl_1": "ZL1/x", "cl_2": "y/DE", "cl_3": "GL-1/C1"}
        _claim(connection, 4, "po_1", {**loss, "infringer": "z"}, "ZL1/z")
    with pytest.raises(AssertionError, match="several matters"):
        command.downgrade(alembic_config(empty_url), BEFORE)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM claim WHERE id = 'cl_4'"))
    command.downgrade(alembic_config(empty_url), BEFORE)
    with engine.begin() as connection:
        assert _keys(connection) == {"cl_1": "", "cl_2": "", "cl_3": "GL-1/C1"}
    engine.dispose()
