"""A fit that is changed, misnamed, undescribed or absent is found."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.features import Feature, Kind
from models.fit_file import CARD, FIT, FitFile, write_fit
from models.governance.card import write_card
from models.governance.check_fits import check_fit, check_fits, fit_folders
from models.governance.in_force import read_in_force

Build = Callable[..., FitFile]
ROW = """[[serves]]
purpose = "borrower_default"
products = ["pledge_guarantee"]
champion = "{}"
challenger = "gone-0123456789ab"
valid_from = 2026-01-01
"""


def stored(folder: Path, fit: FitFile) -> Path:
    """Write the fit with its card where it belongs."""
    write_fit(folder / fit.fit_id, fit, write_card(fit))
    return folder / fit.fit_id


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in check_fit(folder)]


def test_a_whole_fit_has_no_findings(a_fit: Build, tmp_path: Path) -> None:
    path = stored(tmp_path, a_fit())
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "in_force.toml").touch()
    assert codes(path) == []
    assert fit_folders(tmp_path) == (path,)
    assert check_fits(tmp_path, read_in_force("")) == ()


def test_one_changed_figure_is_found(a_fit: Build, tmp_path: Path) -> None:
    path = stored(tmp_path, a_fit())
    text = (path / FIT).read_text(encoding="utf-8")
    assert '"age":0.1' in text
    (path / FIT).write_text(text.replace('"age":0.1', '"age":0.2'), encoding="utf-8")
    assert codes(path) == ["fit-broken"]


def test_a_changed_metric_is_found_by_its_card(a_fit: Build, tmp_path: Path) -> None:
    path = stored(tmp_path, a_fit())
    text = (path / FIT).read_text(encoding="utf-8")
    (path / FIT).write_text(text.replace("0.6512345678", "0.9512345678"), encoding="utf-8")
    assert codes(path) == ["card-differs"]


def test_a_fit_without_its_card_or_under_another_name_is_found(
    a_fit: Build, tmp_path: Path
) -> None:
    path = stored(tmp_path, a_fit())
    (path / CARD).unlink()
    assert codes(path.rename(tmp_path / "other")) == ["fit-misnamed", "no-card"]


def test_what_is_left_unsaid_is_found(a_fit: Build, tmp_path: Path) -> None:
    features = (Feature("age", seen_low=0.0), Feature("branch", Kind.CATEGORY))
    path = stored(tmp_path, a_fit(features=features, tape={"rows": 3}))
    found = check_fit(path)
    assert [one.code for one in found] == ["no-fingerprint"] + 2 * ["feature-incomplete"]
    assert "age lacks seen_high" in found[1].en
    assert "branch lacks levels" in found[2].en
    assert all(one.cure and one.zh for one in found)


def test_a_fit_that_serves_and_is_not_there_is_found(a_fit: Build, tmp_path: Path) -> None:
    fit = a_fit()
    stored(tmp_path, fit)
    (found,) = check_fits(tmp_path, read_in_force(ROW.format(fit.fit_id)))
    assert (found.code, "line 1" in found.en) == ("no-such-fit", True)
    assert "gone-0123456789ab" in found.en


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json"])
def test_rubbish_is_a_finding_and_no_crash(content: str, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / FIT).write_text(content, encoding="utf-8")
    assert codes(tmp_path / "x") == ["fit-broken"]


def test_an_empty_folder_is_no_fit(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert codes(tmp_path / "x") == ["fit-broken"]


def test_a_forged_id_is_found(a_fit: Build, tmp_path: Path) -> None:
    forged = replace(a_fit(), fit_id="sample-000000000000")
    assert codes(stored(tmp_path, forged)) == ["fit-broken"]
