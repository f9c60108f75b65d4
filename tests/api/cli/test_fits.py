"""`zhibao market | fit | score | card`, as a newcomer runs them one after another."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from api.cli.score import ages_of
from api.cli.train import signs_of
from kernel.errors import Invalid
from models.market import make_market
from models.shelf import in_force

ZHIBAO = Path(sys.executable).parent / "zhibao"
SMALL = 0.1


def zhibao(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ZHIBAO), *words], capture_output=True, text=True, cwd=cwd, check=False
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small market, a default fit and a hazard fit."""
    folder = tmp_path_factory.mktemp("town")
    made = zhibao("market", "--seed", "3", "--size", str(SMALL), "--out", "market", cwd=folder)
    assert made.returncode == 0, made.stderr
    loans = zhibao(
        "fit", "default", "market/loans.csv", "--target", "default", "--time", "approved_on",
        "--drop", "months_on_book", "--monotone", "debt_ratio=+1", "--horizon", "2",
        "--out", "scored", "--plot", "--json", cwd=folder,
    )  # fmt: skip
    assert loans.returncode == 0, loans.stderr
    (folder / "default.json").write_text(loans.stdout)
    rights = zhibao(
        "fit", "survival", "market/rights.csv", "--entry", "entry_years", "--exit", "exit_years",
        "--event", "lapsed", "--drop", "granted_on", "--out", "lived", "--plot", cwd=folder,
    )  # fmt: skip
    assert rights.returncode == 0, rights.stderr
    (folder / "survival.txt").write_text(rights.stdout)
    return folder


@pytest.mark.slow
def test_a_default_fit_says_what_it_did(town: Path) -> None:
    said = json.loads((town / "default.json").read_text())
    assert said["fit_id"].startswith("loans-")
    assert said["metrics"]["auc"] > 0.65
    assert "--drop months_on_book" in said["tape"]["command"]
    assert [Path(name).name for name in said["plots"]] == ["calibration.png"]
    assert (town / said["plots"][0]).read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_scores_come_row_for_row(town: Path) -> None:
    done = zhibao("score", "scored", "market/loans.csv", "--out", "pd.parquet", cwd=town)
    assert json.loads(done.stdout)["overlay"] == "none"
    pd, loans = pl.read_parquet(town / "pd.parquet"), pl.read_csv(town / "market" / "loans.csv")
    assert pd.columns == ["pd"]
    assert pd.height == loans.height
    assert pd["pd"].is_between(0, 1).all()
    back = loans.reverse()
    back.write_csv(town / "back.csv")
    assert zhibao("score", "scored", "back.csv", "--out", "b.csv", cwd=town).returncode == 0
    assert pl.read_csv(town / "b.csv")["pd"].reverse().to_list() == pytest.approx(
        pd["pd"].to_list()
    )


@pytest.mark.slow
def test_an_overlay_raises_the_odds_of_its_dates_alone(town: Path) -> None:
    (town / "worse.toml").write_text(
        'title = "a downturn"\n[[entries]]\nfrom = 2020-01-01\nto = 2029-12-31\n'
        "odds_multiplier = 2.0\n"
        'source = "house view"\nauthor = "credit committee"\nreason = "a downturn"\n'
    )
    zhibao("score", "scored", "market/loans.csv", "--out", "plain.csv", cwd=town)
    done = zhibao(
        "score", "scored", "market/loans.csv", "--overlay", "worse.toml", "--out", "o.csv", cwd=town
    )
    assert done.returncode == 0, done.stderr
    plain, moved = (pl.read_csv(town / name)["pd"].to_numpy() for name in ("plain.csv", "o.csv"))
    loans = pl.read_csv(town / "market" / "loans.csv", try_parse_dates=True)
    late = (loans["approved_on"].dt.year() >= 2020).to_numpy()
    assert (moved / (1 - moved))[late] == pytest.approx(2 * (plain / (1 - plain))[late])
    assert moved[~late] == pytest.approx(plain[~late])


