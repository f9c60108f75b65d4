"""A fit of loss given default finds a signal that is there, and takes the mean where none is."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats
from shared_files import shared_file

from kernel.errors import Invalid
from models.fit_file import read_fit
from models.governance.check_fits import check_fit
from models.recovery.fitted import FittedLgd
from models.training.lgd import LgdAsk, fit_lgd
from models.training.lgd.ask import losses_of
from models.training.lgd.candidates import CANDIDATES, columns_of
from models.training.lgd.forward import chosen, forward_scores, pooled
from models.training.lgd.inflated_beta import fit_inflated_beta
from models.training.lgd.validate import FILE, fit_sba, validate_lgd

ASK = LgdAsk(
    loss="lost",
    exposure="owed",
    approved="approved",
    known="known",
    features=("secured", "staff", "trade"),
    made_on="2026-03-02",
    tape={"file": "made", "sha256": "0" * 64},
    splits=tuple(date(year, 12, 31) for year in (2008, 2010, 2012)),
)
SEEDS = range(10)


def made(seed: int, signal: float, rows: int = 3000, drift: float = 0.0) -> pl.DataFrame:
    """Loans of 2004 to 2016; mean loss = expit(0.4 + signal x (1 - 2 secured) + trade)."""
    rng = np.random.default_rng(seed)
    start = date(2004, 1, 1)
    day = rng.integers(0, 12 * 365, rows)
    wait = rng.integers(200, 1500, rows)
    secured = rng.random(rows)
    trade = rng.choice(["shop", "works", "farm"], rows)
    lift = signal * (1 - 2 * secured) + (trade == "farm") * signal / 2 + drift * day / 365
    mean = 1 / (1 + np.exp(-(0.4 + lift)))
    loss = rng.beta(mean * 4, (1 - mean) * 4)
    loss = np.where(rng.random(rows) < 0.05, 1.0, loss)
    owed = rng.lognormal(11, 1, rows)
    staff = np.where(rng.random(rows) < 0.1, None, rng.integers(1, 200, rows).astype(float))
    return pl.DataFrame(
        {
            "lost": loss * owed,
            "owed": owed,
            "approved": [start + timedelta(days=int(d)) for d in day],
            "known": [start + timedelta(days=int(d + w)) for d, w in zip(day, wait, strict=True)],
            "secured": secured,
            "staff": pl.Series(staff.tolist(), dtype=pl.Float64),
            "trade": trade,
        }
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_signal_is_found(seed: int) -> None:
    fit = fit_lgd(made(seed, signal=1.5), ASK)
    assert fit.form in ("recovery.lgd.logit", "recovery.lgd.boosted")
    assert fit.metrics["forward_r2"] > 0.1
    served = FittedLgd.of(fit)
    row = {"staff": 20.0, "trade": "shop"}
    weak, strong = served.law({"secured": 0.1, **row}), served.law({"secured": 0.9, **row})
    for law, secured in ((weak, 0.1), (strong, 0.9)):
        truth = 0.05 + 0.95 / (1 + np.exp(-(0.4 + 1.5 * (1 - 2 * secured))))
        assert law.mean == pytest.approx(truth, abs=0.06)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_signal_the_mean_serves_and_the_card_says_so(seed: int) -> None:
    fit = fit_lgd(made(seed, signal=0.0), ASK)
    assert fit.form == "recovery.lgd.mean"
    assert fit.notes[0].startswith("The mean is used")
    law = FittedLgd.of(fit).law()
    truth = 0.05 + 0.95 / (1 + np.exp(-0.4))
    assert law.mean == pytest.approx(truth, abs=4 * law.mean_law.sd + 0.01)
    assert law.one == pytest.approx(0.05, abs=0.015)
    assert law.precision == pytest.approx(4.0, rel=0.1)


def test_a_small_gain_is_no_reason_where_the_level_moves() -> None:
    """The features help a little and the level runs away: the mean serves, with its miss stated."""
    fit = fit_lgd(made(1, signal=0.25, drift=0.12), ASK)
    by_name = {row["candidate"]: row for row in fit.metrics["candidates"]}
    assert by_name["fractional_logit"]["ordinary_r2"] < 0
    assert fit.form == "recovery.lgd.mean"
    assert fit.parameters["mean_sd"] > 0.05


def test_nothing_is_learned_before_it_is_known() -> None:
    """A loss that comes out after the split does not change the forecast at the split."""
    frame = made(3, signal=1.5)
    late = pl.col("known") > date(2008, 12, 31)
    early = pl.col("approved") <= date(2008, 12, 31)
    spoiled = frame.with_columns(
        pl.when(late & early).then(pl.col("owed")).otherwise(pl.col("lost")).alias("lost")
    )
    ask = replace(ASK, splits=ASK.splits[:1])
    first = forward_scores(losses_of(frame, ask), ask)
    second = forward_scores(losses_of(spoiled, ask), ask)
    assert [one.sse for one in first] == [one.sse for one in second]


@pytest.mark.parametrize("name", ["fractional_logit", "boosted"])
def test_a_frozen_fit_serves_what_was_trained(name: str, tmp_path: Path) -> None:
    frame = made(4, signal=1.5)
    losses = losses_of(frame, ASK)
    only = (CANDIDATES[0], next(one for one in CANDIDATES if one.name == name))
    scores = forward_scores(losses, ASK, only)
    assert chosen(scores) == name
    assert pooled(scores, name) > 0.1
    fit = fit_lgd(frame, ASK, tmp_path, candidates=only)
    served = FittedLgd.of(read_fit(tmp_path / fit.fit_id))
    forecast = only[1].learn(losses).forecast(losses)
    assert served.means(columns_of(losses.frame)) == pytest.approx(forecast)
    assert check_fit(tmp_path / fit.fit_id) == ()
    assert served.law({"secured": 0.5, "staff": None, "trade": "never seen"}).mean > 0


def test_rows_that_teach_nothing_are_counted() -> None:
    frame = made(5, signal=0.0, rows=500).with_row_index()
    frame = frame.with_columns(
        pl.when(pl.col("index") < 3).then(0.0).otherwise(pl.col("owed")).alias("owed"),
        pl.when(pl.col("index") == 4).then(None).otherwise(pl.col("known")).alias("known"),
        pl.when(pl.col("index") == 5).then(1e12).otherwise(pl.col("lost")).alias("lost"),
        (pl.col("index") != 6).cast(pl.Int8).alias("default"),
    )
    losses = losses_of(frame, replace(ASK, default="default"))
    assert losses.counts["defaults"] == 499
    assert losses.counts["without_exposure"] == 3
    assert losses.counts["without_loss_or_dates"] == 1
    assert losses.counts["cut_to_one"] >= 1
    assert len(losses.lgd) == 495
    assert losses.lgd.max() == 1.0


def test_what_cannot_be_trained_on_is_refused() -> None:
    frame = made(6, signal=0.0, rows=300)
    with pytest.raises(Invalid, match="no column 'owned'"):
        fit_lgd(frame, replace(ASK, exposure="owned"))
    with pytest.raises(Invalid, match="splits"):
        fit_lgd(frame, replace(ASK, splits=(date(1990, 1, 1),)))
    with pytest.raises(Invalid, match="known for 50"):
        fit_lgd(frame.head(50), ASK)


def test_a_fit_of_another_form_is_refused() -> None:
    fit = replace(fit_lgd(made(7, signal=0.0), ASK), form="hazard.cox")
    with pytest.raises(Invalid, match=r"hazard\.cox"):
        FittedLgd.of(fit)


def test_a_feature_that_is_missing_is_named() -> None:
    fit = fit_lgd(made(8, signal=1.5), ASK)
    with pytest.raises(Invalid, match=r"features\.trades"):
        FittedLgd.of(fit).law({"secured": 0.5, "staff": 3.0, "trade": "shop", "trades": 1})


@pytest.mark.parametrize(("a", "b"), [(2.77, 0.92), (1.3, 1.0), (0.6, 0.8)])
def test_inflated_beta_finds_the_truth(a: float, b: float) -> None:
    rng = np.random.default_rng(8)
    x = rng.beta(a, b, 20_000)
    x[:800], x[800:1200] = 1.0, 0.0
    fit = fit_inflated_beta(x)
    inside = x[1200:]
    inside = inside[(inside > 0) & (inside < 1)]
    known = stats.beta.fit(inside, floc=0, fscale=1)
    assert (fit.law.a, fit.law.b) == pytest.approx(known[:2], rel=1e-3)
    assert (fit.law.a, fit.law.b) == pytest.approx((a, b), rel=0.05)
    assert (fit.one, fit.zero) == pytest.approx((0.04, 0.02), abs=1e-3)
    assert fit.log_likelihood >= fit.log_likelihood_moments
    assert fit.log_likelihood == pytest.approx(stats.beta(a, b).logpdf(inside).mean(), abs=1e-3)
    assert fit.mean == pytest.approx(x.mean(), abs=0.01)


def test_inflated_beta_weighs_its_rows() -> None:
    x = np.array([*np.linspace(0.1, 0.9, 20), 1.0])
    doubled = fit_inflated_beta(np.append(x, 1.0))
    weighted = fit_inflated_beta(x, np.array([1.0] * 20 + [2.0]))
    assert weighted.one == pytest.approx(doubled.one)
    assert weighted.law.a == pytest.approx(doubled.law.a)


def test_too_few_losses_make_no_beta() -> None:
    with pytest.raises(Invalid, match="between nought and one"):
        fit_inflated_beta(np.array([0.0, 1.0, 0.5]))


def test_real_charge_offs_are_held_against_their_mean() -> None:
    folder = shared_file(FILE).parent
    (row,) = validate_lgd(folder)
    assert row.passed
    assert "the mean 0.586 serves" in row.reached


def test_real_charge_offs_as_a_law() -> None:
    fit = fit_sba(shared_file(FILE).parent, "2026-03-02")
    law = FittedLgd.of(fit).law()
    assert law.mean == pytest.approx(0.5864, abs=1e-4)
    assert law.sd == pytest.approx(0.288, abs=0.002)
    low, high = law.mean_interval()
    assert low < 0.54  # the years to 1997
    assert high > 0.63  # those of 2003
    told: list[str] = []
    fit_sba(shared_file(FILE).parent, "2026-03-02", tell=lambda step, done, of: told.append(step))
    assert len(told) == 7
