"""The life of claims, at random, through the real acts and through a model beside them.

After each step every account, state, deadline, call, pool and year is the same in both; where the
step wrote anything, every check of `verify-books` is run over the whole house.
`ZHIBAO_MODEL_STEPS=20000` makes the long run: so many steps in all on each database, in chunks with
seeds from `ZHIBAO_MODEL_SEED` on; what was done so far is printed after each (`pytest -s`).
"""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from builders import House, a_house
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from model_life import Life
from model_schemes import TERMS, furnish

from kernel.db.engine import make_engine
from underwriting import audit

STEPS = int(os.environ.get("ZHIBAO_MODEL_STEPS", "120"))
SEED = int(os.environ.get("ZHIBAO_MODEL_SEED", "1"))
EACH = 20 if STEPS <= 400 else 40
CHUNK = 400
MEMORY = "/dev/shm"

Fresh = Callable[[str], Any]
Sold = dict[str, tuple[House, tuple[str, ...]]]


def run(fresh: Fresh, name: str) -> None:
    """Live lives of `EACH` steps until there were `STEPS`, each chunk from a seed of its own."""
    done: Counter[str] = Counter()
    gc.freeze()  # what was imported stays
    machine = type("Lived", (Life,), {"fresh": staticmethod(fresh), "done": done})
    for number in count(SEED):
        left = STEPS - done["steps"]
        if left <= 0:
            break
        run_state_machine_as_test(
            seed(number)(machine),
            settings=settings(
                max_examples=-(-min(left, CHUNK) // EACH),
                stateful_step_count=EACH,
                deadline=None,
                database=None,
                phases=[Phase.generate],  # to shrink takes longer than to read the steps
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        print(f"{name}, seeds {SEED} to {number}: {dict(sorted(done.items()))}", flush=True)  # noqa: T201 - the record of a long run


@pytest.fixture(autouse=True)
def _priced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A price follows from the frozen inputs alone: each receipt is worked out once, not a step."""
    known: dict[str, str] = {}
    worked_out = audit.replay

    def replay(row: Any) -> str:
        if row.receipt not in known:
            known[row.receipt] = worked_out(row)
        return known[row.receipt]

    monkeypatch.setattr(audit, "replay", replay)


@contextmanager
def living(url: str, sold: Sold, code: str) -> Iterator[tuple[House, list[str]]]:
    """The house of a scheme on a database of its own."""
    house, policies = sold[code]
    engine = make_engine(url)
    try:
        yield House(engine, house.client_id, house.firm_id), list(policies)
    finally:
        engine.dispose()


def sell(url: str, folder: Path, code: str) -> tuple[House, tuple[str, ...]]:
    """A house that sold under one scheme, and its policies."""
    engine = make_engine(url)
    house = a_house(engine)
    policies = furnish(house, folder, code)
    if url.startswith("sqlite"):
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return house, policies


@pytest.mark.slow
def test_sqlite_lives_as_the_model_does(sqlite_url: str, tmp_path: Path) -> None:
    migrated, sold = sqlite_url.removeprefix("sqlite:///"), {}
    for code in TERMS:
        shutil.copy(migrated, tmp_path / f"{code}.db")
        sold[code] = sell(f"sqlite:///{tmp_path / code}.db", tmp_path, code)

    @contextmanager
    def fresh(code: str) -> Iterator[tuple[House, list[str]]]:
        with tempfile.TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as folder:
            shutil.copy(tmp_path / f"{code}.db", Path(folder) / "life.db")
            with living(f"sqlite:///{folder}/life.db", sold, code) as lived:
                yield lived

    run(fresh, "SQLite")


@pytest.mark.slow
def test_postgresql_lives_as_the_model_does(
    postgres_server: Any, postgresql_url: str, tmp_path: Path
) -> None:
    migrated, sold, numbers = (
        postgresql_url.split("?", maxsplit=1)[0].rsplit("/", 1)[1],
        {},
        count(1),
    )

    def ask(statement: str) -> None:
        with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    for code in TERMS:
        ask(f"CREATE DATABASE sold_{code} TEMPLATE {migrated}")
        sold[code] = sell(postgres_server.get_uri(f"sold_{code}"), tmp_path, code)

    @contextmanager
    def fresh(code: str) -> Iterator[tuple[House, list[str]]]:
        name = f"life_{next(numbers)}"
        ask(f"CREATE DATABASE {name} TEMPLATE sold_{code}")
        try:
            with living(postgres_server.get_uri(name), sold, code) as lived:
                yield lived
        finally:
            ask(f"DROP DATABASE {name} WITH (FORCE)")

    run(fresh, "PostgreSQL")
    for code in TERMS:
        ask(f"DROP DATABASE sold_{code} WITH (FORCE)")
