"""The step to demands of a day: claims of demands in the books get their key."""

import json
from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Date, Integer, MetaData, Table, text
from sqlalchemy.exc import IntegrityError

from kernel.db.engine import make_engine
from kernel.db.revisions import alembic_config

BEFORE, AFTER = "4a10c0de0017", "4a10c0de0018"
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


def _claim(connection: Connection, number: int, file: dict[str, Any], **more: Any) -> None:
    known = {"id": f"cl_{number}", "number": f"CL-{number}", "policy_id": "po_1"}
    _write(connection, "claim", client_id="pt_1", file=json.dumps(file), **known, **more)


def test_demands_in_the_books_get_their_key_and_two_of_a_day_stand_side_by_side(
    empty_url: str,
) -> None:
    command.upgrade(alembic_config(empty_url), BEFORE)
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        _write(connection, "party", id="pt_1")
        _write(connection, "quote", id="qt_1", client_id="pt_1", premium_minor=1, loan_minor=1)
        of = {"quote_id": "qt_1", "client_id": "pt_1", "sum_insured_minor": 900}
        _write(connection, "policy", id="po_1", contract="{}", **of)
        _claim(connection, 1, {"demand": {"letter": "GL-1", "reference": "C1"}})
        _claim(connection, 2, {}, default_date=date(2026, 3, 12))
    command.upgrade(alembic_config(empty_url), AFTER)
    with engine.begin() as connection:
        keys = connection.execute(text("SELECT id, event_key FROM claim ORDER BY id"))
        assert [tuple(row) for row in keys] == [("cl_1", "GL-1/C1"), ("cl_2", "")]
        _claim(connection, 3, {}, event_key="GL-1/C2")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        _claim(connection, 4, {}, event_key="GL-1/C2")
    with pytest.raises(AssertionError, match="several demands"):
        command.downgrade(alembic_config(empty_url), BEFORE)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM claim WHERE id = 'cl_3'"))
    command.downgrade(alembic_config(empty_url), BEFORE)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        _claim(connection, 5, {})
    engine.dispose()
