"""`zhibao frontier`, `ways`, `who-pays`, `diff` and `indicate`: files in, JSON out, no database."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from builders import SAMPLES, cny, risk_json
from click.testing import Result
from typer.testing import CliRunner

from api.cli.main import app

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
PATENTS = str(EXAMPLES / "patents.csv")
ON = "2025-03-03"
MEANS = {
    "currency": "CNY",
    "as_of": "2024-12-31",
    "source": "偿付能力报告 2024",
    "net_assets": "10000000000.00",
    "capital_and_reserves": "10000000000.00",
    "retained_premium": "1000000000.00",
    "retained_guarantee": "5000000000.00",
    "retained_financing": "2000000000.00",
    "small_business_share": "2/5",
    "core_solvency": "2",
    "comprehensive_solvency": "2.5",
}
"""A sound insurer: without it every proposal waits for a person."""

SOUGHT = {"find": "loan", "premium": cny("50000.00")}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to work in: no database is there."""
    monkeypatch.chdir(tmp_path)
    for name in ("ZHIBAO_DATABASE_URL", "ZHIBAO_PATENTS", "ZHIBAO_SCHEMES_DIR"):
        monkeypatch.delenv(name, raising=False)


def written(name: str, risk: Mapping[str, Any], **more: Any) -> str:
    sent = {"risk": risk, "on": ON, "means": MEANS, **more}
    Path(name).write_text(json.dumps(sent), encoding="utf-8")
    return name


def run(*words: str, text: str = "") -> Result:
    return CliRunner().invoke(app, words, input=text)


def said(*words: str, text: str = "") -> Any:
    done = run(*words, text=text)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def priced(risk: Mapping[str, Any]) -> Any:
    return said("price", written("priced.json", risk))


def test_the_frontier_is_where_the_price_meets_the_budget() -> None:
    told = said("frontier", written("asked.json", risk_json(), **SOUGHT))
    (point,) = told["points"]
    assert (told["find"], told["along"]) == ("loan", None)
    assert [one["code"] for one in point["binding"]] == ["premium-above"]
    receipt = priced(risk_json(loan={"amount": cny(point["reached"])}))
    assert receipt["premium"]["total"] == point["premium"]
    assert float(point["premium"]["amount"]) <= 50_000
    dearer = cny(f"{float(point['reached']) + 10_000:.2f}")
    above = priced(risk_json(loan={"amount": dearer}))["premium"]["total"]["amount"]
    assert float(above) > 50_000


def test_a_frontier_steps_along_another_lever() -> None:
    sent = {"find": "loan", "along": "tenor", "steps": ["6", "12", "24"], "premium": cny("30000")}
    told = said("frontier", written("asked.json", risk_json(), **sent))
    assert [point["at"] for point in told["points"]] == [6, 12, 24]
    reached = [float(point["reached"]) for point in told["points"]]
    assert reached == sorted(reached, reverse=True), "a longer loan costs more"


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_what_passes_needs_no_way(code: str) -> None:
    told = said("ways", written("risk.json", SAMPLES[code]))
    assert (told["decision"], told["ways"]) == ("accepted", [])


def test_the_way_back_from_a_referral_is_priced_as_it_says() -> None:
    told = said("ways", written("risk.json", risk_json(loan={"amount": cny("4400000.00")})))
    assert told["decision"] == "referred"
    first = told["ways"][0]
    (turn,) = first["turns"]
    assert (turn["from"], turn["to"]) == ("4400000.00", "4300000.00")
    receipt = priced(risk_json(loan={"amount": cny(turn["to"])}))
    assert (receipt["decision"], receipt["premium"]["total"]) == ("accepted", first["premium"])


def test_who_pays_is_told_by_month_and_drawn() -> None:
    file = written("risk.json", risk_json())
    told = said("who-pays", file, "--picture", "bars.svg")
    assert told == said("who-pays", file)
    assert len(told["months"]) >= 12
    parties = [one["party"] for one in told["parties"]]
    assert {"insurer", "bank"} <= set(parties)
    picture = Path("bars.svg").read_text(encoding="utf-8")
    assert "<svg" in picture
    for party in ("insurer", "bank"):
        assert party in picture


def test_a_difference_adds_up_and_the_way_back_is_its_negative() -> None:
    one = written("one.json", risk_json())
    two = written(
        "two.json", risk_json(loan={"amount": cny("3300000.00")}, borrower={"grade": "B"})
    )
    there, back = said("diff", one, two), said("diff", two, one)
    gap = float(there["second"]["amount"]) - float(there["first"]["amount"])
    assert float(there["difference"]["amount"]) == pytest.approx(gap)
    moved = sum(float(step["moved"]["amount"]) for step in there["changes"])
    assert moved == pytest.approx(gap)
    assert (there["first"], there["second"]) == (back["second"], back["first"])
    assert float(back["difference"]["amount"]) == pytest.approx(-gap)
    same = said("diff", one, one)
    assert (same["changes"], float(same["difference"]["amount"])) == ([], 0)


def test_an_indication_reads_standard_input_and_the_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (EXAMPLES / "indication.json").read_text(encoding="utf-8")
    told = said("indicate", "-", "--patents", PATENTS, text=text)
    monkeypatch.setenv("ZHIBAO_PATENTS", PATENTS)
    assert said("indicate", "-", text=text) == told
    assert told["words"] == "indication, not binding"
    low, high = (float(told[end]["premium"]["amount"]) for end in ("low", "high"))
    assert 0 < low < high


def test_no_database_is_made() -> None:
    said("who-pays", written("risk.json", risk_json()))
    assert sorted(path.name for path in Path().iterdir()) == ["risk.json"]


WRONG: Mapping[str, tuple[tuple[str, ...], str]] = {
    "no file": (("ways", "nowhere.json"), "nowhere.json"),
    "no lever": (("frontier", "no-lever.json"), "find"),
    "nothing sought": (("frontier", "risk.json"), "find"),
    "a lever twice": (("frontier", "twice.json"), "along"),
    "no position": (("frontier", "steps.json"), "steps"),
    "unknown scheme": (("who-pays", "scheme.json"), "scheme"),
    "two products": (("diff", "risk.json", "other.json"), "is for infringement_loss"),
    "unknown field": (("diff", "risk.json", "colour.json"), "colour"),
    "no source": (("indicate", "risk.json"), "patents"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_slip_gives_clear_lines_and_no_trace(case: str) -> None:
    words, named = WRONG[case]
    written("risk.json", risk_json())
    written("no-lever.json", risk_json(), find="colour")
    written("twice.json", risk_json(), find="loan", along="loan", steps=["1"])
    written("steps.json", risk_json(), find="loan", along="tenor", steps=["1.5"])
    written("scheme.json", risk_json(cover={"scheme": "nowhere"}))
    written("other.json", SAMPLES["infringement_loss"])
    written("colour.json", risk_json(), colour="red")
    done = run(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert named in done.stderr
    assert all(line.startswith("zhibao: ") for line in done.stderr.splitlines())
