"""What is chosen and said: penalty, candidates, challenger, notes; the table of validation."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from PIL import Image
from shared_files import shared_file

from models.fit_file import read_fit
from models.governance.metrics import c_index
from models.training.plots_hazard import plot_candidates, plot_one_row
from models.training.survival import choose as choosing
from models.training.survival.asked import SurvivalAsked
from models.training.survival.candidates import CANDIDATES, Sheet
from models.training.survival.choose import PENALTIES, TREES, Choice, choose, null_scores
from models.training.survival.freeze import AFT
from models.training.survival.lives import Lives
from models.training.survival.ship import ship_lapse
from models.training.survival.state import state
from models.training.survival.study import Study, read_study
from models.training.survival.trial import Trial
from models.training.survival.validate import AGES, Foretold, joined, validate_survival

ASKED = SurvivalAsked("entry", "exit", "event", made_on="2024-01-02")
FITS = Path(__file__).resolve().parents[3] / "models" / "fits"


@pytest.fixture(scope="module")
def chosen(drawn: Any) -> tuple[Study, Choice]:
    """A table with its choice, made once."""
    study = read_study(drawn(rows=700).frame(), ASKED)
    return study, choose(study)


def test_a_noisy_table_is_shrunk_and_a_clear_one_is_not(drawn: Any) -> None:
    clear = drawn(rows=700, seed=41)
    rng = np.random.default_rng(0)
    noise = [pl.Series(f"z{place}", rng.normal(size=200)) for place in range(25)]
    noisy = drawn(rows=200, seed=42).frame().with_columns(noise)
    told = [choose(read_study(frame, ASKED)) for frame in (clear.frame(), noisy)]
    assert told[0].penalizer < told[1].penalizer
    assert set(told[0].tuning) == {
        f"penalty {ridge:g}{age}" for ridge in PENALTIES for age in ("", ", entry age")
    }


def test_an_entry_age_that_tells_is_a_predictor(chosen: tuple[Study, Choice]) -> None:
    """Rows that come late to observation are made twice as strong."""
    rng = np.random.default_rng(3)
    entry = rng.uniform(0.0, 5.0, 6000)
    ends = rng.exponential(size=6000) * np.exp(0.5 * entry) * 3.0
    seen = ends > entry
    frame = pl.DataFrame(
        {
            "entry": entry[seen], "exit": np.minimum(ends[seen], entry[seen] + 8.0),
            "event": (ends[seen] < entry[seen] + 8.0).astype(int),
            "x0": rng.normal(size=int(seen.sum())),
        }
    )[:700]  # fmt: skip
    assert choose(read_study(frame, ASKED)).with_age
    assert not chosen[1].with_age


def test_a_candidate_that_fails_is_dropped_and_said(
    chosen: tuple[Study, Choice], monkeypatch: pytest.MonkeyPatch
) -> None:
    train = Sheet.train

    def failing(self: Sheet, candidate: Any, penalizer: float) -> Any:
        if candidate.form in AFT:
            raise ArithmeticError("no maximum")
        return train(self, candidate, penalizer)

    monkeypatch.setattr(Sheet, "train", failing)
    study, choice = chosen[0], choose(chosen[0])
    assert choice.failed == dict.fromkeys(("loglogistic", "lognormal", "weibull"), "no maximum")
    assert not choice.failed.keys() & choice.candidates.keys()
    fit = state(study, ASKED, choice)
    assert "weibull was tried and dropped: no maximum" in fit.notes


def test_a_challenger_that_wins_is_warned_of(chosen: tuple[Study, Choice]) -> None:
    study, choice = chosen
    assert not [note for note in state(study, ASKED, choice).notes if "challenger" in note]
    better = {**choice.candidates, TREES: {**choice.candidates[TREES], "integrated_brier": 0.0}}
    notes = state(study, ASKED, replace(choice, candidates=better)).notes
    assert "warning: the boosted challenger did better than the law that serves" in notes


def test_kaplan_meier_alone_ranks_nothing(chosen: tuple[Study, Choice]) -> None:
    alone = null_scores(chosen[0])
    assert alone["c_index"] == pytest.approx(0.5)
    assert alone["calibration"] < 0.2


def test_a_trial_learns_from_its_training_rows_alone(truth: Any) -> None:
    study = read_study(truth.frame(), ASKED)
    fold = study.folds[0]
    spoilt = study.frame.with_columns(
        x0=pl.when(pl.Series(fold.test)).then(1e6).otherwise(pl.col("x0"))
    )
    own = Trial.of(fold, study, None).sheet
    other = Trial.of(fold, replace(study, frame=spoilt), None).sheet
    np.testing.assert_array_equal(own.x, other.x)
    assert own.design.terms == other.design.terms


def test_large_tables_are_thinned_in_trials(truth: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.training.survival.trial._MOST_ROWS", 300)
    study = read_study(truth.frame(), ASKED)
    trial = Trial.of(study.folds[0], study, None)
    assert 150 < trial.sheet.lives.rows <= 300
    assert trial.lives.rows == int(study.folds[0].test.sum())


def test_order_of_candidates_is_of_assumptions() -> None:
    names = [candidate.name for candidate in CANDIDATES]
    assert names[0] == "cox, drifting effects"
    assert names.index("cox") < names.index("piecewise") < names.index("weibull")
    assert choosing.best_of({name: {"integrated_brier": 0.2} for name in names}) == names[0]


def known(rows: int, seed: int) -> Foretold:
    rng = np.random.default_rng(seed)
    rate, entry = np.exp(rng.normal(size=rows) * 0.7) / 12.0, np.full(rows, 2.0)
    ends = entry + rng.exponential(size=rows) / rate
    lives = Lives(entry, np.minimum(ends, 17.0), (ends < 17.0) * 1.0, np.ones(rows))
    survival = np.exp(-rate[:, None] * (AGES - 2.0))
    return Foretold(lives, survival, survival, rate)


def test_tested_rows_of_several_splits_are_pooled() -> None:
    parts = [known(400, 1), known(700, 2)]
    whole = joined(parts)
    assert whole.lives.rows == 1100
    assert whole.c == pytest.approx(c_index(*whole.place, whole.risk))
    assert 0.5 < whole.c < 0.8
    assert whole.brier == pytest.approx(whole.brier_from_entry)
    np.testing.assert_allclose(whole.gaps, 0.0, atol=0.06)


@pytest.mark.parametrize("draw", [plot_one_row, plot_candidates])
def test_pictures_of_the_shipped_law(draw: Any) -> None:
    (folder,) = FITS.glob("lapse-cn-a-*")
    picture = Image.open(io.BytesIO(draw(read_fit(folder))))
    assert picture.size == (800, 500)
    assert len(picture.convert("L").histogram()) == 256


@pytest.mark.slow
def test_the_table_of_validation_holds() -> None:
    folder = shared_file("cn_patents_dev_app_to_2000.parquet").parent
    lines = validate_survival(folder)
    assert len(lines) == 4
    assert [line.what for line in lines if not line.passed] == []


@pytest.mark.slow
def test_the_shipped_law_comes_out_again(tmp_path: Path) -> None:
    """The same file gives the same law; the last digits hang on the machine's arithmetic."""
    again = ship_lapse(shared_file("cn_patents_dev_app_to_2000.parquet"), tmp_path, "2024-01-02")
    (folder,) = FITS.glob("lapse-cn-a-*")
    shipped = read_fit(folder)
    assert again.tape["sha256"] == shipped.tape["sha256"]
    assert again.parameters["terms"] == shipped.parameters["terms"]
    np.testing.assert_allclose(
        again.parameters["matrix"], shipped.parameters["matrix"], rtol=1e-6, atol=1e-9
    )
    assert (tmp_path / again.fit_id / "card.md").is_file()
    assert (
        ship_lapse(shared_file("cn_patents_dev_app_to_2000.parquet"), tmp_path, "2024-01-02").fit_id
        == again.fit_id
    )
    assert [path.name for path in tmp_path.iterdir()] == [again.fit_id]
