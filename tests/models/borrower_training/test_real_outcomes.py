"""The whole training on real outcomes: what it must reach on rows it never saw."""

import polars as pl
import pytest
from shared_files import shared_file

from models.governance.metrics import ece
from models.training.default.ask import DefaultAsked, read_asked
from models.training.default.columns import read_all
from models.training.default.level import calibrated, later_rows
from models.training.default.trees import Recipe
from models.training.default.trial import bench_of, try_scorecard, try_trees
from models.training.default.validate import backtest


@pytest.mark.slow
def test_small_business_loans_a_year_ahead() -> None:
    """Trained, chosen and calibrated to fiscal 2002, judged on 2003."""
    found = backtest(pl.read_parquet(shared_file("sba_dev_fy1971_2003.parquet")), 2002, 2003)
    assert found.auc >= 0.69
    assert found.ks >= 0.28
    assert found.auc > found.card_auc
    assert found.skill_overlay > 0
    names = {feature.name for feature in found.fit.fit.features}
    assert not any(
        name.startswith(("LEAK", "chg_off", "disbursement", "approval")) for name in names
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least"), [("polish_1year_dev.parquet", 0.945), ("polish_5year_dev.parquet", 0.96)]
)
def test_company_ratios(name: str, least: float) -> None:
    """Five random folds, trees of the first recipe alone; the calibration is crossed too."""
    frame = pl.read_parquet(shared_file(name))
    asked = DefaultAsked("class")
    tape = read_asked(frame, asked)
    bench = bench_of(tape, read_all(tape).read, asked.seed)
    trial = try_trees(bench, Recipe(None, 4, 1.0, 400))
    assert trial.auc >= least
    assert trial.auc > try_scorecard(bench, None).auc
    later = later_rows(tape, trial.foreseen, forward=False)
    assert ece(later.outcome, calibrated(later).crossed) <= 0.012
