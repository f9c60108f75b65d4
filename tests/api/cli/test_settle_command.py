"""`zhibao claim settle`: many claims in one act; one that cannot be settled holds up no other."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import House, a_house, a_risk
from typer.testing import CliRunner

from api.cli import desk_work, settle_work
from api.cli.main import app
from kernel.clock import FixedClock
from kernel.db.engine import make_engine

CLOCK = FixedClock(datetime(2026, 7, 1, 2, tzinfo=UTC))


@pytest.fixture
def house(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[House]:
    """A house of which the commands are; today is 1 July 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    engine = make_engine(sqlite_url)
    yield a_house(engine)
    engine.dispose()


def accepted(house: House, number: int) -> list[Any]:
    """Claims on loans of as many borrowers."""
    risks = [a_risk(borrower={"register_id": f"9144200{n:011}"}) for n in range(number)]
    return [house.accepted(house.policy(risk)) for risk in risks]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["claim", "settle", *arguments])


def test_all_that_are_due_are_settled_in_heaps(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle_work, "HEAP", 2)
    claims = accepted(house, 3)
    open_ = house.claim(house.policy())
    done = run("--due")
    assert done.exit_code == 0, done.stderr
    assert {one["claim_id"] for one in json.loads(done.stdout)} == {one.id for one in claims}
    assert "3/3" in done.stderr
    assert house.read(lambda s: s.get(type(open_), open_.id)).state == "notified"
    again = run("--due")
    assert (again.exit_code, json.loads(again.stdout)) == (0, [])


def test_one_that_cannot_be_settled_is_named_and_the_others_are(house: House) -> None:
    one, two = accepted(house, 2)
    open_ = house.claim(house.policy())
    done = run(one.number, open_.number, two.id, two.number)
    assert done.exit_code == 1
    assert [row["claim_id"] for row in json.loads(done.stdout)] == [one.id, two.id]
    assert f"zhibao: {open_.id}.state: " in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--due", "CL-1"), ("CL-1",), ("--due", "--as", " ")])
def test_what_is_not_clear_is_refused_and_nothing_is_settled(
    house: House, arguments: tuple[str, ...]
) -> None:
    (claim,) = accepted(house, 1)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "zhibao: " in done.stderr
    assert house.read(lambda s: s.get(type(claim), claim.id)).state == "accepted"
