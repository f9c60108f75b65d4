"""The life of claims, at random, through the real acts and through a model beside them.

After each step every account, state, deadline, call, pool and year is the same in both, and the
house audits its books. `ZHIBAO_MODEL_STEPS=20000 pytest tests/claims/model` is the long run: so
many steps in all on each database.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from builders import (
    House,
    a_house,
)
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)
from model_life import Life
from model_schemes import furnish

from kernel.db.engine import make_engine

STEPS = int(os.environ.get("ZHIBAO_MODEL_STEPS", "200"))
EACH = 20 if STEPS <= 500 else 50


def run(fresh: Callable[[], Any], sold: dict[str, tuple[str, ...]]) -> None:
    """Live lives of `EACH` steps until there were `STEPS`."""
    machine = type("Lived", (Life,), {"fresh": staticmethod(fresh), "sold": sold, "lived": 0})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=STEPS // EACH,
            stateful_step_count=EACH,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to shrink takes longer than to read the steps
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_sqlite_lives_as_the_model_does(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    engine = make_engine(sqlite_url)
    house = a_house(engine)
    sold = furnish(house, tmp_path)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()

    @contextmanager
    def fresh() -> Iterator[House]:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(path, Path(folder) / "life.db")
            own = make_engine(f"sqlite:///{folder}/life.db")
            try:
                yield House(own, house.client_id, house.firm_id)
            finally:
                own.dispose()

    run(fresh, sold)


@pytest.mark.slow
def test_postgresql_lives_as_the_model_does(
    postgres_server: Any, postgresql_url: str, tmp_path: Path
) -> None:
    engine = make_engine(postgresql_url)
    house = a_house(engine)
    sold = furnish(house, tmp_path)
    engine.dispose()
    template, numbers = postgresql_url.split("?", maxsplit=1)[0].rsplit("/", 1)[1], count(1)

    @contextmanager
    def fresh() -> Iterator[House]:
        name = f"life_{next(numbers)}"
        with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        own = make_engine(postgres_server.get_uri(name))
        try:
            yield House(own, house.client_id, house.firm_id)
        finally:
            own.dispose()
            with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    run(fresh, sold)
