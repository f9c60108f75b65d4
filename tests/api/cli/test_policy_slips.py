"""`zhibao policy`: what is refused names its field and its cure, and leaves nothing behind."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import a_desk, means_of_every_quarter, risk_json
from typer.testing import CliRunner

from api.cli import desk_work
from api.cli.desk_work import run_approve, run_bind, run_quote
from api.cli.policy import policy as commands
from api.cli.who import Who
from kernel.clock import FixedClock
from kernel.db.engine import make_engine, transact
from kernel.settings import Settings
from underwriting.register import register_party

BANK = "91440000BANK000001"
CLOCK = FixedClock(datetime(2025, 3, 3, 2, tzinfo=UTC))
SAID = {"by": "示范银行", "on": "2025-09-10", "reference": "LETTER-1"}
END = {"effective_on": "2025-09-10", "ground": "loan_repaid", "reason": "repaid early"}


@pytest.fixture
def number(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A policy bound on 3 March 2025; today it is 10 September."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    CLOCK.instant = datetime(2025, 3, 3, 2, tzinfo=UTC)
    engine = make_engine(sqlite_url)
    transact(engine, lambda s: register_party(s, "bank", "示范银行", BANK, desk=a_desk()))
    transact(engine, means_of_every_quarter)
    here = Settings(database_url=sqlite_url)
    quoted = run_quote(written({"risk": risk_json()}), BANK, here, Who("first"))
    if quoted["state"] == "referred":
        run_approve(quoted["number"], "looked into", here, Who("second", "chief"))
    bound = run_bind(quoted["number"], here, Who("first"))
    CLOCK.instant = datetime(2025, 9, 10, 2, tzinfo=UTC)
    yield str(bound["number"])
    engine.dispose()


def written(sent: Any) -> str:
    Path("sent.json").write_text(json.dumps(sent), encoding="utf-8")
    return "sent.json"


def said(*arguments: str) -> Any:
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(commands, arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize(
    ("verb", "sent", "words"),
    [
        ("cancel", END, ["consent", "record who consents"]),
        ("cancel", {**END, "ground": "whim", "consent": SAID}, ["ground", "policyholder_request"]),
        ("cancel", {**END, "effective_on": "2025-11-10", "consent": SAID}, ["2025-11-09"]),
        ("cancel", {**END, "effective_on": "2025-02-29"}, ["effective_on"]),
        ("cancel", {**END, "refund": "all"}, ["refund"]),
        ("reinstate", {"reason": "a mistake"}, ["no_loss"]),
        ("reinstate", {"reason": "a mistake", "no_loss": SAID}, ["only a cancelled policy"]),
        ("change", {"reason": "none", "effective_on": "2025-09-10"}, ["one of the two"]),
        ("renew", {"reason": "goes on", "quote_id": "x", "principal": "perhaps"}, ["principal"]),
    ],
)
def test_a_refusal_names_its_field_and_writes_nothing(
    number: str, verb: str, sent: dict[str, Any], words: list[str]
) -> None:
    before = (said("show", number), said("transactions", number))
    for preview in ((), ("--preview",)):
        told = refused(verb, number, written(sent), *preview)
        assert all(word in told for word in words), told
    assert (said("show", number), said("transactions", number)) == before


def test_a_preview_promises_what_is_done_and_each_clock_keeps_its_word(number: str) -> None:
    file = written({**END, "consent": SAID})
    foreseen = said("cancel", number, file, "--preview")
    assert [one["kind"] for one in said("transactions", number)] == ["issue"]
    done = said("cancel", number, file)
    assert done["premium"] == foreseen["premium"]
    assert done["after"]["status"] == "cancelled"
    stood = ("state", number, "--valid-on", "2025-09-10")
    earlier = said(*stood, "--known-at", "2025-09-10T09:59:59+08:00")
    at_ten = said(*stood, "--known-at", "2025-09-10T10:00:00+08:00")
    assert (earlier["status"], at_ten["status"]) == ("in_force", "cancelled")
    assert said("state", number)["status"] == "cancelled", "today, without a day"
    assert "is cancelled from 2025-09-10" in refused("cancel", number, file)


def test_a_policy_goes_by_its_id_as_by_its_number(number: str) -> None:
    shown = said("show", number)
    assert said("show", shown["id"]) == shown
    (issue,) = said("transactions", shown["id"])
    late = refused("reverse", shown["id"], issue["id"], "--reason", "in error")
    assert "could be undone until 2025-03-18" in late  # fifteen days after 3 March
    assert "change or cancel instead" in late
