"""Each trainer, run as a user runs it, finds the law of a market whose truth is known.

Ten seeds; the fit is trained on one market and held against the truth of another, fresh one.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import spearmanr

from models.borrower.batch import score_frame as score_loans
from models.governance.metrics import auc
from models.hazard.batch import score_frame as score_rights
from models.market import Market, make_market
from models.training.default.ask import DefaultAsked
from models.training.default.fit import fit_default
from models.training.severity.families import LOGNORMAL
from models.training.severity.likelihood import fit_law
from models.training.severity.losses import Losses
from models.training.survival.asked import SurvivalAsked
from models.training.survival.fit import fit_survival

SEEDS = pytest.mark.parametrize("seed", range(1, 11))
AGES = (5.0, 10.0)
pytestmark = pytest.mark.slow


def trained_and_fresh(seed: int, size: float) -> tuple[Market, Market]:
    return make_market(seed, size), make_market(seed + 1_000, size)


@SEEDS
def test_default(seed: int, tmp_path: Path) -> None:
    """It ranks nearly as well as the true PDs do, follows them, and has their level of late.

    The level is the latest years': what a downturn would do to it is the overlay's to say.
    """
    market, fresh = trained_and_fresh(seed, 0.25)
    asked = DefaultAsked(target="default", time="approved_on", drop=("months_on_book",))
    fit_default(market.loans, asked, tmp_path)
    pd, truth = score_loans(tmp_path, fresh.loans).to_numpy(), fresh.truth["truth_loans"]["pd"]
    outcome = fresh.loans["default"].to_numpy()
    assert auc(outcome, truth.to_numpy()) - auc(outcome, pd) < 0.04
    assert spearmanr(pd, truth.to_numpy()).statistic > 0.85  # the economy moves the truth too
    late = (fresh.loans["approved_on"] >= date(2021, 1, 1)).to_numpy()
    assert pd[late].mean() == pytest.approx(truth.to_numpy()[late].mean(), rel=0.3)


def true_survival(market: Market) -> dict[float, np.ndarray]:
    """P(no lapse by an age) of each right: exp(-e^(log ratio) x integral of its kind's rates)."""
    law = market.law["rights"]["lapse"]
    starts = [*law["bands"], np.inf]
    ratio = np.exp(market.truth["truth_rights"]["lapse_log_ratio"].to_numpy())
    kinds = market.rights["kind"].to_numpy()
    found = {}
    for age in AGES:
        years = [min(max(age - a, 0.0), b - a) for a, b in pairwise(starts)]
        total = {kind: float(np.dot(years, rates)) for kind, rates in law["rates"].items()}
        found[age] = np.exp(-ratio * np.array([total[kind] for kind in kinds]))
    return found


@SEEDS
def test_lapse(seed: int, tmp_path: Path) -> None:
    """Delayed entry and competing ends: S(t) of every right, unbiased and close to the truth."""
    market, fresh = trained_and_fresh(seed, 0.2)
    asked = SurvivalAsked(
        entry="entry_years", exit="exit_years", event="lapsed",
        drop=("right_id", "filed_on", "granted_on"),
    )  # fmt: skip
    fit_survival(market.rights, asked, tmp_path)
    scores = score_rights(tmp_path, fresh.rights, AGES)
    truth = true_survival(fresh)
    for age in AGES:
        gap = scores[f"survival_{age:g}"].to_numpy() - truth[age]
        assert abs(gap.mean()) < 0.03, age
        assert np.abs(gap).mean() < 0.06, age
    risk = scores["risk"].to_numpy()
    assert spearmanr(risk, -truth[10.0]).statistic > 0.93


@SEEDS
def test_size_of_losses(seed: int) -> None:
    """Through deductibles and limits, the body of judged losses within four of its errors.

    Above the threshold the law is another: it is taken as a limit like any other.
    """
    market = make_market(seed)
    law = market.law["disputes"]
    rows = market.disputes.filter((pl.col("jurisdiction") == "CN") & (pl.col("stage") == "judged"))
    limit = rows["limit"].fill_null(np.inf).clip(upper_bound=law["threshold"]["CN"]).to_numpy()
    loss = np.minimum(rows["loss"].to_numpy(), limit)
    found = fit_law(
        LOGNORMAL, Losses.under_limits(loss, limit, deductible=rows["deductible"].to_numpy())
    )
    for name, truth in (
        ("mu", law["body"]["log_mean"]["CN"]),
        ("sigma", law["body"]["log_sd"]["CN"]),
    ):
        assert abs(found.values[name] - truth) < 4.0 * found.errors[name], name
    naive = fit_law(LOGNORMAL, Losses.of(loss))
    assert abs(naive.values["mu"] - law["body"]["log_mean"]["CN"]) > 4.0 * naive.errors["mu"]
