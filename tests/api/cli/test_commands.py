"""The command line as its users call it: a process, JSON out, one clear line on errors."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import risk_json

Run = Callable[..., subprocess.CompletedProcess[str]]

SPLIT = {
    "scheme": "zhongshan-2021",
    "loss": {"principal": "3000000.00"},
    "currency": "CNY",
    "loan": {"amount": "3000000.00", "ip_share": "1"},
    "balances": {"fund": "1000000.00"},
}


@pytest.fixture
def zhibao(tmp_path: Path) -> Run:
    """Run the command line in a folder of its own, with a clean environment."""

    def run(*arguments: str, text: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIBAO_")}
        return subprocess.run(
            [sys.executable, "-m", "api.cli.main", *arguments],
            input=text,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**kept, **extra},
            check=False,
        )

    return run


def said(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_split_reads_a_file_or_standard_input(zhibao: Run, tmp_path: Path) -> None:
    (tmp_path / "loss.json").write_text(json.dumps(SPLIT), encoding="utf-8")
    from_file = said(zhibao("split", "loss.json"))
    assert from_file == said(zhibao("split", "-", text=json.dumps(SPLIT)))
    assert from_file["uncovered"] == "620000.00"
    assert [share["paid"] for share in from_file["shares"]] == [
        "1000000.00",
        "780000.00",
        "480000.00",
        "120000.00",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "body"),
        ("[]", "body"),
        ('{"scheme": NaN}', "scheme"),
        (json.dumps({**SPLIT, "loss": {"principal": 3000000.0}}), "loss.principal"),
        (json.dumps({**SPLIT, "loss": {"principal": "１００"}}), "loss.principal"),
        (json.dumps({**SPLIT, "balances": {}}), "balances.fund"),
        (json.dumps({**SPLIT, "scheme": "nowhere"}), "scheme"),
        (json.dumps({**SPLIT, "currency": "XXX"}), "currency"),
        (json.dumps({**SPLIT, "extra": 1}), "extra"),
        (json.dumps({**SPLIT, "loan": {"amount": "3000000.00"}}), "loan.ip_share"),
    ],
)
def test_split_refuses_with_one_clear_line(zhibao: Run, text: str, named: str) -> None:
    done = zhibao("split", "-", text=text)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert any(line.startswith(f"zhibao: {named}") for line in lines), done.stderr
    assert all("; " in line for line in lines), "each line ends in a cure"


def test_split_takes_more_schemes_and_names_a_broken_line(zhibao: Run, tmp_path: Path) -> None:
    good = """code = "mine"