@pytest.mark.slow
def test_a_hazard_fit_scores_at_ages(town: Path) -> None:
    assert "Candidates" in (town / "survival.txt").read_text()
    assert (town / "lived" / "plots" / "survival.png").is_file()
    words = ("score", "lived", "market/rights.csv", "--at", "2,5", "--out")
    assert zhibao(*words, "s.csv", cwd=town).returncode == 0
    scores = pl.read_csv(town / "s.csv")
    assert scores.columns == ["risk", "survival_2", "survival_5"]
    assert (scores["survival_2"] >= scores["survival_5"]).all()
    given = zhibao(*words, "g.csv", "--from", "entry_years", cwd=town)
    assert given.returncode == 0, given.stderr
    rights, later = pl.read_csv(town / "market" / "rights.csv"), pl.read_csv(town / "g.csv")
    assert (later["survival_5"] >= scores["survival_5"]).all()
    assert (later["survival_2"].filter(rights["entry_years"] > 2.0) == 1.0).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("score", "lived", "market/rights.csv", "--out", "x.csv"), "--at: is missing"),
        (("score", "scored", "market/loans.csv", "--at", "5", "--out", "x.csv"), "--at: is for"),
        (("score", "scored", "market/rights.csv", "--out", "x.csv"), "amount"),
        (("score", "scored", "gone.csv", "--out", "x.csv"), "gone.csv: is not there"),
        (("score", "gone", "market/loans.csv", "--out", "x.csv"), "gone: holds no fit"),
        (("fit", "default", "market/loans.csv", "--target", "defualt", "--out", "y"), "default"),
        (("card", "nothing"), "is not on the shelf"),
        (("market", "--seed", "-1", "--out", "m"), "below nought"),
    ],
)
def test_a_slip_gives_one_clear_line_and_leaves_nothing(
    town: Path, words: tuple[str, ...], refused: str
) -> None:
    done = zhibao(*words, cwd=town)
    assert done.returncode == 1
    assert refused in done.stderr
    assert "Traceback" not in done.stderr
    assert not (town / "x.csv").exists()
    assert not (town / "y").exists()


@pytest.mark.slow
def test_a_leak_is_named_and_what_cannot_be_is_refused(town: Path) -> None:
    loans = make_market(4, SMALL).loans
    loans.write_csv(town / "leaky.csv")
    done = zhibao(
        "fit", "default", "leaky.csv", "--target", "default", "--time", "approved_on",
        "--out", "leaky", cwd=town,
    )  # fmt: skip
    assert done.returncode == 0
    assert "zhibao: warning: months_on_book" in done.stderr
    wrong = loans.with_columns(pl.lit("much").alias("amount"))
    wrong.write_csv(town / "wrong.csv")
    refused = zhibao("score", "scored", "wrong.csv", "--out", "x.csv", cwd=town)
    assert refused.returncode == 1
    assert "amount" in refused.stderr


def test_the_card_of_a_shipped_fit(tmp_path: Path) -> None:
    fit_id = in_force().rows[0].champion
    shown = zhibao("card", fit_id, cwd=tmp_path)
    assert shown.stdout.startswith(f"# {fit_id}")
    stated = json.loads(zhibao("card", fit_id, "--json", cwd=tmp_path).stdout)
    assert stated["fit_id"] == fit_id


@pytest.mark.parametrize("text", [None, "", "5,x", "eight"])
def test_ages_that_are_none(text: str | None) -> None:
    with pytest.raises(Invalid, match="give ages"):
        ages_of(text)


@pytest.mark.parametrize("text", ["amount", "amount=2", "=+1", "amount=up"])
def test_signs_that_are_none(text: str) -> None:
    with pytest.raises(Invalid, match=r"write COLUMN=\+1 or =-1"):
        signs_of((text,))
