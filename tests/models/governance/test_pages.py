"""The pages on governance and reserving state what a run gives."""

from pathlib import Path

import pytest

from models.governance.judge import judge
from models.governance.levels import load_levels
from models.training.plots_governance import draw, drawn_world, taylor_ashe
from models.training.reserving import Method, reserve, triangle

DOCS = Path(__file__).parents[3] / "docs" / "methods"
GOVERNANCE = (DOCS / "governance.md").read_text(encoding="utf-8")
RESERVING = (DOCS / "reserving.md").read_text(encoding="utf-8")
WORLD = drawn_world()


def test_the_drawn_world_is_as_the_page_says() -> None:
    truth, half, sure = (judge(WORLD["outcome"], WORLD[name]) for name in ("truth", "half", "sure"))
    assert f"({truth['auc']:.3f} and {half['auc']:.3f} here)" in GOVERNANCE
    assert f"slope found is {sure['calibration_slope']:.2f} (1/1.8 is 0.56)" in GOVERNANCE
    assert sure["auc"] == pytest.approx(truth["auc"], abs=1e-12)
    assert truth["deciles_outside"] <= 1
    assert sure["deciles_outside"] >= 8


def test_the_levels_on_the_page_are_those_of_the_file() -> None:
    for level in load_levels().levels:
        assert f"`{level.purpose}`" in GOVERNANCE
        for bound in (level.at_least, level.at_most):
            if bound:
                assert f"{bound:g}" in GOVERNANCE, level


def test_the_reserves_on_the_page_are_those_of_a_run() -> None:
    run_off = triangle(taylor_ashe(), cumulative=True)
    premium = {cohort: 5e6 + 3e5 * (cohort - 1) for cohort in run_off.cohorts}
    ladder = reserve(run_off)
    assert f"| {ladder.ibnr:,.1f} | {ladder.mack_se:,.1f} |" in RESERVING
    expected = reserve(run_off, Method.BORNHUETTER_FERGUSON, premium=premium, loss_ratio=0.8)
    cape = reserve(run_off, Method.CAPE_COD, premium=premium)
    decayed = reserve(run_off, Method.CAPE_COD, premium=premium, decay=0.75)
    for found in (expected, cape, decayed):
        assert f"{found.ibnr:,.0f}"[:-1] in RESERVING, found.method
    assert f"q = {cape.cohorts[0].loss_ratio:.3f}" in RESERVING


def test_every_picture_of_the_pages_is_drawn_and_small(tmp_path: Path) -> None:
    draw(tmp_path)
    drawn = {path.name for path in tmp_path.iterdir()}
    for name in drawn:
        assert f"plots/{name}" in GOVERNANCE + RESERVING, name
        assert (DOCS / "plots" / name).stat().st_size < 60_000, name
    assert len(drawn) == 8
