"""`zhibao quote`, `approve`, `bind`, `policy`: a policy's life at the command line, no HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import a_desk, cny, means_of_every_quarter, risk_json
from typer.testing import CliRunner, Result

from api.cli import desk_work
from api.cli.desk_work import run_approve, run_bind, run_quote
from api.cli.policy import policy as commands
from api.cli.who import Who
from kernel.clock import FixedClock
from kernel.db.engine import make_engine, read, transact
from kernel.errors import Refusal
from kernel.settings import Settings
from underwriting import store
from underwriting.history.audit import verify_history
from underwriting.history.issue import record_issue
from underwriting.history.store import policy_named, quote_named, transactions
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.receipt import price
from underwriting.register import register_party

BANK = "91440000BANK000001"
CHIEF = Who("second", "chief")


@pytest.fixture
def here(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Settings]:
    """A house with a bank, in a folder of its own, on 3 March 2025."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    CLOCK.instant = datetime(2025, 3, 3, 2, tzinfo=UTC)
    engine = make_engine(sqlite_url)
    transact(engine, lambda s: register_party(s, "bank", "示范银行", BANK, desk=a_desk()))
    transact(engine, means_of_every_quarter)
    yield Settings(database_url=sqlite_url)
    engine.dispose()


CLOCK = FixedClock(datetime(2025, 3, 3, 2, tzinfo=UTC))


def written(name: str, sent: Any) -> str:
    Path(name).write_text(json.dumps(sent), encoding="utf-8")
    return name


def a_policy(here: Settings) -> str:
    """Quoted and bound at the command line; its number."""
    quoted = run_quote(written("risk.json", {"risk": risk_json()}), BANK, here, Who("first"))
    if quoted["state"] == "referred":
        run_approve(quoted["number"], "looked into", here, CHIEF)
    bound = run_bind(quoted["number"], here, Who("first"))
    transact(make_engine(here.database_url), lambda s: _issue(s, bound["id"]))
    return str(bound["number"])


def _issue(session: Any, policy_id: str) -> None:
    policy = store.policy(session, policy_id)
    if not transactions(session, policy_id):
        row = store.quote(session, policy.quote_id)
        priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
        record_issue(session, policy, priced, desk=a_desk())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def said(*arguments: str) -> Any:
    done = run(*arguments)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_policy_lives_at_the_command_line(here: Settings) -> None:
    number = a_policy(here)
    assert said("show", number)["number"] == number
    CLOCK.instant = datetime(2025, 9, 10, 2, tzinfo=UTC)
    asked = {
        "effective_on": "2025-09-10",
        "ground": "loan_repaid",
        "reason": "repaid early",
        "consent": {"by": "示范银行", "on": "2025-09-01", "reference": "LETTER-1"},
    }
    file = written("cancel.json", asked)
    foreseen = said("cancel", number, file, "--preview")
    done = said("cancel", number, file, "--as", "first")
    assert (foreseen["committed"], done["committed"]) == (False, True)
    assert foreseen["premium"] == done["premium"]
    back = {"reason": "a mistake", "no_loss": {**asked["consent"], "on": "2025-09-10"}}
    said("reinstate", number, written("back.json", back))
    rows = said("transactions", number)
    assert [row["kind"] for row in rows] == ["issue", "cancellation", "reinstatement"]
    assert rows[1]["actor"] == "first"
    undone = said("reverse", number, rows[2]["id"], "--reason", "entered in error")
    assert undone["after"]["status"] == "cancelled"
    state = said("state", number, "--valid-on", "2025-09-09")
    assert state["status"] == "in_force"
    known = said("state", number, "--known-at", "2025-09-09T02:00:00Z")
    assert known["status"] == "in_force"
    assert read(make_engine(here.database_url), verify_history) == ()


def test_a_change_and_a_renewal_wait_for_a_second_person(here: Settings) -> None:
    number = a_policy(here)
    CLOCK.instant = datetime(2025, 9, 10, 2, tzinfo=UTC)
    risk = risk_json(loan={"amount": cny("2400000.00")})
    asked = {"risk": risk, "effective_on": "2025-09-10", "reason": "partly repaid"}
    first = said("change", number, written("change.json", asked))
    assert first["decision"] == "referred"
    with pytest.raises(Refusal, match="own-quote"):
        run_approve(first["quote_id"], "my own", here, Who(authority="chief"))
    run_approve(first["quote_id"], "looked into", here, CHIEF)
    del asked["risk"]
    file = written("again.json", {**asked, "quote_id": first["quote_id"]})
    assert said("change", number, file)["committed"]
    CLOCK.instant = datetime(2026, 3, 2, 2, tzinfo=UTC)
    loan = {"drawdown": "2026-03-10", "refinancing": True, "amount": cny("2400000.00")}
    next_ = {
        "risk": risk_json(loan=loan, right={"appraised_on": "2026-01-20"}),
        "reason": "goes on",
        "principal": "still_owed",
    }
    seen = said("renew", number, written("renew.json", next_), "--preview")
    assert seen["after"]["valid_on"] == "2026-03-10"


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "PG-NONE"),
        ("cancel", "PG-NONE", "nothing.json"),
        ("state", "{number}", "--valid-on", "yesterday"),
        ("state", "{number}", "--known-at", "2025-09-09T02:00:00"),
        ("state", "{number}", "--known-at", "then"),
        ("reverse", "{number}", "tx_none", "--reason", " "),
        ("reverse", "{number}", "tx_none", "--reason", "in error"),
        ("reverse", "{number}", "tx_none", "--reason", "x", "--authority", "king"),
        ("reverse", "{number}", "tx_none", "--reason", "x", "--as", " "),
    ],
)
def test_a_slip_gives_one_clear_line(here: Settings, arguments: tuple[str, ...]) -> None:
    number = a_policy(here) if "{number}" in arguments else ""
    done = run(*(word.format(number=number) for word in arguments))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert all(line.startswith("zhibao: ") for line in done.stderr.splitlines())


def test_a_quote_needs_a_client_and_a_reason(here: Settings) -> None:
    file = written("risk.json", {"risk": risk_json()})
    with pytest.raises(Refusal, match="no-such-party"):
        run_quote(file, "NOBODY", here, Who())
    with pytest.raises(Refusal, match="reason"):
        run_approve("QT-NONE", "", here, CHIEF)
    engine = make_engine(here.database_url)
    for find in (policy_named, quote_named):
        with pytest.raises(Refusal, match="names no"):
            read(engine, lambda s, look=find: look(s, "NONE"))
