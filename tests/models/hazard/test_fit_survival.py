"""From a user's own table to a folder that scores: mixed columns, bad tables, the same twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from kernel.errors import Invalid
from models.fit_file import read_fit
from models.governance.card import write_card
from models.governance.metrics import c_index
from models.hazard.batch import score_frame
from models.hazard.challenger import Challenger
from models.hazard.fit import HazardFit
from models.training.survival.candidates import CANDIDATES
from models.training.survival.choose import TREES, best_of
from models.training.survival.fit import SurvivalAsked, fit_survival

ASKED = SurvivalAsked("entry", "exit", "event", made_on="2024-01-02", unit="years")
COUNTRIES = ["US", "JP", "DE", "rare"]


def mixed(truth: Any, seed: int = 6) -> pl.DataFrame:
    """The columns of the truth among all that a real table brings."""
    rows, rng = len(truth.exit), np.random.default_rng(seed)
    days = rng.integers(0, 1500, rows)
    gaps = np.where(rng.random(rows) < 0.1, np.nan, rng.normal(size=rows))
    return truth.frame().with_columns(
        pl.Series("case_no", [f"C{place:05d}" for place in range(rows)]),
        pl.Series("filed", [date(1999, 1, 1) + timedelta(int(day)) for day in days]),
        pl.Series("claims", np.exp(rng.normal(2.0, 1.0, rows)).round().astype(int)),
        pl.Series("gaps", gaps),
        pl.Series("flag", rng.random(rows) < 0.3),
        pl.Series("country", rng.choice(COUNTRIES, rows, p=[0.5, 0.3, 0.195, 0.005])),
        pl.Series("twin", truth.x[:, 0] * 3.0),
        pl.lit(None, pl.String).alias("empty"),
        pl.lit(1).alias("same"),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def test_a_real_table_is_fitted_frozen_and_scored(drawn: Callable[..., Any], folder: Path) -> None:
    told: list[str] = []
    truth, later = drawn(rows=1500, seed=21), drawn(rows=800, seed=22)
    frame = mixed(truth)
    fit = fit_survival(frame, ASKED, folder, tell=lambda step, _done, _of: told.append(step))
    assert told[0] == "reading columns"
    assert told[-1] == "done"
    again = read_fit(folder)
    assert again == read_fit(folder)
    assert again.fit_id == fit.fit_id
    assert (folder / "card.md").read_text(encoding="utf-8") == write_card(again)
    notes = " ".join(fit.notes)
    for name in ("case_no", "empty", "same"):
        assert f"{name}: " in notes
    assert {feature.name for feature in fit.features} >= {"x0", "x1", "gaps", "country", "claims"}
    at = np.array([4.0, 8.0, 12.0])
    scored = score_frame(folder, mixed(later, 7), at.tolist())
    found = scored.drop("risk").to_numpy()
    real = later.survival(later.x, at)
    assert np.abs(found.mean(axis=0) - real.mean(axis=0)).max() < 0.05
    assert np.abs(found - real).mean() < 0.06
    own = c_index(later.entry, later.exit, later.event, scored["risk"].to_numpy())
    best = c_index(later.entry, later.exit, later.event, later.x @ later.beta)
    assert own > best - 0.02


def test_all_candidates_stand_in_the_figures(truth: Any, folder: Path) -> None:
    fit = fit_survival(truth.frame(), ASKED, folder)
    names = {candidate.name for candidate in CANDIDATES} | {TREES}
    assert set(fit.metrics["candidates"]) == names
    alone = fit.metrics["kaplan_meier_alone"]["integrated_brier"]
    assert all(one["integrated_brier"] < alone for one in fit.metrics["candidates"].values())
    assert fit.metrics["out_of_time"] == fit.metrics["candidates"][fit.metrics["chosen"]["law"]]
    assert fit.tape["events"] == int(truth.event.sum())
    assert len(fit.tape["sha256"]) == 64


def test_the_challenger_is_frozen_and_scored(truth: Any, folder: Path) -> None:
    fit_survival(truth.frame(), ASKED, folder)
    fit = read_fit(folder)
    challenger, champion = Challenger.of(fit), HazardFit.of(fit)
    assert challenger is not None
    names = ("x0", "x1", "x2", "entry")
    rows = [dict(zip(names, (*row, 3.0), strict=True)) for row in truth.x[:300]]
    x = np.array([champion.terms_of(row) for row in rows])
    at = np.array([4.0, 10.0])
    both = challenger.survival(x, at), champion.survival(x, at)
    assert np.corrcoef(both[0][:, 1], both[1][:, 1])[0, 1] > 0.8
    np.testing.assert_allclose(challenger.survival(x[0], at), both[0][0], rtol=1e-6)
    assert (np.diff(both[0], axis=1) <= 0.0).all()


@pytest.mark.slow
def test_the_same_table_gives_the_same_fit_and_shuffled_rows_the_same_scores(
    truth: Any, tmp_path: Path
) -> None:
    frame = mixed(truth)
    first = fit_survival(frame, ASKED, tmp_path / "a")
    second = fit_survival(frame, ASKED, tmp_path / "b")
    assert first.fit_id == second.fit_id
    shuffled = fit_survival(frame.sample(fraction=1.0, shuffle=True, seed=1), ASKED, tmp_path / "c")
    assert shuffled.metrics["chosen"] == first.metrics["chosen"]
    one, other = (score_frame(tmp_path / name, frame, (8.0,)) for name in ("a", "c"))
    np.testing.assert_allclose(one.to_numpy(), other.to_numpy(), rtol=1e-4)


def test_a_shipped_band_holds_the_curve(truth: Any, folder: Path) -> None:
    fit = HazardFit.of(fit_survival(mixed(truth), ASKED, folder))
    row = {feature.name: feature.typical for feature in fit.features}
    x = fit.read(row)
    at = np.linspace(0.0, fit.horizon, 30)
    low, high = fit.survival_band(x, at)
    curve = fit.survival(x, at)
    assert (low <= curve).all()
    assert (curve <= high).all()
    assert (high - low).max() < 0.4


def test_a_small_table_of_odd_columns_is_fitted(drawn: Callable[..., Any], folder: Path) -> None:
    small = drawn(rows=70, seed=30)
    frame = small.frame().with_columns(
        twin=pl.col("x0"), huge=pl.col("x2") * 1e9, tiny=pl.col("x2") * 1e-9,
        rare=pl.int_range(pl.len()) == 3,
        mostly=pl.when(pl.int_range(pl.len()) < 65).then(None).otherwise(pl.col("x0")),
    )  # fmt: skip
    fit = fit_survival(frame, ASKED, folder)
    scored = score_frame(folder, frame, (5.0,))
    assert scored.height == frame.height
    assert np.isfinite(scored.to_numpy()).all()
    assert fit.notes


def test_rows_without_an_entry_age_are_ages_from_nought(
    drawn: Callable[..., Any], folder: Path
) -> None:
    whole = drawn(rows=400, seed=31, latest=1e-9, digits=12)
    frame = whole.frame().with_columns(entry=pl.lit(0.0))
    fit = fit_survival(frame, ASKED, folder)
    assert fit.metrics["chosen"]["entry age is a predictor"] is False
    assert not [note for note in fit.notes if "nobody was observed" in note]


def test_nothing_to_predict_by_is_refused(truth: Any, folder: Path) -> None:
    bare = truth.frame().select(pl.lit(0.0).alias("entry"), "exit", "event", same=pl.lit(1))
    with pytest.raises(Invalid, match="no column is left to predict by: same"):
        fit_survival(bare, ASKED, folder)
    assert not folder.exists()


def test_columns_that_are_not_there_are_refused(truth: Any, folder: Path) -> None:
    with pytest.raises(Invalid, match="there is no column 'exits'"):
        fit_survival(truth.frame(), replace(ASKED, exit="exits"), folder)
    with pytest.raises(Invalid, match="there is no column 'typo'"):
        fit_survival(truth.frame(), replace(ASKED, drop=("typo",)), folder)


def test_weights_count_rows(drawn: Callable[..., Any], tmp_path: Path) -> None:
    """A row of weight three is three rows, up to how the rows fall into folds."""
    truth = drawn(rows=200, seed=33)
    weights = np.random.default_rng(1).integers(1, 4, truth.exit.size)
    frame = truth.frame().with_columns(pl.Series("load", weights))
    asked = replace(ASKED, weights="load", drop=("x2",))
    fit_survival(frame, asked, tmp_path / "weighted")
    repeated = frame[np.repeat(np.arange(frame.height), weights)]
    fit_survival(repeated, replace(asked, weights=None, drop=("x2", "load")), tmp_path / "rows")
    one, other = (
        score_frame(tmp_path / name, frame, (4.0, 8.0)).to_numpy()[:, 1:]
        for name in ("weighted", "rows")
    )
    assert np.abs(one - other).mean() < 0.03


def test_a_tie_goes_to_the_fewest_assumptions() -> None:
    scores = {
        "weibull": {"integrated_brier": 0.1600}, "cox": {"integrated_brier": 0.1615},
        "cox, drifting effects": {"integrated_brier": 0.1630},
    }  # fmt: skip
    assert best_of(scores) == "cox"
    scores["cox"] = {"integrated_brier": 0.1640}
    assert best_of(scores) == "weibull"
