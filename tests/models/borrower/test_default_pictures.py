"""The pictures and figures of the page come from a run, and the run still gives them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from shared_files import shared_file

from models.borrower.calibration import BetaCalibration, Identity, Isotonic, Platt
from models.borrower.curve import DefaultCurve
from models.borrower.odds import Floats, expit, logit
from models.borrower.outcome import outcome_table
from models.borrower.scale import load_scale
from models.borrower.shapes import term_named
from models.training.default_timing import LAWS, fit_shape, timing_of
from models.training.plots_scale import (
    draw_all,
    draw_interval,
    draw_scale,
    levels_by_year,
    synthetic_market,
)

FILE = "sba_dev_fy1971_2003.parquet"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "default-law.md"


def said(line: str) -> str:
    """Return the line of the page that begins so, without its stars."""
    text = PAGE.read_text(encoding="utf-8").replace("*", "")
    (found,) = [row for row in text.splitlines() if row.startswith(line)]
    return found


def shown(path: Path) -> tuple[int, int]:
    """Check that a picture is one, and return its size in pixels."""
    assert path.stat().st_size < 60_000
    with Image.open(path) as picture:
        assert len(set(np.asarray(picture.convert("L")).ravel().tolist())) > 5
        return picture.size


def test_the_synthetic_pictures_are_drawn(tmp_path: Path) -> None:
    draw_scale(tmp_path / "scale.png")
    draw_interval(tmp_path / "interval.png")
    assert shown(tmp_path / "scale.png") == (800, 360)
    assert shown(tmp_path / "interval.png") == (500, 360)


def test_all_pictures_of_the_page_are_drawn(tmp_path: Path) -> None:
    draw_all(shared_file(FILE), tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    for path in tmp_path.iterdir():
        shown(path)
        assert f"plots/{path.name}" in text
        assert (PAGE.parent / "plots" / path.name).is_file()
    assert len(list(tmp_path.iterdir())) == text.count("](plots/")


def test_the_table_of_the_page_is_the_tables() -> None:
    table = outcome_table(load_scale(), *synthetic_market(8000, 1.0, 3))
    for line in table.grades:
        row = said(f"| {line.grade} |")
        assert f"| {line.rows:,} | {line.defaults:g} | {line.expected:.1f} |" in row
        assert row.endswith(f"| {line.light.value} |")
        ends = f"{100 * (line.low or 0):.2f} to {100 * (line.high or 0):.2f} %"
        middle, stated = 100 * (line.rate or 0), 100 * (line.predicted or 0)
        assert f"| {middle:.2f} % | {ends} | {stated:.2f} % |" in row
    assert table.ordered
    assert table.weakest == pytest.approx(0.86, abs=0.005)


@pytest.mark.parametrize(("lag", "name"), [(0, "0"), (12, "12"), (18, "18"), (None, "flat")])
def test_the_lags_of_the_page_are_the_curves(lag: float | None, name: str) -> None:
    term = term_named("flat") if lag is None else term_named("sba-7a-smooth", lag)
    for start, pd, horizon in (("2.5 % in one year", 0.025, 1), ("12 % in ten years", 0.12, 10)):
        curve = DefaultCurve.of_pd(pd, horizon, term, correlation=0.05)
        stated = said(f"| {start} | {name} |").split("|")[3:7]
        reached = [100 * (1 - curve.survival(year)) for year in (1, 2, 3, 5)]
        assert [float(cell) for cell in stated] == pytest.approx(reached, abs=0.0501)


def test_the_laws_of_the_page_are_the_files() -> None:
    timing = timing_of(shared_file(FILE))
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"({timing.rows:,} of 27,451 approved" in text
    assert f"{len(timing.months):,} charged off in the window" in text
    assert f"weighted incidence {100 * timing.incidence:.1f} %" in text
    for law, name in (("loglogistic", "log-logistic"), ("lognormal",) * 2, ("weibull", "Weibull")):
        fit = fit_shape(timing, law)
        row = said(f"| {name} |")
        assert row.endswith(f"| {fit.log_likelihood:.4f} | {fit.gap:.3f} |")
        assert f"{fit.scale:.1f} months" in row
        assert f"{fit.form:.2f}" in row
    assert set(LAWS) == {"lognormal", "loglogistic", "weibull"}


def test_the_factors_of_the_page_are_the_files() -> None:
    """The level moved by nearly three either way: least in 1993, greatest in 2003."""
    levels = {
        int(level.period): level.multiplier or 0.0 for level in levels_by_year(shared_file(FILE))
    }
    assert (min(levels, key=levels.__getitem__), max(levels, key=levels.__getitem__)) == (
        1993,
        2003,
    )
    assert (levels[1993], levels[2003]) == pytest.approx((0.33, 2.84), abs=0.006)


def test_the_calibrations_of_the_page_are_a_runs() -> None:
    def truth(score: Floats) -> Floats:
        return expit(0.6 * logit(score) - 0.5)

    errors = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        score = expit(rng.normal(-2.0, 1.5, 5000))
        outcome = (rng.random(5000) < truth(score)).astype(float)
        fresh = expit(rng.normal(-2.0, 1.5, 5000))
        forms = (Identity(), *(f.fit(score, outcome) for f in (Platt, BetaCalibration, Isotonic)))
        errors.append([np.abs(form.apply(fresh) - truth(fresh)).mean() for form in forms])
    raw, *fitted = np.mean(errors, axis=0)
    assert raw == pytest.approx(0.050, abs=0.0006)
    assert said("| 5,000 |") == "| 5,000 | " + " | ".join(f"{x:.3f}" for x in fitted) + " |"
