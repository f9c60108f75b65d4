"""A fit on any tape: what it learns, what it keeps, and that it comes back the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import roc_auc_score

from kernel.errors import Invalid
from models.borrower.batch import score_frame, scored_frame
from models.borrower.boosted import BorrowerFit
from models.borrower.level import fit_overlay
from models.borrower.overlay import Overlay
from models.fit_file import FitFile, read_fit, write_fit
from models.tape import read_tape
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.default.validate import overlay_of

Draw = Callable[[int, int], pl.DataFrame]


def test_it_ranks_and_meets_the_level_of_rows_it_never_saw(ready: BorrowerFit, draw: Draw) -> None:
    later = draw(4000, 2)
    p = scored_frame(ready, later).pd.to_numpy()
    assert roc_auc_score(later["bad"], p) > 0.66
    rate = np.average(later["bad"], weights=later["weight"])
    assert np.average(p, weights=later["weight"]) == pytest.approx(rate, rel=0.15)


def test_one_row_scores_as_in_the_table(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    table = scored_frame(ready, tape.head(50)).pd.to_list()
    names = [feature.name for feature in ready.fit.features]
    rows = tape.head(50).select(names).iter_rows(named=True)
    assert [ready.pd(row) for row in rows] == table


def test_the_same_tape_gives_the_same_fit(
    trained: FitFile, tape: pl.DataFrame, asked: DefaultAsked, tmp_path: Path
) -> None:
    again = fit_default(tape, asked, tmp_path / "fit")
    assert again.fit_id == trained.fit_id
    assert sorted(path.name for path in (tmp_path / "fit").iterdir()) == [
        "booster.ubj", "card.md", "fit.json",
    ]  # fmt: skip
    assert read_fit(tmp_path / "fit").fit_id == trained.fit_id
    assert score_frame(tmp_path / "fit", tape).to_list() == (
        scored_frame(BorrowerFit.of(trained), tape).pd.to_list()
    )


def test_scores_do_not_depend_on_the_order_of_rows(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    mixed = tape.with_row_index().sample(fraction=1.0, shuffle=True, seed=3)
    straight = scored_frame(ready, tape).pd.to_numpy()
    assert (scored_frame(ready, mixed).pd.to_numpy() == straight[mixed["index"].to_numpy()]).all()


def test_a_csv_scores_as_the_table_it_came_from(
    ready: BorrowerFit, tape: pl.DataFrame, tmp_path: Path
) -> None:
    tape.head(200).write_csv(tmp_path / "later.csv")
    read = read_tape(tmp_path / "later.csv")
    assert scored_frame(ready, read).pd.to_list() == pytest.approx(
        scored_frame(ready, tape.head(200)).pd.to_list(), rel=1e-12
    )


def test_a_declared_sign_is_kept_everywhere(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    """Risk may only fall with staff: moved over its range in 300 rows, no PD ever rises."""
    some = tape.head(300)
    before = np.full(300, 1.0)
    for staff in (1, 2, 3, 5, 8, 12, 20, 40):
        p = scored_frame(ready, some.with_columns(pl.lit(staff).alias("staff"))).pd.to_numpy()
        assert (p <= before + 1e-12).all()
        before = p
    staff = next(feature for feature in ready.fit.features if feature.name == "staff")
    assert staff.monotone == -1
    scorecard = replace(ready, booster=None)
    sorted_by_staff = [
        scored_frame(scorecard, some.with_columns(pl.lit(k).alias("staff"))).pd.to_numpy()
        for k in (1, 3, 9, 27)
    ]
    assert all((b <= a + 1e-12).all() for a, b in pairwise(sorted_by_staff))


def test_contributions_add_up_to_the_log_odds(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    """The sum differs from logit(PD) by one number, the same for every borrower."""
    names = [feature.name for feature in ready.fit.features]
    rests = []
    for row in tape.head(40).select(names).iter_rows(named=True):
        parts = ready.contributions(row)
        assert set(parts) <= set(names)
        pd = ready.pd(row)
        rests.append(np.log(pd / (1 - pd)) - sum(parts.values()))
    assert np.ptp(rests) < 1e-4


def test_the_column_that_matters_is_the_reason(ready: BorrowerFit, tape: pl.DataFrame) -> None:
    worst = tape.filter((pl.col("bank") == "bank 39") & pl.col("new")).head(1)
    row = worst.select([feature.name for feature in ready.fit.features]).row(0, named=True)
    reasons = ready.reasons(row)
    assert {"bank", "new"} <= {reason.column for reason in reasons.up}
    assert all(reason.zh and reason.en for reason in reasons.up + reasons.down)


def test_an_interval_holds_its_pd(ready: BorrowerFit) -> None:
    for pd in (0.01, 0.1, 0.3):
        low, high = ready.interval(pd)
        assert 0 < low < pd < high < 1


def test_nothing_of_single_rows_is_kept(trained: FitFile, tape: pl.DataFrame) -> None:
    rare = tape.with_columns(
        pl.when(pl.int_range(pl.len()) < 3)
        .then(pl.lit("secret firm"))
        .otherwise("bank")
        .alias("bank")
    )
    fit = fit_default(rare.head(1500), DefaultAsked("bad", "made", "weight"), None)
    text = json.dumps(fit.json(), ensure_ascii=False)
    assert "secret firm" not in text
    assert "L0000001x" not in text


def test_few_defaults_are_served_by_the_scorecard(draw: Draw, tmp_path: Path) -> None:
    small = draw(400, 5).drop("weight")
    fit = fit_default(small, DefaultAsked("bad", "made"), tmp_path)
    assert 30 <= fit.tape["events"] < 100
    assert fit.form == "borrower.scorecard"
    assert fit.booster is None
    assert any(note.startswith("Thin:") for note in fit.notes)
    later = draw(3000, 6)
    assert roc_auc_score(later["bad"], score_frame(tmp_path, later)) > 0.6


def test_too_few_defaults_are_refused(draw: Draw) -> None:
    with pytest.raises(Invalid, match=r"bad: has \d+ rows of its rarer outcome; a fit needs 30"):
        fit_default(draw(60, 5), DefaultAsked("bad"), None)


def test_weights_set_the_level(draw: Draw) -> None:
    """Without weights every row counts once: the level is that of the sample."""
    tape = draw(2500, 7)
    fit = BorrowerFit.of(fit_default(tape, DefaultAsked("bad", drop=("weight",)), None))
    rate = tape["bad"].mean()
    assert scored_frame(fit, tape).pd.mean() == pytest.approx(rate, rel=0.1)
    assert rate > 1.5 * np.average(tape["bad"], weights=tape["weight"])


def test_an_overlay_multiplies_the_odds_of_its_own_dates(
    ready: BorrowerFit, tape: pl.DataFrame
) -> None:
    some = tape.head(400)
    years = some["made"].dt.year().to_numpy()
    p = scored_frame(ready, some).pd.to_numpy()
    only = years == 2012
    levels = fit_overlay(p[only], np.where(np.arange(only.sum()) % 3 == 0, 1.0, 0.0), years[only])
    over = scored_frame(ready, some, overlay_of(levels)).pd.to_numpy()
    assert (over[~only] == p[~only]).all()
    m = min(levels[0].multiplier, 4.0)
    assert over[only] / (1 - over[only]) == pytest.approx(m * p[only] / (1 - p[only]))


def test_an_overlay_needs_a_date(trained: FitFile, tape: pl.DataFrame, tmp_path: Path) -> None:
    write_fit(tmp_path, trained)
    with pytest.raises(Invalid, match="made: is no column of the table"):
        score_frame(tmp_path, tape.drop("made", "founded"), Overlay.empty())


def test_progress_is_told(tape: pl.DataFrame) -> None:
    told: list[tuple[str, int, int]] = []
    fit_default(
        tape.head(900),
        DefaultAsked("bad", drop=("weight",)),
        None,
        tell=lambda *step: told.append(step),
    )
    assert len(told) >= 4
    assert all(0 <= done <= total for _, done, total in told)


def test_a_column_that_knows_all_is_named_and_does_not_stop_the_fit(tape: pl.DataFrame) -> None:
    told = tape.with_columns((pl.col("bad") * 3.0).alias("loss"))
    fit = fit_default(told, DefaultAsked("bad", "made", "weight"), None)
    assert any("loss may know the outcome" in note for note in fit.notes)
    assert fit.metrics["auc"] > 0.999
