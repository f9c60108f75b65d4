"""The card says what the fit says, all of it, and the same each time."""

import json
import re
from collections.abc import Callable

import pytest

from models.features import Feature
from models.fit_file import FitFile
from models.governance.card import form_words, write_card
from models.governance.markdown import cell, figures, table

Build = Callable[..., FitFile]


def section(card: str, title: str) -> str:
    """The text below one heading."""
    return card.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_it_has_every_section_once_and_in_order(a_fit: Build) -> None:
    heads = re.findall(r"^## (.+)$", write_card(a_fit()), re.MULTILINE)
    assert heads == [
        "Purpose",
        "Trained on",
        "Features",
        "Candidates and how they did out of time",
        "Calibration in deciles, with the 95 % Poisson band",
        "Master scale: what became of each grade",
        "Other figures",
        "What the score is computed from",
        "What it does not know",
        "Notes and warnings",
        "How to make it again",
    ]


def test_the_same_fit_gives_the_same_card_after_storing(a_fit: Build) -> None:
    fit = a_fit()
    stored = json.loads(json.dumps(fit.json(), sort_keys=True))
    again = FitFile(
        fit.form, fit.fit_id, fit.made_on, stored["tape"],
        tuple(Feature.of(row) for row in stored["features"]), stored["parameters"],
        stored["metrics"], tuple(stored["notes"]),
    )  # fmt: skip
    assert write_card(again) == write_card(fit)


def test_numbers_are_those_of_the_fit(a_fit: Build) -> None:
    fit = a_fit()
    card = write_card(fit)
    assert "| rows | 3000 |" in card
    assert "| sha256 | " + "ab" * 32 + " |" in card
    assert "| period | 2001-01-01, 2019-12-31 |" in card
    assert f"| base_rate | {fit.metrics['base_rate']:.6g} |" in section(card, "Other figures")
    assert "0.651235" in section(card, "Candidates and how they did out of time")
    bins = section(card, "Calibration in deciles, with the 95 % Poisson band")
    for row in fit.metrics["deciles"]:
        assert f"| {row['expected']:.6g} | {row['observed']:.6g} |" in bins
    assert len(bins.strip().splitlines()) == 2 + len(fit.metrics["deciles"])


def test_candidates_of_unlike_columns_share_a_table(a_fit: Build) -> None:
    rows = section(write_card(a_fit()), "Candidates and how they did out of time").splitlines()
    assert "| no. | name | chosen | auc | rounds |" in rows
    assert "| 2 | boosted | – | 0.64 | 120 |" in rows


def test_features_state_range_sign_and_what_missing_means(a_fit: Build) -> None:
    rows = section(write_card(a_fit()), "Features").splitlines()
    assert "| age | number | years | 0 to any | 0 to 20 | 10 | refused | only up |" in rows
    branch = "| branch | category | – | mining, retail; others taken as other | – | – |"
    assert f"{branch} taken as retail | – |" in rows


def test_leaks_limits_and_the_way_back_are_told(a_fit: Build) -> None:
    fit = a_fit()
    card = write_card(fit)
    assert "leaking column" in section(card, "Notes and warnings")
    limits = section(card, "What it does not know")
    assert "outside its period, 2001-01-01, 2019-12-31" in limits
    assert "nearest value seen" in limits
    again = section(card, "How to make it again")
    assert "run `zhibao fit default loans.csv --target defaulted --out fit`" in again
    assert fit.fit_id[-12:] in again


def test_histograms_and_long_lists_are_not_printed(a_fit: Build) -> None:
    card = write_card(a_fit())
    assert "reference" not in card
    assert "| knots | 40 values |" in card


def test_a_poor_fit_still_has_a_card(a_fit: Build) -> None:
    card = write_card(a_fit(tape={}, metrics={}, notes=(), parameters={"a": {"b": {"c": 1}}}))
    assert "No calibration in deciles was recorded" in card
    assert "- None." in card
    assert "Take the tape named above and train" in card
    assert "#### b" not in card
    assert "### a\n\n| " in card


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("borrower.boosted", "Probability that a borrower defaults"),
        ("hazard.cox.boosted", "Hazard of an event over time"),
        ("severity", "Size of a loss"),
        ("teapot.hot", "A fit"),
    ],
)
def test_a_form_is_known_by_its_family(form: str, title: str) -> None:
    assert form_words(form)["title"] == title
    assert form_words(form)["limits"]


def test_a_text_cannot_break_its_table() -> None:
    assert cell("a|b\nc") == "a\\|b c"
    assert table(("x",), [["|"]]).splitlines()[-1] == "| \\| |"


def test_nested_figures_become_tables() -> None:
    flat = figures({"inner": {"auc": 0.7}, "outer": {"auc": 0.6, "ks": 0.2}}, "Splits")
    assert flat.splitlines()[2:] == [
        "|  | auc | ks |",
        "| --- | --- | --- |",
        "| inner | 0.7 | – |",
        "| outer | 0.6 | 0.2 |",
    ]
    deep = figures({"rows": 3, "by": {"year": {"2001": 1.5, "x": {"y": 1}}}}, "All")
    assert deep.index("| rows | 3 |") < deep.index("### by")
    assert "\n#### year" in deep


def test_a_wide_table_of_few_rows_is_turned() -> None:
    wide = figures([{f"f{i:02}": i for i in range(20)}], "One")
    assert "| f07 | 7 |" in wide
