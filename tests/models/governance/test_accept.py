"""Acceptance levels: reached, missed, and never measured; and who disagrees with whom."""

import math
import re
from importlib.resources import files
from pathlib import Path

import pytest

from kernel.errors import Invalid
from kernel.finding import Effect
from models.governance.accept import accept
from models.governance.compare import compare
from models.governance.levels import load_levels, read_levels

GOOD = {
    "auc": 0.75, "ks": 0.4, "brier_skill": 0.05, "calibration_slope": 1.0,
    "ece": 0.01, "base_rate": 0.05, "deciles_outside": 1,
}  # fmt: skip
TEXT = files("models.governance").joinpath("levels.toml").read_text(encoding="utf-8")


def missed(**changes: float) -> list[str]:
    return [one.en for one in accept(GOOD | changes, "borrower_default")]


def test_a_good_fit_passes() -> None:
    assert missed() == []
    assert missed(auc=0.72, ks=0.30, calibration_slope=0.8) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"auc": 0.7199}, "auc is 0.7199, accepted is at least 0.72"),
        ({"calibration_slope": 1.21}, "at least 0.8 and at most 1.2"),
        ({"ece": 0.0125}, "below 0.25 x base_rate"),
        ({"deciles_outside": 2}, "at most 1"),
    ],
)
def test_each_bound_bites(changes: dict[str, float], words: str) -> None:
    (found,) = missed(**changes)
    assert words in found


def test_what_was_never_measured_is_no_pass() -> None:
    found = accept({"auc": 0.9}, "borrower_default")
    assert {one.code for one in found} == {"not-measured"}
    assert len(found) == 5
    unmeasured = {key: GOOD[key] for key in GOOD if key != "base_rate"}
    (one,) = accept(unmeasured, "borrower_default")
    assert "base_rate was not measured" in one.en
    assert (one.effect, "grade C" in one.clause) == (Effect.REFER, True)


def test_a_null_is_beaten_only_from_below() -> None:
    figures = {"integrated_brier": 0.2, "integrated_brier_null": 0.2}
    assert len(accept(figures, "lapse")) == 1
    assert accept(figures | {"integrated_brier": 0.199}, "lapse") == ()


def test_the_house_can_state_its_own() -> None:
    own = read_levels(re.sub(r"at_least = 0\.72", "at_least = 0.60", TEXT))
    assert accept(GOOD | {"auc": 0.65}, "borrower_default", own) == ()
    with pytest.raises(Invalid, match="no levels are stated for 'recoverry'"):
        accept(GOOD, "recoverry")


def test_shipped_levels_are_judgement_and_say_so() -> None:
    levels = load_levels()
    assert levels.grade == "C"
    keys = [(level.purpose, level.figure) for level in levels.levels]
    assert len(set(keys)) == len(keys)
    sources = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert f"`{levels.source}`" in sources


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("at_most = 1\n", ""), "deciles_outside has no bound"),
        (TEXT.replace("factor = 2.0", "factor = 1.0"), "not above 1"),
        (TEXT.replace("at_least = 0.72", "least = 0.72"), "least"),
        (TEXT.replace('grade = "C"', ""), "grade"),
        ("[[level", "cannot be read"),
    ],
)
def test_faulty_levels_are_refused(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_levels(text)


def test_champion_and_challenger_agree_within_the_factor_either_way() -> None:
    for challenger, agrees in ((0.04, True), (0.01, True), (0.0401, False), (0.0099, False)):
        found = compare("a-1", 0.02, "b-1", challenger)
        assert found.agrees is agrees, challenger
        assert [one.code for one in found.findings()] == [] if agrees else ["fits-disagree"]
    assert compare("a-1", 0.02, "b-1", 0.05, factor=3).agrees


def test_a_comparison_is_kept_whole() -> None:
    kept = compare("a-1", 0.02, "b-1", 0.05).json()
    assert kept["ratio"] == pytest.approx(2.5)
    assert (kept["champion_fit"], kept["agrees"], kept["factor"]) == ("a-1", False, 2.0)


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, math.inf])
def test_what_cannot_be_compared_is_refused(bad: float) -> None:
    with pytest.raises(Invalid, match="challenger"):
        compare("a-1", 0.02, "b-1", bad)
    with pytest.raises(Invalid, match="factor"):
        compare("a-1", 0.02, "b-1", 0.02, factor=min(bad, 0.5))
