"""The step to calls as a dialogue: calls in the books keep their amounts and their payments."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from kernel.db.engine import make_engine
from kernel.db.revisions import alembic_config

BEFORE, STEP = "4a10c0de0008", "4a10c0de0009"
LIKE = {sa.Date: date(2026, 6, 1), sa.Boolean: False, sa.String: "x", sa.Integer: 1}
CHAIN: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("party", {"id": "pt_1", "kind": "bank"}),
    ("quote", {"id": "qt_1", "client_id": "pt_1"}),
    ("policy", {"id": "po_1", "client_id": "pt_1", "quote_id": "qt_1"}),
    ("claim", {"id": "cl_1", "client_id": "pt_1", "policy_id": "po_1"}),
    ("settlement", {"id": "st_1", "claim_id": "cl_1", "purpose": "final"}),
    ("call", {"id": "ca_1", "settlement_id": "st_1", "party": "fund", "amount_minor": 700,
              "state": "paid", "paid_on": date(2026, 6, 9)}),
    ("call", {"id": "ca_2", "settlement_id": "st_1", "party": "appraiser", "amount_minor": 50,
              "state": "raised"}),
)  # fmt: skip


def _fill(bind: sa.Connection, name: str, known: Mapping[str, Any]) -> None:
    """Write a row of a table as it is then, with something of its kind in each other column."""
    table = sa.Table(name, sa.MetaData(), autoload_with=bind, resolve_fks=False)
    row = {
        column.name: next(v for kind, v in LIKE.items() if isinstance(column.type, kind))
        for column in table.columns
        if not column.nullable
    }
    bind.execute(table.insert().values(row | dict(known)))


@pytest.fixture
def url(empty_sqlite_url: str) -> str:
    """A file as it was before the step, with two calls; what they hang on is made up."""
    command.upgrade(alembic_config(empty_sqlite_url), BEFORE)
    engine = make_engine(empty_sqlite_url)
    with engine.begin() as bind:
        bind.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        for name, known in CHAIN:
            _fill(bind, name, known)
    engine.dispose()
    return empty_sqlite_url


def _rows(url: str, query: str) -> list[tuple[Any, ...]]:
    engine = make_engine(url)
    with engine.connect() as bind:
        found = [tuple(row) for row in bind.exec_driver_sql(query)]
    engine.dispose()
    return found


def test_calls_in_the_books_go_up_and_down_unhurt(url: str) -> None:
    before = _rows(url, "SELECT id, party, amount_minor, state, paid_on FROM call ORDER BY id")
    command.upgrade(alembic_config(url), STEP)
    added = "claim_id, sequence, direction, paid_minor, disputed_minor, raised_on, raised_by"
    assert _rows(url, f"SELECT {added} FROM call ORDER BY id") == [
        ("cl_1", 1, "call", 700, 0, "2026-06-01", "not recorded"),
        ("cl_1", 2, "call", 0, 0, "2026-06-01", "not recorded"),
    ]
    paid = "SELECT id, call_id, claim_id, party, reference, value_date, amount_minor, held"
    assert _rows(url, f"{paid} FROM call_payment") == [
        ("cp_1", "ca_1", "cl_1", "fund", "paid:ca_1", "2026-06-09", 700, 0)
    ]
    command.downgrade(alembic_config(url), BEFORE)
    query = "SELECT id, party, amount_minor, state, paid_on FROM call ORDER BY id"
    assert _rows(url, query) == before


def test_what_was_said_since_is_not_thrown_away(url: str) -> None:
    command.upgrade(alembic_config(url), STEP)
    engine = make_engine(url)
    with engine.begin() as bind:
        _fill(bind, "call_answer", {"id": "cn_1", "call_id": "ca_1"})
    with pytest.raises(sa.exc.IntegrityError, match="only grows"), engine.begin() as bind:
        bind.exec_driver_sql("DELETE FROM call_answer")
    engine.dispose()
    with pytest.raises(AssertionError, match="call_answer has entries"):
        command.downgrade(alembic_config(url), BEFORE)
