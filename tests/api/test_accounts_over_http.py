"""A bank states its borrower's accounts: scored, refused by name, kept, replayed."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from builders import ILL, SOUND
from callers import Caller, Counter, a_proposal, open_counter
from fastapi.testclient import TestClient

from api.app import create_app
from kernel.db.engine import make_engine
from kernel.db.engine import read as read_from
from kernel.errors import Invalid
from kernel.settings import Settings
from models.shelf import in_force, open_shelf, shelf
from underwriting.audit import verify_quotes


def sent(accounts: Mapping[str, Any] | None = None, grade: str = "BBB") -> dict[str, Any]:
    return {"risk": a_proposal(borrower={"accounts": accounts, "grade": grade})}


def premium(receipt: Mapping[str, Any]) -> float:
    return float(receipt["premium"]["total"]["amount"])


@dataclass
class Office:
    """A bank before a house with settings of its own."""

    counter: Counter
    bank: Caller

    def preview(self, asked: Mapping[str, Any]) -> Any:
        return self.bank.post("/v1/quotes/preview", asked, key=None)

    def again(self, **settings: Any) -> "Office":
        """The same books and tokens, served with other settings."""
        app = create_app(Settings(**settings), engine=self.counter.engine, clock=self.counter.clock)
        client = TestClient(app, raise_server_exceptions=False)
        return Office(self.counter, Caller(client, self.bank.token, []))

    def replay(self, quote: Mapping[str, Any]) -> Any:
        return self.bank.get(f"/v1/quotes/{quote['id']}/replay")


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    engine = make_engine(sqlite_url)
    counter = open_counter(engine)
    counter.a_pool()
    yield Office(counter, counter.caller["bank"])
    open_shelf(None)
    engine.dispose()


def own_table(folder: Path) -> Path:
    """A house's folder in which the score prices and the grades challenge it."""
    champions = {row.purpose: row.champion for row in in_force().rows}
    score, grades = champions["borrower_score"], champions["borrower_default"]
    shutil.copytree(shelf() / score, folder / score)
    lines = []
    for purpose, champion in (champions | {"borrower_default": score}).items():
        lines.append(f'[[serves]]\npurpose = "{purpose}"\nproducts = ["pledge_guarantee"]')
        lines.append(f'champion = "{champion}"\nvalid_from = 2010-01-01')
        if purpose == "borrower_default":
            lines.append(f'challenger = "{grades}"')
    (folder / "in_force.toml").write_text("\n".join(lines) + "\n")
    return folder


def test_a_preview_carries_the_score_and_why(office: Office) -> None:
    good, bad, none = (office.preview(sent(accounts)) for accounts in (SOUND, ILL, None))
    assert none["loss"]["score"] is None
    low, high = good["loss"]["score"], bad["loss"]["score"]
    assert low["pd_1y"] < high["pd_1y"]
    for score in (low, high):
        assert score["interval_1y"][0] <= score["pd_1y"] <= score["interval_1y"][1]
        assert score["fit_id"] in good["fit_ids"]
        assert score["fit_id"] not in none["fit_ids"]
    assert all(reason["en"] and reason["zh"] for reason in high["reasons"]["up"])
    assert premium(good) == premium(bad) == premium(none)


def test_the_quote_of_a_preview_has_its_receipt_and_replays(office: Office) -> None:
    previewed = office.bank.ask("POST", "/v1/quotes/preview", sent(ILL), key=None)
    quote = office.bank.post("/v1/quotes", sent(ILL))
    kept = office.bank.ask("GET", f"/v1/quotes/{quote['id']}/receipt")
    assert kept.content == previewed.content
    assert office.replay(quote) == {
        "same": True,
        "sha256_stored": quote["receipt_sha256"],
        "sha256_now": quote["receipt_sha256"],
    }
    assert read_from(office.counter.engine, verify_quotes) == ()


@pytest.mark.parametrize("path", ["/v1/quotes/preview", "/v1/quotes"])
@pytest.mark.parametrize(
    ("change", "name", "problem"),
    [
        ({"liabilities_to_assets": 55.0}, "liabilities_to_assets", "out of range"),
        (
            {"receivable_days": {"value": 2.0, "unit": "months"}},
            "receivable_days",
            "is stated in 'months'",
        ),
        ({"shoe_size": 42.0}, "shoe_size", "is no feature"),
        ({"current_ratio": "high"}, "current_ratio", "is not a number"),
    ],
)
def test_a_wrong_account_is_named_with_its_cure(
    office: Office, path: str, change: dict[str, Any], name: str, problem: str
) -> None:
    refused = office.bank.ask("POST", path, sent({**SOUND, **change}))
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    (error,) = refused.json()["errors"]
    assert error["field"].endswith(f"borrower.accounts.{name}")
    assert problem in error["problem"]
    assert error["cure"]
    assert office.bank.get("/v1/quotes")["items"] == []


def test_every_wrong_account_is_named_at_once(office: Office) -> None:
    wrong = SOUND | {"current_ratio": "high", "quick_ratio": "low", "liabilities_to_assets": 55.0}
    refused = office.bank.ask("POST", "/v1/quotes/preview", sent(wrong), key=None)
    named = {error["field"].rsplit(".")[-1] for error in refused.json()["errors"]}
    assert named == {"current_ratio", "quick_ratio", "liabilities_to_assets"}


def test_own_counts_move_the_price_and_stay_with_the_quote(office: Office, tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("param,right,jurisdiction,events,exposure\ndefault_1y,BBB,CN,0,4000\n")
    own = office.again(own_counts=counts)
    published, moved = office.preview(sent(SOUND)), own.preview(sent(SOUND))
    assert premium(moved) < premium(published)
    assert set(moved["fit_ids"]) - set(published["fit_ids"])
    quote = own.bank.post("/v1/quotes", sent(SOUND))
    assert office.replay(quote)["same"], "replay reads the quote's own counts, not the settings"
    bad = tmp_path / "bad.csv"
    bad.write_text("param,right,jurisdiction,events,exposure\ndefault_1y,BBB,CN,400,4000\n")
    worse = own.again(own_counts=bad)
    assert premium(worse.preview(sent(SOUND))) > premium(moved)
    assert worse.replay(quote)["same"]


def test_a_house_that_lets_the_score_price_needs_accounts(office: Office, tmp_path: Path) -> None:
    by_grade = office.preview(sent(SOUND))
    early = office.bank.post("/v1/quotes", sent(SOUND))
    own = office.again(fits_dir=own_table(tmp_path))
    good, bad = (premium(own.preview(sent(accounts))) for accounts in (SOUND, ILL))
    assert good < premium(by_grade) < bad
    refused = own.bank.ask("POST", "/v1/quotes", sent(None))
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["field"] == "risk.borrower.accounts"
    assert "are missing" in error["problem"]
    assert error["cure"]
    late = own.bank.post("/v1/quotes", sent(ILL))
    open_shelf(None)
    assert office.replay(late)["same"], "the fits are frozen with the quote"
    assert own.replay(early)["same"]


def test_a_house_with_a_broken_fit_does_not_open(office: Office, tmp_path: Path) -> None:
    folder = own_table(tmp_path)
    (path,) = folder.glob("*/card.md")
    path.write_text("nothing")
    with pytest.raises(Invalid, match="is not what its figures say") as refused:
        office.again(fits_dir=folder)
    assert "zhibao card" in refused.value.faults[0].cure
    assert office.preview(sent(SOUND))["loss"]["score"]
