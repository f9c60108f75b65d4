"""A house's own table of counts becomes a prior table that `find` answers from."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid
from models.priors import (
    Counts,
    OwnCounts,
    Prior,
    PriorTable,
    UpdatedTable,
    counts_of,
    load_priors,
    read_counts,
    standing,
    update,
    with_counts,
)
from models.right import RightLife

TABLE = load_priors()
HEADER = "param,right,jurisdiction,events,exposure"
ROWS = f"{HEADER}\nchallenge,invention,CN,4,5229\np_full,invention,CN,3,9\n"
CHALLENGE = OwnCounts("challenge", "invention", "CN", Counts(4, 5229))
COUNTS = st.tuples(st.integers(0, 50), st.integers(1, 100_000)).map(lambda pair: Counts(*pair))


def outcome_rows(table: PriorTable, right: str) -> list[Prior]:
    """The two rows that whole invalidation rests on."""
    return [table.find(param, right) for param in ("challenge", "p_full")]


def written(tmp_path: Path, text: str, name: str = "counts.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_csv_updates_the_table(tmp_path: Path) -> None:
    table = with_counts(TABLE, read_counts(written(tmp_path, ROWS)))
    row = table.find("challenge", "invention")
    assert row.value == pytest.approx((1.78 + 4) / (5229 + 5229))
    assert (row.law, row.grade, row.kind) == ("gamma", "C", "rate_per_year")
    assert row.source == "H3-challenge+own-counts"
    assert table.posterior("challenge", "invention").credibility == 0.5
    assert table.posterior("challenge", "design") is None


def test_everything_else_stays(tmp_path: Path) -> None:
    table = with_counts(TABLE, read_counts(written(tmp_path, ROWS)))
    changed = {key for key, row in table.rows.items() if row != TABLE.rows.get(key)}
    assert changed == {"challenge/invention/CN", "p_full/invention/CN"}
    assert table.rows.keys() == TABLE.rows.keys()


def test_json_says_the_same(tmp_path: Path) -> None:
    rows = [dict(zip(HEADER.split(","), line.split(","), strict=True)) for line in ROWS.split()[1:]]
    rows[0] |= {"events": 4, "exposure": 5229.0, "year": 2025}
    path = written(tmp_path, json.dumps(rows), "counts.json")
    assert read_counts(path) == read_counts(written(tmp_path, ROWS))


def test_a_spreadsheets_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes(("\ufeff# own book\r\n" + ROWS.replace("\n", "\r\n") + "\r\n").encode())
    assert len(read_counts(path)) == 2


def test_the_table_serves_the_risk_models_as_before() -> None:
    """Twice as many assertions a year bring about twice as many invalidations."""
    asserted = OwnCounts("assert", "invention", "CN", Counts(1_000, 625_000))
    table = with_counts(TABLE, [asserted])
    before, after = (
        RightLife.of("invention", age_years=3.0, years_left=10.0, table=one)
        .curve([60.0])
        .wholly_invalid[0]
        for one in (TABLE, table)
    )
    ratio = table.rows[asserted.key].value / TABLE.rows[asserted.key].value
    assert ratio == pytest.approx(2.0, rel=0.01)
    assert 1.0 + 0.8 * (ratio - 1.0) < after / before < ratio  # some were never asserted


def test_the_name_says_which_counts() -> None:
    table = with_counts(TABLE, [CHALLENGE])
    assert table.fit_id.startswith(f"{TABLE.fit_id}+counts-")
    assert table.fit_id == with_counts(TABLE, [CHALLENGE]).fit_id
    other = OwnCounts("challenge", "invention", "CN", Counts(4, 5230))
    assert table.fit_id != with_counts(TABLE, [other]).fit_id


@given(st.lists(COUNTS, min_size=1, max_size=6), st.integers(0, 6))
def test_counts_add_however_they_come(parts: list[Counts], cut: int) -> None:
    """At once, one year after another, or in another order: one table, one name."""
    rows = [OwnCounts("challenge", "invention", "CN", part) for part in parts]
    whole = with_counts(TABLE, rows)
    stepwise = with_counts(with_counts(TABLE, rows[:cut]), rows[cut:])
    assert stepwise.fit_id == whole.fit_id == with_counts(TABLE, rows[::-1]).fit_id
    assert stepwise.rows == whole.rows
    assert stepwise.posteriors == whole.posteriors
    assert whole.base is stepwise.base is TABLE


def test_a_row_for_all_jurisdictions_stays() -> None:
    rows = [OwnCounts("recovery_on_value", "ip_only_collateral", "CN", Counts(5, 20))]
    table = with_counts(TABLE, rows)
    assert table.find("recovery_on_value", "ip_only_collateral", "CN").value > 0.1
    assert table.find("recovery_on_value", "ip_only_collateral", "DE").value == 0.1


def test_how_far_a_prediction_stands_on_own_experience() -> None:
    table = with_counts(TABLE, [CHALLENGE])
    rows = outcome_rows(table, "invention")
    bare = standing(table, rows)
    assert (bare.credibility, bare.cohort, bare.share_prior) == (0.0, 0.0, 1.0)  # p_full: no own
    both = with_counts(table, [OwnCounts("p_full", "invention", "CN", Counts(10, 120))])
    seen = standing(both, outcome_rows(both, "invention"))
    assert (seen.credibility, seen.cohort) == (0.5, 5229)
    assert standing(both, rows, minimum=0.6).findings[0].code == "thin-cohort"
    assert len(standing(both, rows, minimum=0.6).findings) == 1


def test_on_published_figures_alone() -> None:
    counted = standing(TABLE, outcome_rows(TABLE, "invention"))
    judged = standing(TABLE, outcome_rows(TABLE, "gi"))
    assert counted.findings == ()
    assert {one.code for one in judged.findings} == {"thin-cohort"}
    assert standing(TABLE, [TABLE.find("years_to_sale", "ip_only_collateral")]).share_prior == 1.0


def test_what_was_updated_without_rows_is_the_table() -> None:
    assert with_counts(TABLE, []).rows == TABLE.rows
    assert isinstance(with_counts(TABLE, []), UpdatedTable)


@pytest.mark.parametrize(
    ("text", "field", "word"),
    [
        (f"{HEADER}\nchallenge,invention,CN,4,\n", "counts.csv[1].exposure", "missing"),
        (f"{HEADER}\nchallenge,invention,CN,four,5\n", "counts.csv[1].events", "no number"),
        (f"{HEADER}\nchallenge,invention,CN,-4,5\n", "counts.csv[1].counts.events", "no count"),
        (f"{HEADER}\nchallenge,invention,CN,nan,5\n", "counts.csv[1].counts.events", "no count"),
        ("param,right\na,b\n", "counts.csv[1].jurisdiction", "missing"),
        (f"{HEADER}\n", "counts.csv", "no rows"),
        ("", "counts.csv", "no rows"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, field: str, word: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_counts(written(tmp_path, text))
    assert refused.value.faults[0].field == field
    assert word in refused.value.faults[0].problem


def test_all_wrong_rows_are_named_at_once() -> None:
    rows = [{"param": "challenge"}, {**dict.fromkeys(HEADER.split(","), "x")}]
    with pytest.raises(Invalid) as refused:
        counts_of(rows)
    assert {fault.field.split(".")[0] for fault in refused.value.faults} == {
        "counts[1]",
        "counts[2]",
    }


@pytest.mark.parametrize("text", ["[1, 2]", '{"param": 1}', "[", "[true]"])
def test_json_that_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        read_counts(written(tmp_path, text, "counts.json"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="is not there"):
        read_counts(tmp_path / "none.csv")


def test_counts_without_a_published_row_are_refused_all_at_once() -> None:
    rows = [
        OwnCounts("challenge", "invention", "ZZ", Counts(1, 2)),
        OwnCounts("p_full", "invention", "CN", Counts(3, 2)),
        OwnCounts("years_to_sale", "ip_only_collateral", "CN", Counts(1, 2)),
    ]
    with pytest.raises(Invalid) as refused:
        with_counts(TABLE, rows)
    assert len(refused.value.faults) == 3


def test_outcomes_that_exclude_each_other_do_not_exceed_one() -> None:
    whole, part = (
        OwnCounts(name, "utility_model", "CN", Counts(events, 400))
        for name, events in (("p_full", 390), ("p_part", 390))
    )
    with pytest.raises(Invalid, match="same decided cases"):
        with_counts(TABLE, [whole, part])
    assert with_counts(TABLE, [whole, OwnCounts("p_part", "utility_model", "CN", Counts(10, 400))])


def test_a_row_is_the_update() -> None:
    table = with_counts(TABLE, [CHALLENGE], minimum=0.6)
    posterior = table.posteriors[CHALLENGE.key]
    assert posterior == update(TABLE.rows[CHALLENGE.key], CHALLENGE.counts, minimum=0.6)
    assert posterior.findings
