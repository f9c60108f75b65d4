"""Edges of the engine of reports: templates, cells, fuses, printed words, CSV, changes."""

import csv
import io
from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.reporting.changes import changes
from claims.rules.reporting.engine import figures
from claims.rules.reporting.figure import Figure, csv_of
from claims.rules.reporting.fuse_state import FuseState, Stated, fuse_stands, state_of
from claims.rules.reporting.template import NEEDS, UNITS, template_of
from kernel.errors import Fault, Invalid

HEAD: dict[str, Any] = {
    "code": "edge", "zh": "表", "en": "a report", "audience": "bank", "records": "policies",
    "clause": "a rule", "source": "S99", "grade": "A", "unverified": "",
}  # fmt: skip
SUM = {"code": "owed", "zh": "欠", "en": "owed", "measure": "sum", "unit": "money", "of": "owed"}
COUNT = {"code": "n", "zh": "数", "en": "count", "measure": "count", "unit": "count"}
FIVE = Fraction(5, 100)
DAY = date(2026, 1, 1)


def faults(stated: dict[str, Any]) -> dict[str, Fault]:
    with pytest.raises(Invalid) as refused:
        template_of(stated, "edge.toml")
    assert refused.value.code == "template-invalid"
    return {one.field: one for one in refused.value.faults}


def cells(columns: list[dict[str, Any]], records: list[Any], **head: Any) -> dict[str, Figure]:
    made = template_of({**HEAD, **head, "columns": columns}, "edge.toml")
    return {one.code: one for one in figures(made, records)}


@pytest.mark.parametrize("name", HEAD)
@pytest.mark.parametrize("wrong", [None, 7, ["x"]])
def test_every_text_of_a_template_is_missed_by_its_name(name: str, wrong: Any) -> None:
    found = faults({**HEAD, name: wrong, "columns": [COUNT]})
    assert list(found) == [f"edge.toml.{name}"]
    assert found[f"edge.toml.{name}"].problem == "is missing"


@pytest.mark.parametrize("measure", NEEDS)
def test_every_measure_misses_each_thing_that_it_needs(measure: str) -> None:
    """The other columns stand before it, so nothing else is wrong."""
    whole = {"of": "owed", "over": "n", "plus": "3/100", "would": "ask"}
    needed = {name: whole[name] for name in NEEDS[measure]}
    plain = {"code": "x", "zh": "某", "en": "some", "measure": measure, "unit": "text"}
    before = [SUM, COUNT]
    made = template_of({**HEAD, "columns": [*before, {**plain, **needed}]}, "edge.toml")
    assert made.columns[-1].measure == measure
    for name in needed:
        left = {key: value for key, value in needed.items() if key != name}
        found = faults({**HEAD, "columns": [*before, {**plain, **left}]})
        assert set(found) == {f"edge.toml.columns.x.{name}"}


def test_each_line_that_is_wrong_is_named_with_what_may_stand_there() -> None:
    spoilt = [
        {**COUNT, "code": "a", "measure": "median"},
        {**COUNT, "code": "b", "unit": "CNY"},
        {**COUNT, "code": "c", "period": "2026"},
        {**SUM, "code": "d", "zh": ""},
    ]
    found = faults({**HEAD, "period": "2026", "columns": spoilt})
    place = "edge.toml.columns"
    assert set(found) == {
        "edge.toml.period", f"{place}.a.measure", f"{place}.b.unit", f"{place}.c.period",
        f"{place}.d.zh",
    }  # fmt: skip
    assert all(name in found[f"{place}.a.measure"].cure for name in NEEDS)
    assert all(name in found[f"{place}.b.unit"].cure for name in UNITS)
    assert "group_by" in found["edge.toml.period"].cure


def test_a_column_may_not_rest_on_itself_nor_on_one_behind_it() -> None:
    ratio = {"code": "r", "zh": "率", "en": "rate", "measure": "ratio", "unit": "ratio"}
    for of, over, wrong in (("r", "owed", "of"), ("owed", "n", "over"), ("owed", "r", "over")):
        columns = [SUM, {**ratio, "of": of, "over": over}, COUNT]
        assert set(faults({**HEAD, "columns": columns})) == {f"edge.toml.columns.r.{wrong}"}


def test_a_ratio_is_within_where_it_is_just_at_its_bound() -> None:
    within = {"code": "in", "zh": "内", "en": "in", "measure": "at_most", "unit": "text",
              "of": "owed", "over": "most"}  # fmt: skip
    most = {**SUM, "code": "most", "of": "most"}
    for owed, said in ((99, "是 yes"), (100, "是 yes"), (101, "否 no")):
        record = {"owed": owed, "most": 100, "currency": "CNY"}
        assert cells([SUM, most, within], [record])["in"].value == said


def test_what_is_shown_is_the_same_in_the_whole_group() -> None:
    shown = {"code": "day", "zh": "日", "en": "day", "measure": "shown", "unit": "day", "of": "on"}
    same = [{"on": DAY}, {"on": DAY}, {"on": None}]
    assert cells([shown], same)["day"].value == "2026-01-01"
    assert "1 of 3 not recorded" in cells([shown], same)["day"].note
    with pytest.raises(AssertionError, match="day is not the same"):
        cells([shown], [*same, {"on": DAY + timedelta(1)}])


@pytest.mark.parametrize(
    ("currency", "value", "words"),
    [("CNY", "12345.67", "CNY 12,345.67"), ("JPY", "1234567", "JPY 1,234,567"),
     ("USD", "12345.67", "USD 12,345.67")],
)  # fmt: skip
def test_money_has_the_decimals_of_its_currency(currency: str, value: str, words: str) -> None:
    records = [{"owed": 1_234_500, "currency": currency}, {"owed": 67, "currency": currency}]
    found = cells([SUM], records)["owed"]
    if currency == "JPY":
        value, words = "1234567", "JPY 1,234,567"
    assert (found.value, found.currency, found.words) == (value, currency, words)


