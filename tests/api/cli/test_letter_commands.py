"""`zhibao letter`: a letter issued and used by commands, and its file verified."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from letter_stated import STATED, a_letter_risk
from typer.testing import CliRunner

from api.cli.desk_work import open_counter
from api.cli.letter import letter
from api.cli.who import Who
from api.letter_acts import ACTS
from kernel.clock import FixedClock
from kernel.settings import Settings
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.guarantees import store
from underwriting.products import product
from underwriting.quote import quote
from underwriting.register import register_party
from underwriting.standards.iso import tsrv001
from underwriting.standards.mt import mt760, read_mt, terms_read
from underwriting.store import PolicyRow

TODAY = "2025-03-10"


@pytest.fixture
def environment(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The commands work on a database of their own, on the first usable day."""
    monkeypatch.setenv("ZHIBAO_DATABASE_URL", sqlite_url)
    clock = FixedClock(datetime(2025, 3, 10, 2, tzinfo=UTC))
    monkeypatch.setattr("api.cli.desk_work.SystemClock", lambda: clock)
    return Settings(database_url=sqlite_url)


def run(*words: str, sent: Mapping[str, Any] | None = None, code: int = 0) -> Any:
    """Run one command, its form on standard input; return what it printed."""
    done = CliRunner().invoke(letter, list(words), input=json.dumps(sent) if sent else None)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if done.stdout else done.stderr


def bound(settings: Settings) -> PolicyRow:
    """A bound customs guarantee."""
    counter = open_counter(settings, Who("clerk", "chief"))
    form = product("customs_guarantee").risk
    risk = form.model_validate(a_letter_risk(), strict=False)
    name, number = "示范电子有限公司", "91510100FIRM000001"
    firm = counter.do(lambda s, desk: register_party(s, "firm", name, number, desk=desk))
    row = counter.do(lambda s, desk: quote(s, firm.id, risk, desk=desk))
    if row.state == "referred":
        second = open_counter(settings, Who("second", "chief"))
        second.do(lambda s, desk: approve(s, row.id, "looked into", desk=desk))
    return counter.do(lambda s, desk: bind(s, row.id, desk=desk))


def test_a_letter_is_issued_and_verified_by_commands(environment: Settings, tmp_path: Path) -> None:
    policy = bound(environment)
    form = {"policy_id": policy.id, "letter": STATED}
    assert run("preview", "-", sent=form)["refusals"] == []
    drafted = run("draft", "-", "--as", "first", sent=form)
    number = drafted["number"]
    refused = run("approve", number, "--reason", "mine", "--as", "first", code=1)
    assert "you drafted this yourself" in refused
    run("approve", number, "--reason", "in order", "--as", "second", "--authority", "chief")
    back = run("send-back", number, "--reason", "the seat has moved", "--as", "second")
    assert back["state"] == "draft"
    run("approve", number, "--reason", "in order", "--as", "second", "--authority", "chief")
    assert run("sign", number)["state"] == "signed"
    (written,) = run("files", number, "--out", str(tmp_path))
    paper = tmp_path / written["file"]
    assert run("verify", str(paper), "--json", code=1)["accepted"] is False
    run("send", number)
    assert run("verify", str(paper))["accepted"] is True
    paper.write_bytes(paper.read_bytes() + b"x")
    said = run("verify", str(paper), code=1)
    assert [one["code"] for one in said["tests"] if not one["passed"]]
    run("accept", number, "-", sent={"record_no": "GRN1", "on": TODAY})
    use = {"declaration": "D1", "district": "7901", "on": TODAY}
    use["amount"] = {"amount": "260000.00", "currency": "CNY"}
    run("reserve", number, "-", sent=use)
    assert [one["event"] for one in run("usage", number)] == ["reserve"]
    run("tax-paid", number, "-", sent=use)
    run(
        "release",
        number,
        "-",
        sent={"grounds_zh": "结清", "grounds_en": "all paid", "released_by": "C-9"},
    )
    found = run("show", number)["letter"]
    assert (found["state"], found["acts"]) == ("released", [])


def test_a_preview_that_refuses_leaves_with_one(environment: Settings) -> None:
    form = {"policy_id": bound(environment).id, "letter": STATED}
    assert run("preview", "-", sent=form)["refusals"] == []
    wrong = {**STATED, "pledges": [], "place_en": "成都"}
    refused = run("preview", "-", sent={**form, "letter": wrong}, code=1)
    codes = {one["code"] for one in refused["refusals"]}
    assert {"pledge-not-registered", "english-character"} <= codes, "all at once, as JSON"
    assert refused["terms"]["amount"]["currency"] == "CNY"


def test_an_edition_is_written_as_a_message(environment: Settings) -> None:
    form = {"policy_id": bound(environment).id, "letter": STATED}
    drafted = run("draft", "-", "--as", "first", sent=form)
    number = drafted["number"]
    terms = open_counter(environment, Who()).see(
        lambda session, _: store.terms_of(store.version(session, drafted["id"], 1))
    )
    for kind, text in (("mt760", mt760(terms)), ("tsrv.001", tsrv001(terms).decode())):
        plain = CliRunner().invoke(letter, ["message", number, "--kind", kind])
        assert (plain.exit_code, plain.stdout_bytes.decode()) == (0, text)
        said = run("message", number, "--kind", kind, "--edition", "1", "--json")
        assert said == {"letter": number, "edition": 1, "kind": kind, "text": text}
    own = terms_read(read_mt(mt760(terms)))
    assert (own["number"], own["amount"]["minor"]) == (number, terms.amount.minor)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("X", "--kind", "mt999"), "use one of mt760, tsrv.001"),
        (("X", "--kind", "mt760"), "letter"),
    ],
)
def test_a_message_of_nothing_is_refused(
    environment: Settings, words: tuple[str, ...], said: str
) -> None:
    refused = run("message", *words, code=1)
    assert refused.startswith("zhibao: ")
    assert said in refused


def test_an_edition_that_is_not_there_is_refused(environment: Settings) -> None:
    form = {"policy_id": bound(environment).id, "letter": STATED}
    number = run("draft", "-", sent=form)["number"]
    assert "edition" in run("message", number, "--kind", "mt760", "--edition", "2", code=1)
    run("message", number, "--kind", "mt760", "--edition", "0", code=2)


@pytest.mark.parametrize("name", ["nothing.pdf", "."])
def test_what_is_no_file_is_one_clear_line(environment: Settings, name: str) -> None:
    said = run("verify", name, code=1)
    assert said.startswith("zhibao: ")
    assert "Traceback" not in said


def test_a_stranger_is_not_accepted(environment: Settings, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")
    done = CliRunner().invoke(letter, ["verify", str(file)])
    assert done.exit_code == 1
    assert "FAILED" in done.stderr
    assert json.loads(done.stdout)["accepted"] is False


def test_every_act_has_its_command() -> None:
    names = {command.name or command.callback.__name__ for command in letter.registered_commands}
    assert {act.replace("_", "-") for act in ACTS} <= {one.replace("_", "-") for one in names}
