"""`zhibao claim timeline`: the story of a claim, as JSON or in words."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import a_house
from typer.testing import CliRunner

from api.cli import desk_work
from api.cli.main import app
from kernel.clock import FixedClock
from kernel.db.engine import make_engine

CLOCK = FixedClock(datetime(2026, 7, 1, 2, tzinfo=UTC))


@pytest.fixture
def number(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A claim that was settled on 1 June 2026; today it is 1 July."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    engine = make_engine(sqlite_url)
    house = a_house(engine)
    yield str(house.settled(house.policy()).number)
    engine.dispose()


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["claim", "timeline", *arguments])
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def test_it_says_the_same_as_json_and_in_words(number: str) -> None:
    said = json.loads(run(number, "--json"))
    words = run(number)
    assert words.startswith(f"{number} (已结算 settled), 2026-07-01\n")
    assert said["happened"][0]["kind"] == "notified"
    for one in said["happened"]:
        assert one["zh"] in words
        assert one["en"] in words
    assert words.count("\n> ") == len(said["open"]) > 0
    assert words.count(" late.\n") == sum(one["late"] for one in said["open"])


def test_a_claim_that_is_not_there_is_refused(number: str) -> None:
    done = CliRunner().invoke(app, ["claim", "timeline", f"{number}X"])
    assert done.exit_code == 1
    assert "claim" in done.stderr
