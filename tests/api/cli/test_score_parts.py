"""`zhibao score`, `card`, `market` and `fit` by their functions: what is written or refused."""

import json
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from api.cli.card import run_card
from api.cli.market import run_market
from api.cli.score import ages_of, run_score
from api.cli.train import DefaultOptions, SurvivalOptions, run_default, run_survival, signs_of
from kernel.errors import Invalid
from models.features import Feature
from models.fit_file import FIT, FitFile, write_fit
from models.shelf import in_force, shelf

OVERLAY = """title = "a downturn"
[[entries]]
from = 2020-01-01
to = 2029-12-31
odds_multiplier = 2.0
source = "house view"
author = "credit committee"
reason = "a downturn"
"""


def a_fit(form: str = "hazard.weibull") -> FitFile:
    """H(t) = t exp(x): a constant hazard."""
    parameters = {
        "terms": [{"feature": "x", "take": "value"}],
        "offset": [0.0, 0.0], "matrix": [[-1.0], [0.0]], "law": {},
        "reference": 1.0, "horizon": 20.0,
    }  # fmt: skip
    return FitFile.named(
        "flat", form, made_on="2024-01-02", tape={"sha256": "0" * 64},
        features=(Feature("x", low=-5.0, high=5.0, seen_low=-5.0, seen_high=5.0),),
        parameters=parameters, metrics={},
    )  # fmt: skip


@pytest.fixture
def fit(tmp_path: Path) -> Path:
    write_fit(tmp_path / "fit", a_fit())
    return tmp_path / "fit"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    pl.DataFrame(
        {"x": [1.0, -1.0, 0.0], "age": [0.0, 3.0, 9.0], "name": ["a", "b", "c"]}
    ).write_csv(tmp_path / "rows.csv")
    return tmp_path / "rows.csv"


@pytest.mark.parametrize(
    ("name", "read"),
    [("s.csv", pl.read_csv), ("deep/er/s.csv", pl.read_csv), ("s.PQ", pl.read_parquet)],
)
def test_scores_are_written_where_and_as_asked(
    name: str, read: Any, fit: Path, table: Path, tmp_path: Path
) -> None:
    told = run_score(fit, table, tmp_path / name, at="2,4", from_age="age")
    scores = read(tmp_path / name)
    assert told["columns"] == scores.columns == ["risk", "survival_2", "survival_4"]
    assert told["rows"] == scores.height == 3
    assert told["fit_id"] == a_fit().fit_id
    assert told["overlay"] == "none"
    hazards = [exp(1.0), exp(-1.0), 1.0]
    assert scores["risk"].to_list() == pytest.approx(hazards)
    left = [4.0, 1.0, 0.0]
    expected = [exp(-h * years) for h, years in zip(hazards, left, strict=True)]
    assert scores["survival_4"].to_list() == pytest.approx(expected)
    assert json.dumps(told)


def test_a_hazard_fit_refuses_what_is_for_default(fit: Path, table: Path, tmp_path: Path) -> None:
    (tmp_path / "o.toml").write_text(OVERLAY)
    with pytest.raises(Invalid) as refused:
        run_score(fit, table, tmp_path / "s.csv", at="2", overlay=tmp_path / "o.toml")
    assert refused.value.faults[0].field == "--overlay"
    assert not (tmp_path / "s.csv").exists()


