"""Plots are PNG of the stated size, small, the same each time, and hold what they are given."""

import struct
from pathlib import Path

import numpy as np
import pytest

from models.governance.metrics import deciles, double_lift, kaplan_meier_band
from models.training.plots import (
    calibration_plot,
    double_lift_plot,
    lift_plot,
    roc_plot,
    survival_plot,
    write_png,
)
from models.training.reserving import reserve, triangle
from models.training.reserving.plot import reserve_plot

RNG = np.random.default_rng(1)
P = RNG.uniform(0, 0.3, 4000)
OUTCOME = (RNG.random(4000) < P).astype(float)
OFF = np.clip(P * np.exp(RNG.normal(0, 0.5, 4000)), 0, 1)
LIFE = RNG.exponential(8, 500)
TIMES = np.linspace(0, 20, 81)
ROWS = [
    {"cohort": 2001 + place, "development": age, "paid": float(RNG.integers(10, 900))}
    for place in range(6)
    for age in range(1, 7 - place)
]


def pictures() -> dict[str, bytes]:
    both = {"scorecard": (OUTCOME, OFF, None), "boosted": (OUTCOME, P, None)}
    exponential = np.exp(-TIMES / 8)
    seen = kaplan_meier_band(np.zeros(500), LIFE, np.ones(500), TIMES)
    return {
        "calibration": calibration_plot(deciles(OUTCOME, P)),
        "off": calibration_plot(deciles(OUTCOME, np.clip(2 * P, 0, 1))),
        "roc": roc_plot(both),
        "lift": lift_plot(both),
        "double-lift": double_lift_plot(double_lift(OUTCOME, OFF, P)),
        "survival": survival_plot(
            TIMES,
            {"exponential": exponential},
            bands={"exponential": (exponential**1.2, exponential**0.8)},
            observed=seen,
        ),
        "reserve": reserve_plot(reserve(triangle(ROWS)), unit="thousands"),
    }


def test_every_plot_is_a_small_png_of_the_house_size() -> None:
    for name, picture in pictures().items():
        assert picture.startswith(b"\x89PNG\r\n"), name
        assert struct.unpack(">II", picture[16:24]) == (800, 500), name
        assert len(picture) < 60_000, name


def test_the_same_figures_give_the_same_bytes() -> None:
    bins = deciles(OUTCOME, P)
    assert calibration_plot(bins) == calibration_plot(bins)
    assert calibration_plot(bins) != calibration_plot(bins[:-1])


def test_a_plot_is_written_where_no_folder_is(tmp_path: Path) -> None:
    write_png(tmp_path / "a" / "b.png", b"x")
    assert (tmp_path / "a" / "b.png").read_bytes() == b"x"


def test_too_many_lines_are_no_plot() -> None:
    with pytest.raises(AssertionError, match="tell apart"):
        roc_plot({str(number): (OUTCOME, P, None) for number in range(6)})
