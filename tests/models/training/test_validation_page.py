"""The validation page, its exit status, and what is stated of fits before they price."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid, invalid
from models.features import Feature
from models.fit_file import FitFile, digest, read_fit, write_fit
from models.training import validate
from models.training.checked import Checked
from models.training.default.horizon import with_horizon
from models.training.default.ratios import COLUMNS, ratio_frame, ratios
from models.training.progress import Tell

GOOD = Checked("AUC", "0.7", "0.74", passed=True)
BAD = Checked("slope", "0.8 to 1.2", "0.5", passed=False)
SHOWN = Checked("rows", "", "1,200", passed=None)
Part = Callable[[Path, Tell], Sequence[Checked]]


def part_of(*lines: Checked) -> Part:
    def part(folder: Path, tell: Tell) -> Sequence[Checked]:
        assert folder.is_dir()
        tell("counting", 1, 2)
        return lines

    return part


def a_fit(**changes: Any) -> FitFile:
    parts: dict[str, Any] = {
        "made_on": "2024-01-02", "tape": {"rows": 9}, "features": (Feature("age"),),
        "parameters": {"intercept": -2.0}, "metrics": {"base_rate": 0.07},
    } | changes  # fmt: skip
    return FitFile.named("sme-small", "borrower.scorecard", **parts)


def test_the_page_has_a_table_for_each_part_in_order() -> None:
    page = validate.page_text({"Two": [BAD, SHOWN], "One": [GOOD]})
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == ["Two", "One"]
    assert page.startswith("# Validation\n")
    assert page.endswith(
        "## One\n\n| what | at least | reached | |\n|---|---|---|---|\n"
        "| AUC | 0.7 | 0.74 | reached |\n"
    )
    assert "| slope | 0.8 to 1.2 | 0.5 | **missed** |\n| rows |  | 1,200 | shown |\n" in page


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from([GOOD, BAD, SHOWN]), max_size=4), max_size=4))
def test_the_page_loses_no_line(parts: list[list[Checked]]) -> None:
    page = validate.page_text({f"P{place}": lines for place, lines in enumerate(parts)})
    every = [line for lines in parts for line in lines]
    for word, passed in (("reached", True), ("**missed**", False), ("shown", None)):
        held = sum(line.passed is passed for line in every)
        assert len(re.findall(rf"\| {re.escape(word)} \|$", page, re.MULTILINE)) == held
    assert page.count("|---|---|---|---|") == len(parts)


def test_a_folder_that_is_not_there_is_named_and_no_page_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate, "PARTS", ())
    page = tmp_path / "page.md"
    (tmp_path / "file").write_text("x")
    for missing in ("away", "file"):
        assert validate.main([str(tmp_path / missing), str(page)]) == 1
        told = capsys.readouterr().err
        assert f"{missing} is no folder" in told
        assert "name the one with the outcomes" in told
    assert not page.exists()


@pytest.mark.parametrize(
    ("lines", "status"),
    [((GOOD,), 0), ((GOOD, SHOWN), 0), ((SHOWN,), 0), ((GOOD, BAD), 1), ((), 0)],
)
def test_the_status_is_one_where_a_line_is_missed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lines: tuple[Checked, ...],
    status: int,
) -> None:
    monkeypatch.setattr(validate, "PARTS", (("One", part_of(*lines)), ("Two", part_of(GOOD))))
    page = tmp_path / "page.md"
    assert validate.main([str(tmp_path), str(page)]) == status
    assert page.read_text(encoding="utf-8") == validate.page_text({"One": lines, "Two": [GOOD]})
    printed = capsys.readouterr().out
    assert printed.count("0.74") == 1 + sum(line is GOOD for line in lines)
    assert "**" not in printed, "stars are for the page alone"


def test_a_refusal_of_a_part_is_told_and_ends_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[str] = []

    def refuse(_folder: Path, _tell: Tell) -> Sequence[Checked]:
        raise invalid("loans.parquet", "is not there", "name a CSV or Parquet file")

    def after(_folder: Path, _tell: Tell) -> Sequence[Checked]:
        later.append("ran")
        return []

    monkeypatch.setattr(validate, "PARTS", (("First", refuse), ("Then", after)))
    assert validate.main([str(tmp_path), str(tmp_path / "page.md")]) == 1
    told = capsys.readouterr().err
    assert "validate: First: loans.parquet: is not there; name a CSV or Parquet file" in told
    assert not later
    assert not (tmp_path / "page.md").exists()


def test_a_horizon_makes_another_fit_and_leaves_the_first(tmp_path: Path) -> None:
    fit = a_fit()
    found = with_horizon(fit, 1.5)
    assert dict(found.parameters) == {"intercept": -2.0, "horizon_years": 1.5}
    assert dict(fit.parameters) == {"intercept": -2.0}
    assert found.fit_id != fit.fit_id
    assert found.fit_id == "sme-small-" + digest(
        fit.form, fit.features, {"horizon_years": 1.5, "intercept": -2.0}, None
    )
    assert found.digest_holds
    write_fit(tmp_path / "fit", found)
    assert read_fit(tmp_path / "fit").parameters["horizon_years"] == 1.5
    assert (found.metrics, found.tape, found.features) == (fit.metrics, fit.tape, fit.features)


def test_each_statement_has_an_id_of_its_own() -> None:
    fit, trees = a_fit(), a_fit(booster=b"trees")
    stated = [
        fit, trees, with_horizon(fit, 1.0), with_horizon(fit, 2.0), with_horizon(trees, 1.0),
        with_horizon(fit, 1.0, level_of="default/x/CN"),
        with_horizon(fit, 1.0, level_of="default/y/CN"),
    ]  # fmt: skip
    assert len({one.fit_id for one in stated}) == len(stated)
    assert all(one.digest_holds for one in stated)


def test_stating_twice_is_stating_the_last() -> None:
    fit = a_fit()
    assert with_horizon(with_horizon(fit, 3.0), 1.0) == with_horizon(fit, 1.0)


def test_the_level_keeps_the_rate_of_its_tape() -> None:
    found = with_horizon(a_fit(), 1.0, level_of="default/ip_pledge_sme/CN")
    level = {"prior": "default/ip_pledge_sme/CN", "tape_rate": 0.07}
    assert found.parameters["level_of"] == level
    with pytest.raises(KeyError, match="base_rate"):
        with_horizon(a_fit(metrics={}), 1.0, level_of="default/ip_pledge_sme/CN")


@pytest.mark.parametrize("years", [0.0, -1.0, float("inf"), float("nan")])
def test_what_is_no_time_is_refused(years: float) -> None:
    with pytest.raises(Invalid) as refused:
        with_horizon(a_fit(), years)
    (fault,) = refused.value.faults
    assert fault.field == "--horizon"
    assert fault.problem == f"{years:g} is no time"
    assert "years" in fault.cure


def accounts(path: Path, **columns: list[float | None]) -> Path:
    """Write four firms: every ratio at the middle of its range where nothing else is said."""
    bounds = ratios()
    middle = {COLUMNS[name]: [(row["low"] + row["high"]) / 2] * 4 for name, row in bounds.items()}
    pl.DataFrame({**middle, "class": [0, 1, 0, 1], "Attr64": [1.0] * 4, **columns}).write_parquet(
        path
    )
    return path


def test_a_ratio_out_of_its_range_says_nothing(tmp_path: Path) -> None:
    """Liabilities over assets can be 0 to 20, ends included; working capital at most 1."""
    columns: dict[str, list[float | None]] = {
        "Attr2": [0.0, 20.0, -0.01, 20.01], "Attr3": [None, 1.0, 1.001, -20.0],
        "Attr4": [float("nan"), float("inf"), 500.0, 0.0],
    }  # fmt: skip
    frame = ratio_frame(accounts(tmp_path / "firms.parquet", **columns))
    assert frame["liabilities_to_assets"].to_list() == [0.0, 20.0, None, None]
    assert frame["working_capital_to_assets"].to_list() == [None, 1.0, None, -20.0]
    assert frame["current_ratio"].to_list() == [None, None, 500.0, 0.0]
    assert frame["failed"].to_list() == [0, 1, 0, 1]


def test_columns_are_renamed_and_no_other_is_kept(tmp_path: Path) -> None:
    frame = ratio_frame(accounts(tmp_path / "firms.parquet"))
    assert set(frame.columns) == {*COLUMNS, "failed"}
    assert sum(frame.null_count().row(0)) == 0, "the middle of a range is in it"
    for name, row in ratios().items():
        assert frame[name][2] == pytest.approx((row["low"] + row["high"]) / 2)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_each_range_is_that_of_its_own_column(tmp_path: Path, name: str) -> None:
    low, high = (float(ratios()[name][end]) for end in ("low", "high"))
    values: list[float | None] = [low, high, low - 1e-6, high + 1e-3]
    frame = ratio_frame(accounts(tmp_path / "firms.parquet", **{COLUMNS[name]: values}))
    assert frame[name].to_list() == [low, high, None, None]
    assert frame.drop(name).null_count().sum_horizontal().item() == 0


def test_accounts_that_are_not_there_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        ratio_frame(tmp_path / "gone.parquet")
    assert refused.value.faults[0].field == "gone.parquet"
    assert "Parquet" in refused.value.faults[0].cure
