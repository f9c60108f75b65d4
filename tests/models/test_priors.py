"""The prior table: what every row must hold, and how one is found."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kernel.errors import Invalid
from models.priors import Prior, PriorTable, load_priors

TABLE = load_priors()
ROWS = tuple(TABLE.rows.values())
SOURCES = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
EVERY = pytest.mark.parametrize("prior", ROWS, ids=lambda prior: prior.key)
COEFFICIENT_OF_VARIATION = {"A": 0.15, "B": 0.35, "C": 0.75}
BETA_WEIGHT = {"A": 200.0, "B": 40.0, "C": 10.0}


def a_prior(**changes: object) -> Prior:
    row = {
        "kind": "probability", "param": "p", "right": "invention", "jurisdiction": "CN",
        "value": 0.5, "grade": "C", "law": "point", "a": 0, "b": 0, "source": "x",
    }  # fmt: skip
    return Prior.of({**row, **changes})


def test_the_whole_file_is_read() -> None:
    path = Path(__file__).parents[2] / "models" / "priors" / "priors.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert len(ROWS) == len(lines) - 1
    assert max(Counter(row.key for row in ROWS).values()) == 1


@EVERY
def test_figures_are_in_range(prior: Prior) -> None:
    assert prior.kind in {"rate_per_year", "probability", "level"}
    assert prior.grade in {"A", "B", "C", "K"}
    assert prior.value > 0
    if prior.kind == "probability":
        assert prior.value < 1


@EVERY
def test_the_law_has_the_mean_that_is_stated(prior: Prior) -> None:
    """Gamma a / b; beta a / (a + b), whose weights are printed to two decimals."""
    if prior.law == "gamma":
        # right-years are printed as a whole number: half a year of b is the room there is
        assert abs(prior.a / prior.value - prior.b) < 0.51 + 0.005 / prior.value
    elif prior.law == "beta":
        assert prior.a / (prior.a + prior.b) == pytest.approx(prior.value, abs=0.0006)
    else:
        assert (prior.law, prior.a, prior.b) == ("point", 0, 0)


@EVERY
def test_the_law_is_as_wide_as_its_grade_says(prior: Prior) -> None:
    if prior.law == "gamma":
        assert prior.a**-0.5 == pytest.approx(COEFFICIENT_OF_VARIATION[prior.grade], rel=0.002)
    elif prior.law == "beta":
        assert prior.a + prior.b == pytest.approx(BETA_WEIGHT[prior.grade])


@EVERY
def test_its_source_stands_in_the_docs(prior: Prior) -> None:
    """As an anchor, or as a key in the table of keys."""
    anchor = rf'<a id="{re.escape(prior.source.lower())}"'
    assert re.search(anchor, SOURCES) or f"`{prior.source}`" in SOURCES, prior.source


def test_doubtful_figures_say_so() -> None:
    assert a_prior(grade="K").unverified
    assert a_prior(grade="C").unverified
    assert not a_prior(grade="B").unverified


def test_a_row_survives_being_frozen() -> None:
    for prior in ROWS:
        assert Prior.of(prior.json()) == prior


def test_the_name_of_a_set_changes_with_any_figure() -> None:
    one, other = a_prior(), a_prior(value=0.6)
    assert PriorTable.of("p", [one]).fit_id == PriorTable.of("p", [one]).fit_id
    assert PriorTable.of("p", [one]).fit_id != PriorTable.of("p", [other]).fit_id
    assert TABLE.fit_id.startswith("priors-")


def test_one_key_stands_once() -> None:
    with pytest.raises(AssertionError, match="stands twice"):
        PriorTable.of("p", [a_prior(), a_prior(value=0.6)])


def test_the_jurisdiction_goes_before_the_star() -> None:
    here, everywhere = a_prior(), a_prior(jurisdiction="*", value=0.1)
    table = PriorTable.of("p", [everywhere, here])
    assert table.find("p", "invention") is table.rows[here.key]
    assert table.find("p", "invention", "DE") is table.rows[everywhere.key]


def test_nothing_is_assumed_where_nothing_is_published() -> None:
    with pytest.raises(Invalid) as refused:
        TABLE.find("challenge", "invention", "ZZ")
    assert refused.value.code == "no-prior"
    assert "ZZ" in refused.value.faults[0].problem
