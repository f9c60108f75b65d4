"""Pictures and cards come from the fit's own figures, however odd the fit."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.features import Feature, Kind, Missing
from models.fit_file import FitFile
from models.governance.card import form_words, write_card
from models.governance.deciles import deciles
from models.training import pictures

RNG = np.random.default_rng(3)
P = RNG.uniform(0.01, 0.4, 800)
BINS = [one.json() for one in deciles((RNG.random(800) < P).astype(float), P)]
WEIBULL: dict[str, Any] = {
    "terms": [{"feature": "age", "take": "value"}], "offset": [2.0, 0.5],
    "matrix": [[0.1], [0.0]], "law": {}, "reference": 5.0, "horizon": 12.0,
    "band": {"scores": [0, 1], "of_terms": [-1, -1], "covariance": [[0.01, 0.0], [0.0, 0.0]]},
}  # fmt: skip


def fit_of(form: str = "borrower.scorecard", **parts: Any) -> FitFile:
    stated: dict[str, Any] = {
        "made_on": "2024-01-02", "tape": {}, "features": (), "parameters": {}, "metrics": {},
    } | parts  # fmt: skip
    return FitFile.named("odd", form, **stated)


def section(card: str, title: str) -> str:
    return card.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def weibull(typical: float) -> FitFile:
    age = Feature("age", low=0.0, high=50.0, typical=typical)
    return fit_of("hazard.weibull", features=(age,), parameters=WEIBULL)


def test_a_fit_without_figures_gives_no_picture_and_no_folder(tmp_path: Path) -> None:
    assert pictures.draw_fit(fit_of(), tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


def test_deciles_are_drawn_into_a_new_folder_the_same_each_time(tmp_path: Path) -> None:
    fit = fit_of(metrics={"deciles": BINS})
    (first,) = pictures.draw_fit(fit, tmp_path / "a" / "b")
    (second,) = pictures.draw_fit(fit, tmp_path / "c")
    assert first == tmp_path / "a" / "b" / "calibration.png"
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    (other,) = pictures.draw_fit(fit_of(metrics={"deciles": BINS[:-1]}), tmp_path / "d")
    assert other.read_bytes() != first.read_bytes()


def test_deciles_of_another_shape_are_no_picture(tmp_path: Path) -> None:
    short = [{key: one for key, one in BINS[0].items() if key != "rate"}]
    with pytest.raises(TypeError, match="rate"):
        pictures.draw_fit(fit_of(metrics={"deciles": short}), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_curve_of_the_typical_row_is_the_weibull_law(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: dict[str, Any] = {}

    def keep(ages: Any, curves: Any, **words: Any) -> bytes:
        seen.update(words, ages=ages, curve=curves["typical row"])
        return b"drawn"

    monkeypatch.setattr(pictures, "survival_plot", keep)
    fit = weibull(3.0)
    (path,) = pictures.draw_fit(fit, tmp_path)
    assert (path.name, path.read_bytes()) == ("survival.png", b"drawn")
    assert (seen["ages"][0], seen["ages"][-1], len(seen["ages"])) == (0.0, 12.0, 121)
    assert seen["title"] == fit.fit_id
    curve, at = np.asarray(seen["curve"]).ravel()[1:], seen["ages"][1:]
    straight = np.log(-np.log(curve))
    slope = np.diff(straight) / np.diff(np.log(at))
    assert slope == pytest.approx(np.full(len(slope), slope[0])), "ln(-ln S) is straight in ln t"
    assert slope[0] == pytest.approx(np.exp(0.5))
    low, high = (np.asarray(end).ravel()[1:] for end in seen["bands"]["typical row"])
    wide = 1.96 * slope[0] * 0.1
    for end, shift in ((low, wide), (high, -wide)):
        assert np.log(-np.log(end)) == pytest.approx(straight + shift, abs=1e-4)
    pictures.draw_fit(weibull(30.0), tmp_path)
    assert not np.allclose(np.asarray(seen["curve"]).ravel()[1:], curve)


def test_a_hazard_without_a_band_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    parameters = WEIBULL | {"band": None}
    fit = fit_of("hazard.weibull", features=weibull(3.0).features, parameters=parameters,
                 metrics={"deciles": BINS})  # fmt: skip
    with pytest.raises(Invalid) as refused:
        pictures.draw_fit(fit, tmp_path)
    assert "covariance" in refused.value.faults[0].problem
    assert "band" in refused.value.faults[0].cure
    assert list(tmp_path.iterdir()) == []


def test_a_law_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        pictures.draw_fit(fit_of("hazard.gompertz"), tmp_path)
    (fault,) = refused.value.faults
    assert fault.field == "fit"
    assert "hazard.gompertz" in fault.problem
    assert "hazard.cox" in fault.cure


def test_open_ranges_and_many_levels_are_written_short() -> None:
    levels = tuple(f"L{place:02}" for place in range(30))
    features = (
        Feature("depth", low=None, high=4.5, seen_high=3.25),
        Feature("kind", Kind.CATEGORY, levels=levels, other=False, missing=Missing.LEARNED),
        Feature("flow", monotone=-1, missing=Missing.FILL, fill=0.123456789),
    )
    card = write_card(fit_of(features=features))
    rows = section(card, "Features").splitlines()
    assert "| depth | number | – | any to 4.5 | any to 3.25 | – | refused | – |" in rows
    assert "| flow | number | – | – | – | – | taken as 0.123457 | only down |" in rows
    (kind,) = [row for row in rows if row.startswith("| kind")]
    assert "L23 and 6 more; no other" in kind
    assert "L24" not in kind
    assert "learned as missing" in kind
    limits = section(card, "What it does not know")
    assert "never seen in training" not in limits, "no level is taken as another"
    assert "nearest value seen" not in limits, "no lower end was seen"


@pytest.mark.parametrize(
    ("form", "metrics", "told"),
    [
        ("borrower.boosted", {}, True),
        ("borrower.boosted", {"deciles": BINS}, False),
        ("hazard.cox", {}, False),
    ],
)
def test_a_missing_calibration_is_told_of_borrowers_alone(
    form: str, metrics: dict[str, Any], *, told: bool
) -> None:
    card = write_card(fit_of(form, metrics=metrics))
    assert ("how true its level is, is unknown" in section(card, "What it does not know")) is told


def test_a_note_of_many_lines_stays_one_item_and_a_bar_stays_in_its_cell() -> None:
    card = write_card(fit_of(notes=("first\n  second\n\n# third",), tape={"file": "a|b\nc.csv"}))
    assert section(card, "Notes and warnings").strip() == "- first second # third"
    assert "| file | a\\|b c.csv |" in card


@pytest.mark.parametrize(
    ("tape", "start", "end"),
    [
        ({"sha256": "ab12"}, "Take the file of SHA-256 `ab12` and train", ""),
        ({"command": "run it"}, "Take the tape named above and run `run it`", "run it"),
    ],
)
def test_the_way_back_says_what_is_known(tape: dict[str, str], start: str, end: str) -> None:
    card = write_card(fit_of(tape=tape))
    again = section(card, "How to make it again")
    assert again.strip().startswith(start)
    assert "command" not in section(card, "Trained on")
    assert (end in again) or not end


def test_the_longest_known_family_speaks() -> None:
    assert form_words("borrower.boosted") == form_words("borrower.boosted.twice.removed")
    assert form_words("borrowers")["title"] == form_words("")["title"] == "A fit"


WORDS = st.text("ab|\n #", min_size=1, max_size=6)
NAMES = st.text("ab_ #", min_size=1, max_size=6)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(-1e9, 1e9), WORDS)
NESTED = st.recursive(PLAIN, lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=6)


@settings(max_examples=25, deadline=None)
@given(metrics=st.dictionaries(NAMES, NESTED, max_size=3), notes=st.lists(WORDS, max_size=2))
def test_any_figures_leave_every_table_whole(metrics: dict[str, Any], notes: list[str]) -> None:
    """Every row of a table has as many cells as the rule below its header."""
    fit = fit_of(metrics=metrics, notes=tuple(notes))
    card = write_card(fit)
    assert card == write_card(fit)
    width = 0
    for row in card.splitlines():
        if not row.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", row))
        assert width in (0, cells), row
        width = cells