def test_groups_stand_in_the_order_of_their_values_and_the_unknown_has_a_row() -> None:
    records = [{"city": city, "owed": 1, "currency": "CNY"} for city in ("b", None, "a", "b")]
    made = template_of({**HEAD, "group_by": ["city"], "columns": [COUNT]}, "edge.toml")
    found = [(one.row, one.value) for one in figures(made, records)]
    assert sorted(found) == [("a", "1"), ("b", "2"), ("未记录 not recorded", "1")]
    assert [row for row, _ in found][:2] == ["a", "b"]


@pytest.mark.parametrize(
    ("ratio", "state"),
    [
        ("0", FuseState.ARMED), ("0.0399999999", FuseState.ARMED), ("1/25", FuseState.NEAR),
        ("0.0499999999", FuseState.NEAR), ("1/20", FuseState.NEAR),
        ("0.0500000001", FuseState.BLOWN), ("1", FuseState.BLOWN),
    ],
)  # fmt: skip
def test_a_fuse_at_the_edges_of_its_states(ratio: str, state: FuseState) -> None:
    assert state_of(Fraction(ratio), FIVE) is state
    found = fuse_stands([Stated(DAY, Fraction(ratio))], FIVE)
    assert found is not None
    assert (found.state, found.since, found.as_of) == (state, DAY, DAY)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_since_is_the_first_of_the_last_run_of_one_state(ratios: list[int]) -> None:
    """Read backwards from the newest for as long as the state is the same."""
    stated = [Stated(DAY + timedelta(n), Fraction(r, 1000)) for n, r in enumerate(ratios)]
    found = fuse_stands(stated, FIVE)
    states = [3 if r > 50 else 2 if r >= 40 else 1 for r in ratios]
    first = len(states) - 1
    while first and states[first - 1] == states[-1]:
        first -= 1
    assert found is not None
    assert found.since == DAY + timedelta(first)
    assert found.ratio == Fraction(ratios[-1], 1000)
    assert found.state is list(FuseState)[states[-1] - 1]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("r", "c", "", "", "money", "-0.05", "CNY"), "CNY -0.05"),
        (Figure("r", "c", "", "", "money", "0.00", "CNY"), "CNY 0.00"),
        (Figure("r", "c", "", "", "ratio", "1/80000"), "0.00 %"),
        (Figure("r", "c", "", "", "ratio", "1/20000"), "0.01 %"),
        (Figure("r", "c", "", "", "number", "15/2"), "7.50"),
        (Figure("r", "c", "", "", "text", ""), "无 none"),
        (Figure("r", "c", "", "", "money", "", recorded=False), "未记录 not recorded"),
    ],
)
def test_a_figure_in_words_is_rounded_but_never_made_up(figure: Figure, words: str) -> None:
    assert figure.words == words


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.builds(Figure, *[TEXTS] * 6, TEXTS, st.booleans(), TEXTS), max_size=5))
def test_csv_is_the_figures_line_by_line(rows: list[Figure]) -> None:
    """Read back with the standard library; only what a spreadsheet would compute is led by '."""
    found = list(csv.DictReader(io.StringIO(csv_of(rows).decode("utf-8-sig"), newline="")))
    assert len(found) == len(rows)
    for line, figure in zip(found, rows, strict=True):
        assert list(line) == [one.name for one in fields(Figure)]
        for name, value in asdict(figure).items():
            assert line[name] in (str(value), f"'{value}")
            assert line[name][:1] not in tuple("=+@")
            assert line[name][:1] != "-" or any(sign.isdigit() for sign in line[name])


def test_csv_has_a_mark_of_order_and_lines_that_end_alike() -> None:
    sent = csv_of((Figure("行", "c", "甲", "a", "money", "-12.50", "CNY"),))
    assert sent.startswith(b"\xef\xbb\xbfrow,code,zh,en,unit,value,currency,recorded,note\r\n")
    assert sent.count(b"\r\n") == sent.count(b"\n") == 2


OLD = Figure("r", "a", "甲", "a", "money", "1.00", "CNY")


def test_changes_stand_in_the_order_of_the_new_and_what_is_gone_stands_last() -> None:
    gone, kept = replace(OLD, code="z"), replace(OLD, code="k")
    other, new = replace(OLD, value="2.00"), replace(OLD, row="q")
    found = changes((gone, OLD, kept), (new, kept, other))
    assert [(one.row, one.code) for one in found] == [("q", "a"), ("r", "a"), ("r", "z")]
    assert [one.after for one in found] == ["CNY 1.00", "CNY 2.00", ""]


def test_what_came_to_be_recorded_is_a_change_and_so_is_a_note() -> None:
    unknown = replace(OLD, value="", recorded=False)
    (found,) = changes((unknown,), (replace(OLD, value="0.00"),))
    assert (found.before, found.after) == ("未记录 not recorded", "CNY 0.00")
    (noted,) = changes((OLD,), (replace(OLD, note="1 of 3 not recorded"),))
    assert (noted.before, noted.after) == ("1.00", "1.00 1 of 3 not recorded")


def test_one_figure_is_never_stated_twice() -> None:
    for before, after in (((OLD, OLD), (OLD,)), ((OLD,), (OLD, replace(OLD, value="9.00")))):
        with pytest.raises(AssertionError, match="stated once"):
            changes(before, after)
