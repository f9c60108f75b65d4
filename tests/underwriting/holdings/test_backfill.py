"""Policies that were bound before accumulations were kept count from the first day."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from alembic import command
from insurer import MILLION, OBLIGOR, TODAY, YUAN
from sqlalchemy import BigInteger, Date, Engine, Integer, MetaData

from kernel.db.engine import make_engine, read
from kernel.db.revisions import alembic_config, upgrade
from kernel.db.row import new_id
from underwriting.holdings.exposed import exposures_of
from underwriting.holdings.store import kept_of_policy, of_policy
from underwriting.portfolio.keys import Dimension, Key

BEFORE = "4a10c0de0002"
RIGHTS = [
    {"owner": "示范机械有限公司", "number": "ZL1"},
    {"owner": "示范机械有限公司", "number": "ZL2"},
]


@pytest.fixture
def old(empty_url: str) -> Iterator[tuple[Engine, str, str]]:
    """A database of the step before, with one policy; the ids of policy and bank."""
    command.upgrade(alembic_config(empty_url), BEFORE)
    engine = make_engine(empty_url)
    bank, quote, policy = new_id("pt"), new_id("qt"), new_id("po")
    receipt = json.dumps({"inputs": {"risk": {"rights": RIGHTS}}})
    shared = {"client_id": bank, "borrower_register_id": OBLIGOR.name, "currency": "CNY"}
    insert(engine, "party", id=bank, kind="bank")
    insert(engine, "quote", id=quote, receipt=receipt, loan_minor=1, **shared)
    insert(
        engine, "policy", id=policy, quote_id=quote, product="pledge_guarantee",
        sum_insured_minor=3 * MILLION, premium_minor=60_000 * YUAN, paid_minor=0,
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), **shared,
    )  # fmt: skip
    upgrade(empty_url)
    yield engine, policy, bank
    engine.dispose()


def insert(engine: Engine, name: str, **given: Any) -> None:
    """A row of an older shape: what a column needs and is not given is filled by its type."""
    kept = MetaData()
    kept.reflect(engine, only=[name], resolve_fks=False)
    table = kept.tables[name]
    filled = {
        column.name: TODAY if isinstance(column.type, Date)
        else 1 if isinstance(column.type, BigInteger | Integer)
        else "{}"
        for column in table.columns
        if not column.nullable
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(table.insert().values(**(filled | given)))


def test_an_old_policy_counts_whole_under_its_obligor_its_bank_and_its_rights(
    old: tuple[Engine, str, str],
) -> None:
    engine, policy, bank = old
    keys = [
        OBLIGOR,
        Key(Dimension.GROUP, OBLIGOR.name),
        Key(Dimension.BANK, bank),
        Key(Dimension.RIGHT_HOLDER, "示范机械有限公司"),
        Key(Dimension.FAMILY, "ZL1"),
        Key(Dimension.FAMILY, "ZL2"),
    ]
    found = read(engine, lambda s: exposures_of(s, keys, "CNY", TODAY))
    for key in keys:
        assert found.at(key) == (3 * MILLION, 1, {"pledge_guarantee": 3 * MILLION})
    assert len(read(engine, lambda s: of_policy(s, policy))) == len(keys)
    assert read(engine, lambda s: kept_of_policy(s, policy)) == (3 * MILLION, 60_000 * YUAN)


def test_the_step_is_taken_back_and_taken_again(old: tuple[Engine, str, str]) -> None:
    engine, policy, _ = old
    before = read(engine, lambda s: [row.id for row in of_policy(s, policy)])
    url = engine.url.render_as_string(hide_password=False)
    command.downgrade(alembic_config(url), BEFORE)
    upgrade(url)
    assert read(engine, lambda s: [row.id for row in of_policy(s, policy)]) == before
