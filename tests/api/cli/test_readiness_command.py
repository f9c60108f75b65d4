"""`zhibao policy readiness`: the answer of the API, as JSON or in words."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import a_house
from typer.testing import CliRunner

from api.cli import desk_work
from api.cli.policy import policy as commands
from kernel.clock import FixedClock
from kernel.db.engine import make_engine

CLOCK = FixedClock(datetime(2025, 12, 1, 2, tzinfo=UTC))


@pytest.fixture
def number(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A policy of a healthy loan; today it is 1 December 2025."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    engine = make_engine(sqlite_url)
    house = a_house(engine)
    yield str(house.policy().number)
    engine.dispose()


def run(*arguments: str) -> str:
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def test_it_says_the_same_as_json_and_in_words(number: str) -> None:
    said = json.loads(run("readiness", number, "--json"))
    assert said["as_of"] == "2025-12-01"
    words = run("readiness", number, "--as-of", "2025-12-01")
    assert f"would pay CNY {said['payable']['amount']}" in words
    assert words.startswith(f"{number}: default of 2025-12-01, payable from 2026-02-20")
    assert "papers missing: " in words
    assert words.count("\n? ") == len(said["questions"])
    for part in said["parts"]:
        assert f"{part['party']}: CNY {part['paid']['amount']}" in words


def test_what_stands_against_it_is_said_with_clause_and_cure(number: str) -> None:
    words = run("readiness", number, "--as-of", "2026-12-01")
    assert "would pay CNY 0.00" in words
    assert "- not-in-force [decline]" in words
    assert "(schedule: period of cover)" in words


def test_a_day_that_is_none_is_refused(number: str) -> None:
    done = CliRunner().invoke(commands, ["readiness", number, "--as-of", "tomorrow"])
    assert done.exit_code == 1
    assert "as-of" in done.stderr
    assert "2026-03-02" in done.stderr
