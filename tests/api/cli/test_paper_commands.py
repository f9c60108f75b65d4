"""`zhibao paper` and `zhibao explained`: papers and explanations at the command line, no HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import a_desk, means_of_every_quarter, risk_json

from api.cli import desk_work
from api.cli.desk_work import run_bind, run_quote
from api.cli.paper import run_explained, run_paper
from api.cli.who import Who
from documents.printed import stated_of
from documents.stated import read_stated
from kernel.clock import FixedClock
from kernel.db.engine import make_engine, transact
from kernel.errors import Refusal
from kernel.settings import Settings
from underwriting.register import register_party

BANK = "91440000BANK000001"
CLOCK = FixedClock(datetime(2025, 3, 3, 2, tzinfo=UTC))
WHO = Who("first", "chief")


@pytest.fixture
def here(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Settings]:
    """A house with a bank, in a folder of its own, on 3 March 2025."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk_work, "SystemClock", lambda: CLOCK)
    engine = make_engine(sqlite_url)
    transact(engine, lambda s: register_party(s, "bank", "示范银行", BANK, desk=a_desk()))
    transact(engine, means_of_every_quarter)
    yield Settings(database_url=sqlite_url)
    engine.dispose()


def written(name: str, sent: Any) -> str:
    Path(name).write_text(json.dumps(sent), encoding="utf-8")
    return name


def quoted(here: Settings) -> str:
    row = run_quote(written("risk.json", {"risk": risk_json()}), BANK, here, WHO)
    return str(row["number"])


def test_a_paper_is_issued_once_and_written_as_a_pdf(here: Settings) -> None:
    number = quoted(here)
    first = run_paper("proposal", number, Path("proposal.pdf"), here, WHO)
    assert first["file"] == "proposal.pdf"
    form = read_stated(stated_of(Path("proposal.pdf").read_bytes()))
    assert form.number == first["number"] == f"{number}-P"
    again = run_paper("proposal", number, None, here, WHO)
    assert again["id"] == first["id"]
    assert "file" not in again


def test_a_policy_is_found_by_its_number(here: Settings) -> None:
    policy = run_bind(quoted(here), here, WHO)
    for name in (policy["id"], policy["number"]):
        paper = run_paper("cover_note", name, None, here, WHO)
        assert paper["subject_id"] == policy["id"]


def test_what_must_be_explained_is_said_and_recorded(here: Settings) -> None:
    number = quoted(here)
    asked = run_explained(number, None, here, WHO)
    assert [one["code"] for one in asked["findings"]] == ["exemptions-not-explained"]
    sent = {
        "wording_sha256": asked["wording_sha256"], "way": "in_person",
        "at": "2025-03-03T10:00:00+08:00", "explained_by": "柜员", "acknowledged_by": "经办人",
        "proof": "SIGNED-1",
    }  # fmt: skip
    done = run_explained(number, written("explained.json", sent), here, WHO)
    assert done["findings"] == []
    assert done["items"][0]["way"] == "当面 in person"
    assert run_explained(number, None, here, WHO) == done


@pytest.mark.parametrize("kind", ["settlement", "bordereau", ""])
def test_a_kind_that_is_none_is_named(here: Settings, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        run_paper(kind, "QT-1", None, here, WHO)
    assert "subrogation_assignment" in refused.value.faults[0].cure


@pytest.mark.parametrize(
    ("kind", "code"),
    [("proposal", "no-such-quote"), ("cover_note", "no-such-policy"),
     ("decision_letter", "no-such-claim")],
)  # fmt: skip
def test_a_name_that_is_none_is_refused(here: Settings, kind: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        run_paper(kind, "none", None, here, WHO)
    assert refused.value.code == code


def test_a_folder_that_is_not_there_is_named(here: Settings) -> None:
    with pytest.raises(Refusal, match="cannot be written") as refused:
        run_paper("proposal", quoted(here), Path("nowhere/proposal.pdf"), here, WHO)
    assert refused.value.faults[0].field == "out"