@pytest.mark.parametrize(
    ("form", "options", "field", "problem"),
    [
        ("hazard.weibull", {}, "--at", "is missing"),
        ("hazard.weibull", {"at": "2;4"}, "--at", "is no list of numbers"),
        ("hazard.weibull", {"at": "0"}, "at", "is not above nought"),
        ("hazard.weibull", {"at": "2", "from_age": "born"}, "born", "is not there"),
        ("severity.lognormal", {"at": "2"}, "fit", "scores no table"),
        ("borrower.boosted", {"at": "2"}, "--at", "is for hazard fits"),
        ("borrower.boosted", {"from_age": "age"}, "--from", "is for hazard fits"),
    ],
)
def test_an_option_that_does_not_fit_is_named(
    form: str, options: dict[str, str], *, field: str, problem: str, table: Path, tmp_path: Path
) -> None:
    write_fit(tmp_path / "fit", a_fit(form))
    with pytest.raises(Invalid) as refused:
        run_score(tmp_path / "fit", table, tmp_path / "s.csv", **options)
    (fault,) = refused.value.faults
    assert (fault.field, problem in fault.problem) == (field, True)
    assert fault.cure
    assert not (tmp_path / "s.csv").exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_an_overlay_that_cannot_be_read_is_named(
    content: bytes | None, table: Path, tmp_path: Path
) -> None:
    score = next(row.champion for row in in_force().rows if row.purpose == "borrower_score")
    if content is not None:
        (tmp_path / "o.toml").write_bytes(content)
    with pytest.raises(Invalid, match=r"o\.toml cannot be read; name a TOML file"):
        run_score(shelf() / score, table, tmp_path / "s.csv", overlay=tmp_path / "o.toml")


def test_a_place_that_cannot_be_written_is_named(fit: Path, table: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(Invalid, match="--out: taken"):
        run_score(fit, table, tmp_path / "taken", at="2")
    with pytest.raises(Invalid, match="name a file that can be written"):
        run_score(fit, table, table / "s.csv", at="2")


def test_a_card_is_of_a_folder_or_of_a_shipped_fit(fit: Path, tmp_path: Path) -> None:
    own, card = run_card(str(fit))
    assert own == a_fit()
    assert card.startswith(f"# {own.fit_id}")
    shipped = in_force().rows[0].champion
    assert run_card(shipped)[0] == run_card(str(shelf() / shipped))[0]
    assert run_card(shipped)[1] == (shelf() / shipped / "card.md").read_text(encoding="utf-8")
    text = (fit / FIT).read_text()
    (fit / FIT).write_text(text.replace('"horizon":20', '"horizon":21'))
    assert (fit / FIT).read_text() != text
    with pytest.raises(Invalid, match="its content was changed"):
        run_card(str(fit))
    with pytest.raises(Invalid, match="is not on the shelf"):
        run_card(str(tmp_path))


def test_a_market_counts_what_it_wrote_and_comes_again(tmp_path: Path) -> None:
    first = run_market(5, tmp_path / "a", 0.05, "csv")
    again = run_market(5, tmp_path / "b", 0.05, "csv")
    assert first["rows"] == again["rows"]
    names = [Path(file).name for file in first["files"]]
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    for name, rows in first["rows"].items():
        assert pl.read_csv(tmp_path / "a" / f"{name}.csv", infer_schema=False).height == rows


@pytest.mark.parametrize(("seed", "size", "field"), [(-1, 1.0, "seed"), (1, float("nan"), "size"),
                                                     (1, 0.0, "size")])  # fmt: skip
def test_a_market_that_cannot_be_is_refused(
    seed: int, size: float, field: str, tmp_path: Path
) -> None:
    with pytest.raises(Invalid) as refused:
        run_market(seed, tmp_path / "m", size, "csv")
    assert refused.value.faults[0].field == field
    assert not (tmp_path / "m").exists()


def test_every_sign_that_is_none_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        signs_of(("debt=+1", "age=up", "=1"))
    assert [fault.problem for fault in refused.value.faults] == [
        "'age=up' is no sign", "'=1' is no sign",
    ]  # fmt: skip
    assert signs_of(("a=b=-1", "c=1")) == {"a=b": -1, "c": 1}
    assert ages_of("1e1,-2") == (10.0, -2.0)


def test_a_column_that_is_not_there_trains_nothing(table: Path, tmp_path: Path) -> None:
    default = DefaultOptions("bad", None, None, (), (), None, None, "rows")
    survival = SurvivalOptions("age", "gone", "died", None, None, (), "years", "rows")
    day = date(2024, 1, 2)
    with pytest.raises(Invalid, match="bad"):
        run_default(table, default, tmp_path / "out", day, plot=False)
    with pytest.raises(Invalid, match="gone"):
        run_survival(table, survival, tmp_path / "out", day, plot=False)
    assert not (tmp_path / "out").exists()