title = "t"
source = "s"
valid_from = 2026-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "uncovered"
recovery = "pro_rata"
[[layers]]
shares = { insurer = "1/3", bank = "2/3" }
"""
    (tmp_path / "mine.toml").write_text(good, encoding="utf-8")
    request = {"scheme": "mine", "loss": {"principal": "1.00"}, "currency": "CNY"}
    answer = said(zhibao("split", "-", "--schemes", ".", text=json.dumps(request)))
    assert [share["paid"] for share in answer["shares"]] == ["0.33", "0.67"]
    (tmp_path / "mine.toml").write_text(good.replace("2/3", "1/3"), encoding="utf-8")
    done = zhibao("split", "-", "--schemes", ".", text=json.dumps(request))
    assert done.returncode == 1
    assert "mine.toml line 11: layers[0].shares: sum to 2/3" in done.stderr


def test_a_file_that_is_not_there_is_named(zhibao: Run) -> None:
    done = zhibao("price", "nowhere.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("zhibao: nowhere.json: cannot be read")


def test_price_prints_the_receipt_and_saves_nothing(zhibao: Run, tmp_path: Path) -> None:
    a_proposal = risk_json(cover={"scheme": "zhongshan-2021", "issuer": "insurer"})
    body = {"risk": a_proposal, "balances": {"fund": "70000000.00"}, "on": "2026-03-02"}
    receipt = said(zhibao("price", "-", text=json.dumps(body)))
    total = receipt["premium"]["total"]["amount"]
    lines = sum(round(float(line["amount"]) * 100) for line in receipt["premium"]["lines"])
    assert lines == round(float(total) * 100)
    assert receipt["scheme"]["code"] == a_proposal["cover"]["scheme"]
    assert list(tmp_path.iterdir()) == []
    done = zhibao("price", "-", text=json.dumps({**body, "balances": {}}))
    assert done.stderr.startswith("zhibao: balances.fund: is missing")
    bad = {**a_proposal, "loan": {**a_proposal["loan"], "term_months": 0}}
    done = zhibao("price", "-", text=json.dumps({**body, "risk": bad}))
    assert done.stderr.startswith("zhibao: risk.loan.term_months: ")


def test_demo_on_one_case_prints_a_table_or_json(zhibao: Run, tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "docs" / "casebook" / "walk-kejielong.toml"
    cases = tmp_path / "cases"
    cases.mkdir()
    text = source.read_text(encoding="utf-8")
    (cases / source.name).write_text(text, encoding="utf-8")
    done = zhibao("demo", "--cases", "cases", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "1 of 1 cases came out as the casebook says." in done.stdout
    assert "walk-kejielong" in done.stdout
    assert (tmp_path / "out" / "walk-kejielong" / "settlement_statement.pdf").stat().st_size > 5000
    assert (tmp_path / "out" / "journal.csv").read_text(encoding="utf-8").count("\n") > 10
    answer = said(zhibao("demo", "--cases", "cases", "--out", "out", "--json"))
    assert answer["journal"]["balanced"] is True
    wrong = text.replace('insurer = "480000.00"', 'insurer = "480000.01"')
    (cases / source.name).write_text(wrong, encoding="utf-8")
    done = zhibao("demo", "--cases", "cases", "--out", "out")
    assert done.returncode == 1
    assert "expected" in done.stdout


def test_replay_and_verify_books_find_what_was_changed(zhibao: Run, tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "docs" / "casebook" / "walk-kejielong.toml"
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    assert zhibao("demo", "--cases", "cases", "--out", "out").returncode == 0
    file = tmp_path / "out" / "walk-kejielong" / "zhibao.db"
    url = {"ZHIBAO_DATABASE_URL": f"sqlite:///{file}"}
    base = sqlite3.connect(file)
    (number,) = base.execute("SELECT number FROM quote").fetchone()
    assert said(zhibao("replay", number, **url))["same"] is True
    assert said(zhibao("verify-books", **url))["clean"] is True
    assert zhibao("replay", "QT-0", **url).stderr.startswith("zhibao: quote_id: ")

    base.execute("UPDATE share SET paid_minor = paid_minor + 1 WHERE party = 'insurer'")
    base.execute("UPDATE pool SET drawn_minor = drawn_minor + 1")
    base.execute(
        "UPDATE quote SET receipt = replace(receipt, '\"term_months\":12', '\"term_months\":11')"
    )
    base.commit()
    base.close()
    done = zhibao("verify-books", **url)
    assert done.returncode == 1
    checked = json.loads(done.stdout)["checked"]
    assert {fault["problem"] for fault in checked["claims and pools"]} >= {
        "shares are not the eligible loss"
    }
    problems = [fault["problem"].partition(" (")[0] for fault in checked["quotes"]]
    assert problems[:2] == ["receipt is not what its digest says", "does not replay"]
    assert len(problems) == 3, "and the pool that is off its journal by a fen"
    assert problems[2].startswith("balance ")
    assert zhibao("replay", number, **url).returncode == 1


def test_database_and_tokens(zhibao: Run, tmp_path: Path) -> None:
    assert said(zhibao("db", "upgrade")) == {"upgraded": True}
    assert (tmp_path / "zhibao.db").exists()
    bank = ("--role", "bank", "--party", "示范银行", "--register-id", "BANK0001")
    made = said(zhibao("token", "issue", *bank))
    assert made["token"].startswith("zb_")
    again = said(zhibao("token", "issue", *bank))
    assert again["party_id"] == made["party_id"]
    assert again["token"] != made["token"]
    assert said(zhibao("token", "revoke", made["id"]))["revoked"] is True
    other = ("--role", "adjuster", "--party", "示范银行", "--register-id", "BANK0001")
    assert "zhibao: " in zhibao("token", "issue", *other).stderr
    assert zhibao("token", "issue", "--role", "king", *other[2:]).returncode == 1
    assert "one label, one person" in " ".join(zhibao("token", "issue", "--help").stdout.split())


def test_a_bad_setting_is_named(zhibao: Run) -> None:
    done = zhibao("verify-books", ZHIBAO_PORT="x", ZHIBAO_NO_SUCH="1")
    assert done.returncode == 1
    assert {line.split(":")[1].strip() for line in done.stderr.strip().splitlines()} == {
        "ZHIBAO_NO_SUCH",
        "ZHIBAO_PORT",
    }


def test_verify_books_refuses_a_database_without_its_schema(zhibao: Run) -> None:
    done = zhibao("verify-books")
    assert done.returncode == 1
    assert "zhibao db upgrade" in done.stderr
